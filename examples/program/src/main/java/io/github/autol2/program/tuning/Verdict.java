package io.github.autol2.program.tuning;

import io.github.autol2.program.choice.FixedLambda;
import io.github.autol2.program.results.Pooled;
import io.github.autol2.program.results.SummaryTable;
import io.github.autol2.program.training.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Which row won, and whether by more than chance. Validation examples choose the winner, so that the differences of the test accuracies
 * are fair.
 *
 * @param winner      the row that validation examples choose
 * @param differences to every other row
 * @param equal       rows that validation examples would choose as well, but that stand behind the winner
 * @param figure      what is compared, {@code accuracy}, {@code balanced accuracy} or {@code R2}
 */
record Verdict(TuningResult.Row winner, List<Difference> differences, List<TuningResult.Row> equal, String figure) {

    private static final double CONFIDENCE = 0.95;

    /** Far below 1 / (number of test examples). */
    private static final double ROUNDING = 1e-12;

    /**
     * How far the winner is above another row.
     *
     * @param test its test accuracy (balanced where classes are weighted) at the best validation accuracy minus the other row's, paired by seed, in fractions
     * @param half of the 95 % interval of the mean (Student's t) in fractions; NaN for one seed
     */
    record Difference(TuningResult.Row row, Pooled test, double half) {
        static Difference between(TuningResult.Row winner, TuningResult.Row other) {
            List<RunResult> ours = winner.runs();
            List<RunResult> theirs = other.runs();
            Pooled test = Pooled.of(IntStream.range(0, ours.size())
                    .mapToObj(i -> ours.get(i).best().test().chooser()
                            - theirs.get(i).best().test().chooser())
                    .toList());
            double half = ours.size() < 2
                    ? Double.NaN
                    : test.standardError()
                            * new TDistribution(ours.size() - 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
            return new Difference(other, test, half);
        }

        boolean better() {
            return test.mean() > half + ROUNDING;
        }

        boolean worse() {
            return test.mean() < -half - ROUNDING;
        }

        /** Whether one of the two rows has a run that never gave finite numbers. */
        boolean diverged() {
            return Double.isNaN(test.mean());
        }
    }

    static Verdict of(TuningResult result) {
        TuningResult.Row winner = result.winner();
        double highest = TuningResult.validation(winner);
        return new Verdict(
                winner,
                result.rows().stream()
                        .filter(row -> !row.equals(winner))
                        .map(row -> Difference.between(winner, row))
                        .toList(),
                result.rows().stream()
                        .filter(row ->
                                !row.equals(winner) && Math.abs(TuningResult.validation(row) - highest) <= ROUNDING)
                        .toList(),
                result.figure());
    }

    /** In plain words. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        sentences.add(name(winner) + " won: its validation " + figure + " is the highest.");
        if (!equal.isEmpty()) {
            sentences.add(
                    "It is the same for " + equal.stream().map(Verdict::name).collect(Collectors.joining(", "))
                            + ": the first of equal rows wins.");
        }
        int seeds = winner.runs().size();
        if (seeds < 2) {
            sentences.add("One seed cannot tell whether that is more than chance. Give more, such as seeds=1,2,3.");
            return sentences;
        }
        List<Difference> better =
                differences.stream().filter(Difference::better).toList();
        List<Difference> worse = differences.stream().filter(Difference::worse).toList();
        List<Difference> diverged =
                differences.stream().filter(Difference::diverged).toList();
        List<Difference> even = differences.stream()
                .filter(one -> !one.better() && !one.worse() && !one.diverged())
                .toList();
        if (!better.isEmpty()) {
            sentences.add("On test examples it is better, by more than chance, than " + names(better) + ".");
        }
        if (!worse.isEmpty()) {
            sentences.add("On test examples it is worse, by more than chance, than " + names(worse) + ".");
        }
        if (!even.isEmpty()) {
            sentences.add("On test examples its difference to " + names(even) + " may be chance.");
        }
        if (!diverged.isEmpty()) {
            sentences.add("Networks of "
                    + diverged.stream().map(one -> name(one.row())).collect(Collectors.joining(", "))
                    + " diverged and never gave finite numbers.");
        }
        sentences.add(
                "The differences are in points" + (figure.equals("accuracy") ? "" : " of " + figure) + ", paired over "
                        + seeds + " seeds. More than chance means that the 95 % interval of their mean leaves 0 out.");
        return sentences;
    }

    private static String names(List<Difference> differences) {
        return differences.stream()
                .map(one -> name(one.row()) + " (" + one.test().percent().signed() + ")")
                .collect(Collectors.joining(", "));
    }

    private static String name(TuningResult.Row row) {
        return row.choice() instanceof FixedLambda.OfGrid one
                ? "lambda " + SummaryTable.threeDigits(one.lambda()) + " of the grid"
                : row.choice().title();
    }
}
