package io.github.autol2.research.figure;

import io.github.autol2.config.Format;
import io.github.autol2.config.Range;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.report.LineChart;
import io.github.autol2.program.results.Pooled;
import io.github.autol2.program.results.Statistic;
import io.github.autol2.program.results.SummaryTable;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.sweep.Sweep;
import io.github.autol2.program.training.Figures;
import io.github.autol2.program.training.RunResult;
import io.github.autol2.research.figure.FigureResult.Verdict;
import io.github.autol2.research.figure.Trainings.Training;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Figure 1a: the accuracy for each lambda with the same number of steps, and with a number of steps in proportion to 1/lambda. */
final class BudgetExperiment implements Experiment {

    private static final List<Double> LAMBDAS = List.of(0.1, 0.03, 0.01, 0.003, 0.001);
    private static final double DECADE = 10 - 1e-9; // 0.1 / 0.01 may be a little less than 10

    private final RunSettings settings;
    private final double c;
    private final Trainings trainings = new Trainings("1a");
    private final List<Training> fixed = new ArrayList<>();
    private final List<Training> proportional = new ArrayList<>();

    private BudgetExperiment(RunSettings settings, List<Double> lambdas, double c) {
        this.settings = settings;
        this.c = c;
        for (double lambda : lambdas.stream().sorted(Comparator.reverseOrder()).toList()) {
            Training equallyLong = trainings.add("fixed", lambda, settings);
            fixed.add(equallyLong);
            int steps = Math.toIntExact(Math.round(c / lambda));
            proportional.add(
                    steps == settings.iterations()
                            ? equallyLong
                            : trainings.add("proportional", lambda, settings.withSteps(steps)));
        }
    }

    static BudgetExperiment read(SettingsReader reader) {
        List<Double> lambdas =
                reader.value("figure.lambdas", LAMBDAS, Format.numbers(Range.above(0)), "constant lambdas");
        reader.require(lambdas.size() >= 2, "figure.lambdas", "must be at least two");
        Optional<Double> given = reader.optional(
                "figure.c",
                "train.steps times the second smallest lambda",
                Format.number(Range.above(0)),
                "steps times lambda of the runs whose length goes as 1/lambda");
        RunSettings settings = RunSettings.read(reader);
        double c = given.orElse(settings.iterations() * secondSmallest(lambdas));
        reader.require(
                lambdas.stream().allMatch(lambda -> c / lambda >= 1 && c / lambda < Integer.MAX_VALUE),
                "figure.c",
                "must be at least each of figure.lambdas, and below " + Integer.MAX_VALUE + " times each",
                "figure.lambdas");
        reader.finish();
        return new BudgetExperiment(settings, lambdas, c);
    }

    /** There both kinds of run are equally long. */
    private static double secondSmallest(List<Double> lambdas) {
        return lambdas.stream().sorted().limit(2).reduce((one, other) -> other).orElseThrow();
    }

    @Override
    public RunSettings settings() {
        return settings;
    }

    @Override
    public long steps() {
        return trainings.steps();
    }

    @Override
    public FigureResult run(DataSplit data, UnfinishedRun parts, int threads, Sweep.Progress progress)
            throws IOException {
        Map<Training, List<RunResult>> results = trainings.run(data, parts, threads, progress);
        LineChart chart = Charts.accuracy(
                new LineChart("Figure 1a: accuracy against lambda", "lambda", "test accuracy in %").logX(),
                List.of(
                        series(settings.iterations() + " steps", fixed, results),
                        series(SummaryTable.threeDigits(c) + "/lambda steps", proportional, results)));
        Pooled loss = loss(results);
        boolean single = Double.isNaN(loss.standardError());
        Seen flat = single ? Seen.UNCLEAR : Seen.of(plateau(results) >= DECADE);
        return new FigureResult(
                Verdict.of(flat, Seen.lower(loss)),
                finding(results, loss),
                List.of(),
                Map.of("1a", Trainings.table(results)),
                List.of(new FigureResult.Panel(
                        "1a",
                        chart,
                        "Test accuracy where validation is best, mean and standard error over the seeds. "
                                + Charts.CUT)));
    }

    private static Charts.Series series(String name, List<Training> trainings, Map<Training, List<RunResult>> results) {
        return new Charts.Series(
                name,
                trainings.stream().mapToDouble(Training::lambda).toArray(),
                trainings.stream()
                        .map(training -> Statistic.TEST_AT_BEST.over(results.get(training)))
                        .toList());
    }

    private String finding(Map<Training, List<RunResult>> results, Pooled loss) {
        Training highest = best(proportional, results);
        Training tuned = best(fixed, results);
        return String.format(
                Locale.ROOT,
                "with %s/lambda steps the accuracy is best at lambda %s (%.2f %%) and %s; with %d steps "
                        + "each it is best at lambda %s (%.2f %%), and %s %% lower at the smallest.",
                SummaryTable.threeDigits(c),
                text(highest),
                100 * accuracy(highest, results),
                plateauText(results),
                settings.iterations(),
                text(tuned),
                100 * accuracy(tuned, results),
                loss.percent());
    }

    private String plateauText(Map<Training, List<RunResult>> results) {
        double plateau = plateau(results);
        if (plateau == 0) {
            double lost = accuracy(best(proportional, results), results)
                    - accuracy(proportional.get(proportional.size() - 1), results);
            return String.format(Locale.ROOT, "%.2f %% lower at the smallest", 100 * lost);
        }
        return plateau == 1
                ? "within 0.5 % of that at the smallest, but not at the next larger one"
                : "within 0.5 % of that from " + SummaryTable.threeDigits(smallest() * plateau) + " down to "
                        + SummaryTable.threeDigits(smallest());
    }

    /** What the smallest lambda costs with the fixed budget, against the one that validation examples choose. */
    private Pooled loss(Map<Training, List<RunResult>> results) {
        List<RunResult> tuned = results.get(best(fixed, results));
        List<RunResult> smallest = results.get(fixed.get(fixed.size() - 1));
        List<Double> losses = new ArrayList<>();
        for (int i = 0; i < tuned.size(); i++) {
            losses.add(Statistic.TEST_AT_BEST.of(tuned.get(i)) - Statistic.TEST_AT_BEST.of(smallest.get(i)));
        }
        return Pooled.of(losses);
    }

    /**
     * From the smallest lambda up to which one all are as accurate as the best, with steps in proportion to 1/lambda: the ratio; 1 for
     * the smallest alone, 0 for none.
     */
    private double plateau(Map<Training, List<RunResult>> results) {
        double enough = RunResult.closeTo(accuracy(best(proportional, results), results));
        double largest = 0;
        for (int i = proportional.size() - 1; i >= 0 && accuracy(proportional.get(i), results) >= enough; i--) {
            largest = proportional.get(i).lambda();
        }
        return largest / smallest();
    }

    private double smallest() {
        return proportional.get(proportional.size() - 1).lambda();
    }

    /** As validation examples choose. */
    private static Training best(List<Training> trainings, Map<Training, List<RunResult>> results) {
        return trainings.stream()
                .max(Comparator.comparingDouble(one -> Figures.rank(Statistic.VALIDATION_BEST.mean(results.get(one)))))
                .orElseThrow();
    }

    private static double accuracy(Training training, Map<Training, List<RunResult>> results) {
        return Statistic.TEST_AT_BEST.mean(results.get(training));
    }

    private static String text(Training training) {
        return SummaryTable.threeDigits(training.lambda());
    }
}
