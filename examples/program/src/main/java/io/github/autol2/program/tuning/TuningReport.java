package io.github.autol2.program.tuning;

import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationWarning;
import io.github.autol2.prediction.Prediction;
import io.github.autol2.program.choice.FixedLambda;
import io.github.autol2.program.choice.LambdaChoice;
import io.github.autol2.program.report.LineChart;
import io.github.autol2.program.report.Page;
import io.github.autol2.program.results.SummaryTable;
import io.github.autol2.program.results.Versions;
import io.github.autol2.program.training.RunResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** The comparison as a page that a colleague understands without having been there. */
public final class TuningReport {

    private static final double DEEPEST =
            8; // percent below the best: a network that broke down would flatten all others

    /** Of the rows beside the grid. */
    private static final Map<Class<? extends LambdaChoice>, Integer> COLOURS = Map.of(
            FixedLambda.Predicted.class, 2,
            LambdaChoice.Validated.class, 1,
            FixedLambda.None.class, 6,
            LambdaChoice.FreeRule.class, 3,
            FixedLambda.Habit.class, 4);

    private final TuningResult comparison;
    private final Calibration calibration;
    private final Map<String, String> config;
    private final String figure; // that rows are judged by
    private final String measured; // that short runs and AutoL2 go by

    /**
     * @param config every key with its effective value
     */
    public TuningReport(TuningResult comparison, Map<String, String> config) {
        this.comparison = comparison;
        this.calibration = comparison.calibration();
        this.config = config;
        this.figure = comparison.figure();
        this.measured = comparison.measuredFigure();
    }

    /** The whole page. */
    public Page page() {
        Prediction prediction = comparison.prediction();
        Page page = new Page("Which L2 coefficient?");
        page.lead(String.join(" ", comparison.verdict()));
        page.paragraph(lead(prediction));
        page.heading("What each choice is worth")
                .table(TuningTable.header(comparison), TuningTable.rows(comparison))
                .paragraph("Mean and standard error over the seeds " + config.get("seeds")
                        + ", each with its own initial weights"
                        + (config.get("data.split").equals("seeds") ? " and its own division of the examples" : "")
                        + ". Step and winner are chosen on validation examples; test examples are only reported on. "
                        + "\"Steps spent\" counts all seeds, and calibration or race where a choice needs it. "
                        + "The winner's network of seed " + comparison.winnerSeed() + " is in " + KeptNetworks.BEST
                        + " (best validation " + figure + ") and " + KeptNetworks.LAST + " (last step).")
                .chart(
                        figureAgainstLambda(),
                        "Test " + figure + " where validation " + figure
                                + " is best. The band is the prediction's 90 % interval. "
                                + "What lies more than 8 % below the best is cut off.")
                .chart(
                        figureAgainstCost(),
                        "The same " + figure + " against the training steps of all seeds together.");
        page.heading("How lambda was predicted")
                .paragraph(String.format(
                        Locale.ROOT,
                        "Short runs with a large lambda show when validation " + measured + " peaks. The time of the "
                                + "peak follows t = t_learn + c/lambda, with c = %s (90 %%: %s to %s) and "
                                + "t_learn = %.0f steps. They took %d steps "
                                + "for all seeds together; one training run has %s.",
                        number(calibration.c()),
                        number(calibration.cLow()),
                        number(calibration.cHigh()),
                        calibration.tLearn(),
                        calibration.iterationsSpent(),
                        comparison.rows().get(0).runs().get(0).last().step()))
                .chart(
                        RunCharts.calibration(calibration, measured),
                        "Validation " + measured + " of the calibration runs, with the peaks that were found.")
                .table(
                        List.of("budget (steps)", "lambda", "from", "to"),
                        comparison.predictions().stream()
                                .map(this::predictionRow)
                                .toList())
                .notes(calibration.warnings().stream()
                        .map(CalibrationWarning::sentence)
                        .toList());
        page.heading("What AutoL2 did")
                .paragraph(
                        "A race of short runs chooses the first lambda. The winner's run goes on as the training. AutoL2 divides lambda "
                                + "when validation " + measured
                                + " has stopped improving, and goes back to the best network when it has got worse.")
                .chart(
                        RunCharts.changes("AutoL2", comparison.autoL2().seedRuns()),
                        "lambda during the runs with AutoL2.");
        return page.settings(config)
                .madeBy("autol2 " + Versions.AUTOL2 + " with Deeplearning4j " + Versions.DEEPLEARNING4J);
    }

    private String lead(Prediction prediction) {
        List<RunResult> predicted = comparison.predicted().runs();
        List<RunResult> none = comparison.none().runs();
        long steps = comparison.rows().get(0).runs().get(0).last().step();
        return "The prediction for runs of " + steps + " steps is lambda = "
                + number(prediction.lambda())
                + (prediction.capped()
                        ? ", the largest that was seen to do no harm"
                        : " (90 % interval: " + number(prediction.low()) + " to " + number(prediction.high()) + ")")
                + ". With it the test " + figure + " is " + percent(predicted) + " %, without a penalty "
                + percent(none)
                + " %"
                + comparison
                        .tuned()
                        .map(row -> ", with the best of a grid of "
                                + comparison.grid().size() + " values ("
                                + number(row.choice().constant().orElseThrow()) + ") " + percent(row.runs()) + " %")
                        .orElse("")
                + ".";
    }

    private LineChart figureAgainstLambda() {
        LineChart chart =
                new LineChart(capital(figure) + " against lambda", "lambda", "test " + figure + " in %").logX();
        List<TuningResult.Row> constants = comparison.rows().stream()
                .filter(row ->
                        row.choice().constant().filter(lambda -> lambda > 0).isPresent())
                .toList();
        double[] ends = ends(constants);
        double[] heights = heights();
        Prediction prediction = comparison.prediction();
        if (prediction.high() > prediction.low()) {
            chart.band(
                    "prediction's interval",
                    new double[] {prediction.low(), prediction.high()},
                    new double[] {heights[0], heights[0]},
                    new double[] {heights[1], heights[1]},
                    2);
        }
        if (!comparison.grid().isEmpty()) {
            List<TuningResult.Row> shown = comparison.grid().stream()
                    .filter(row -> figures(List.of(row))[0] >= heights[0])
                    .toList();
            if (!shown.isEmpty()) { // all may lie below what the chart shows
                chart.pointsWithErrors("grid", lambdas(shown), figures(shown), errors(shown), 0);
            }
        }
        List<TuningResult.Row> predicted = List.of(comparison.predicted());
        chart.pointsWithErrors("prediction", lambdas(predicted), figures(predicted), errors(predicted), 2);
        chart.dashed("AutoL2", ends, level(comparison.autoL2()), 1);
        chart.dashed("no penalty", ends, level(comparison.none()), 6);
        return chart.rangeX(ends[0], ends[1]).rangeY(heights[0], heights[1]);
    }

    private LineChart figureAgainstCost() {
        LineChart chart = new LineChart(
                        capital(figure) + " against cost",
                        "training steps spent, all seeds",
                        "test " + figure + " in %")
                .logX();
        double[] heights = heights();
        for (TuningResult.Row row : comparison.rows()) {
            Optional.ofNullable(COLOURS.get(row.choice().getClass()))
                    .ifPresent(colour -> chart.pointsWithErrors(
                            row.choice().title(),
                            new double[] {comparison.stepsSpent(row)},
                            figures(List.of(row)),
                            errors(List.of(row)),
                            colour));
        }
        comparison
                .tuned()
                .ifPresent(row -> chart.pointsWithErrors(
                        "best of the grid (all its runs counted)",
                        new double[] {
                            comparison.grid().stream()
                                    .mapToLong(comparison::stepsSpent)
                                    .sum()
                        },
                        figures(List.of(row)),
                        errors(List.of(row)),
                        0));
        double[] costs =
                comparison.rows().stream().mapToDouble(comparison::stepsSpent).toArray();
        double gridCost =
                comparison.grid().stream().mapToLong(comparison::stepsSpent).sum();
        return chart.rangeY(heights[0], heights[1])
                .rangeX(
                        DoubleStream.of(costs).min().orElseThrow() / 2,
                        2 * Math.max(DoubleStream.of(costs).max().orElseThrow(), gridCost));
    }

    private List<String> predictionRow(Prediction prediction) {
        return List.of(
                Long.toString(prediction.iterations()),
                number(prediction.lambda()) + (prediction.capped() ? " (capped)" : ""),
                number(prediction.low()),
                number(prediction.high()));
    }

    /** A little beyond the smallest and the largest lambda that the chart shows. */
    private double[] ends(List<TuningResult.Row> constants) {
        double[] all = DoubleStream.concat(
                        DoubleStream.of(lambdas(constants)),
                        DoubleStream.of(
                                comparison.prediction().low(),
                                comparison.prediction().high()))
                .toArray();
        return new double[] {
            DoubleStream.of(all).min().orElseThrow() / 1.5,
            DoubleStream.of(all).max().orElseThrow() * 1.5
        };
    }

    /** A little beyond the lowest and the highest figure with their errors, but no deeper than can be of interest; of what is finite. */
    private double[] heights() {
        double[] means = figures(comparison.rows());
        double[] errors = errors(comparison.rows());
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < means.length; i++) {
            if (Double.isNaN(means[i])) {
                continue; // a network that diverged
            }
            double error = Double.isNaN(errors[i]) ? 0 : errors[i];
            low = Math.min(low, means[i] - error);
            high = Math.max(high, means[i] + error);
        }
        if (low > high) {
            return new double[] {0, 100}; // all diverged
        }
        low = Math.max(low, high - DEEPEST);
        double margin = Math.max(0.1, (high - low) / 10);
        return new double[] {low - margin, high + margin};
    }

    private double[] level(TuningResult.Row row) {
        double height = figures(List.of(row))[0];
        return new double[] {height, height};
    }

    private static double[] lambdas(List<TuningResult.Row> rows) {
        return rows.stream()
                .mapToDouble(row -> row.choice().constant().orElseThrow())
                .toArray();
    }

    private double[] figures(List<TuningResult.Row> rows) {
        return rows.stream()
                .mapToDouble(row -> 100 * comparison.testAtBest().mean(row.runs()))
                .toArray();
    }

    private double[] errors(List<TuningResult.Row> rows) {
        return rows.stream()
                .mapToDouble(row -> 100 * comparison.testAtBest().standardError(row.runs()))
                .toArray();
    }

    private String percent(List<RunResult> runs) {
        return comparison.testAtBest().over(runs).percent().toString();
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private static String number(double value) {
        return SummaryTable.threeDigits(value);
    }
}
