package io.github.autol2.research.figure;

import io.github.autol2.prediction.Calibration;
import io.github.autol2.program.report.LineChart;
import io.github.autol2.program.results.NumberTable;
import io.github.autol2.program.results.Pooled;
import io.github.autol2.program.results.Statistic;
import io.github.autol2.program.results.SummaryTable;
import io.github.autol2.program.training.RunResult;
import io.github.autol2.research.figure.Trainings.Training;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a {@link PredictionExperiment} has shown: the predicted lambda of each budget beside the tuned one.
 *
 * @param rows from the shortest budget to the longest, at least one
 */
record PredictionOutcome(List<Row> rows) {

    /** Decades: a factor of two. */
    private static final double NEAR = 0.3;

    /** One budget's outcome. */
    record Row(long budget, TunedLambda tuned, double predicted, boolean capped, List<RunResult> runs) {

        Pooled accuracy() {
            return Statistic.TEST_AT_BEST.over(runs);
        }

        double difference() {
            return accuracy().mean() - tuned.accuracy().mean();
        }

        double difference(int seed) {
            return Statistic.TEST_AT_BEST.of(runs.get(seed))
                    - Statistic.TEST_AT_BEST.of(tuned.runs().get(seed));
        }

        /** From the predicted lambda to the tuned one. */
        double decades() {
            return decadesTo(tuned.lambda());
        }

        /** From the predicted lambda to the nearest one that is as good as tuned. */
        double decadesToRange() {
            return decadesTo(Math.max(tuned.low(), Math.min(predicted, tuned.high())));
        }

        private double decadesTo(double lambda) {
            return Math.abs(Math.log10(predicted / lambda));
        }
    }

    /** Test accuracy against the budget. */
    LineChart accuracies() {
        double[] x = all(Row::budget);
        return Charts.allAccuracies(
                new LineChart("Figure 1b: predicted and tuned lambda", "steps", "test accuracy in %").logX(),
                List.of(
                        new Charts.Series(
                                "tuned lambda",
                                x,
                                rows.stream().map(row -> row.tuned().accuracy()).toList()),
                        new Charts.Series(
                                "predicted lambda",
                                x,
                                rows.stream().map(Row::accuracy).toList())));
    }

    /** Both lambdas against the budget. */
    LineChart lambdas() {
        double[] x = all(Row::budget);
        return new LineChart("Figure 4b: tuned and predicted lambda", "steps", "lambda")
                .logX()
                .logY()
                .band(
                        "as good as tuned",
                        x,
                        all(row -> row.tuned().low()),
                        all(row -> row.tuned().high()),
                        0)
                .points("tuned", x, all(row -> row.tuned().lambda()), 0)
                .line("predicted", x, all(Row::predicted), 1);
    }

    private double[] all(ToDoubleFunction<Row> value) {
        return rows.stream().mapToDouble(value).toArray();
    }

    /** A row for each budget. */
    NumberTable table() {
        NumberTable table = new NumberTable(
                "steps",
                "tunedLambda",
                "tunedLow",
                "tunedHigh",
                "tunedTest",
                "tunedStandardError",
                "predictedLambda",
                "capped",
                "predictedTest",
                "predictedStandardError");
        for (Row row : rows) {
            table.row(
                    row.budget(),
                    row.tuned().lambda(),
                    row.tuned().low(),
                    row.tuned().high(),
                    row.tuned().accuracy().mean(),
                    row.tuned().accuracy().standardError(),
                    row.predicted(),
                    row.capped(),
                    row.accuracy().mean(),
                    row.accuracy().standardError());
        }
        return table;
    }

    /**
     * On the means over the budgets.
     *
     * @param grid the constant lambdas that were tried
     */
    FigureResult.Verdict verdict(Set<Training> grid) {
        double smallest = grid.stream().mapToDouble(Training::lambda).min().orElseThrow();
        double largest = grid.stream().mapToDouble(Training::lambda).max().orElseThrow();
        long anything = rows.stream()
                .filter(row -> row.tuned().low() == smallest && row.tuned().high() == largest)
                .count();
        Seen near = anything > rows.size() / 2 ? Seen.UNCLEAR : Seen.of(mean(Row::decadesToRange) < NEAR);
        return FigureResult.Verdict.of(Seen.equal(difference()), near);
    }

    /** Of predicted and tuned accuracy, for each seed the mean over the budgets. */
    private Pooled difference() {
        return Pooled.of(IntStream.range(0, rows.get(0).runs().size())
                .mapToObj(seed -> mean(row -> row.difference(seed)))
                .toList());
    }

    private double mean(ToDoubleFunction<Row> value) {
        return rows.stream().mapToDouble(value).average().orElseThrow();
    }

    /** In one sentence. */
    String finding(Calibration calibration) {
        return String.format(
                Locale.ROOT,
                "over budgets of %d to %d steps the predicted lambda (c = %s) is %.2f decades from the tuned "
                        + "one on the mean, %.2f at the most, and %.2f from the lambdas that are as good as tuned; its accuracy minus "
                        + "the tuned one's is %s %% on the mean over the budgets, and %+.2f %% at the worst one.",
                rows.get(0).budget(),
                rows.get(rows.size() - 1).budget(),
                SummaryTable.threeDigits(calibration.c()),
                mean(Row::decades),
                rows.stream().mapToDouble(Row::decades).max().orElseThrow(),
                mean(Row::decadesToRange),
                difference().percent().signed(),
                100 * rows.stream().mapToDouble(Row::difference).min().orElseThrow());
    }
}
