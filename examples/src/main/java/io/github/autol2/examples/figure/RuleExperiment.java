package io.github.autol2.examples.figure;

import io.github.autol2.config.SettingsReader;
import io.github.autol2.examples.adaptive.Cell;
import io.github.autol2.examples.adaptive.Comparison;
import io.github.autol2.examples.adaptive.Outcomes;
import io.github.autol2.examples.adaptive.Rival;
import io.github.autol2.examples.config.RunSettings;
import io.github.autol2.examples.data.DataSplit;
import io.github.autol2.examples.report.LineChart;
import io.github.autol2.examples.results.NumberTable;
import io.github.autol2.examples.results.Pooled;
import io.github.autol2.examples.results.SummaryTable;
import io.github.autol2.examples.results.UnfinishedRun;
import io.github.autol2.examples.sweep.Sweep;
import io.github.autol2.examples.training.RunResult;
import io.github.autol2.examples.tuning.RunCharts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Figure 1c: AutoL2 beside the best of nine constants. */
final class RuleExperiment implements Experiment {

    private final RunSettings settings;
    private final Comparison comparison;
    private final Cell cell;

    private RuleExperiment(RunSettings settings) {
        this.settings = settings;
        this.cell = new Cell("1c", settings);
        this.comparison = new Comparison(List.of(cell), Stream.of(Rival.constants(), List.of(Rival.PAPER, Rival.BUDGET)).flatMap(List::stream).toList(),
                settings.seeds());
    }

    static RuleExperiment read(SettingsReader reader) {
        return new RuleExperiment(RunSettings.read(reader));
    }

    @Override
    public RunSettings settings() {
        return settings;
    }

    @Override
    public long steps() {
        return comparison.steps();
    }

    @Override
    public FigureResult run(DataSplit data, UnfinishedRun parts, int threads, Sweep.Progress progress) throws IOException {
        Outcomes outcomes = comparison.run(parts, threads, progress);
        Rival tuned = outcomes.tuned(cell).orElseThrow();
        LineChart curves = new LineChart("Figure 1c: AutoL2 and the tuned constant", "steps", "test accuracy in %").logX();
        NumberTable table = new NumberTable("lambdaFrom", "seed", "step", "lambda", "validationAccuracy", "testAccuracy");
        int colour = 0;
        for (Rival rival : List.of(tuned, Rival.BUDGET, Rival.PAPER)) {
            List<RunResult> runs = outcomes.of(cell, rival);
            curves.line(rival == tuned ? "tuned constant " + number(tuned.constant().orElseThrow()) : "AutoL2, " + rival.name(),
                    runs.get(0).curve().stream().mapToDouble(point -> point.step()).toArray(), meanAccuracy(runs), colour++);
            runs.forEach(run -> run.curve().forEach(point -> table.row(rival.name(), run.seed(), point.step(), point.lambda(),
                    point.validationAccuracy(), point.testAccuracy())));
        }
        return new FigureResult(verdict(outcomes), Map.of("1c", table), List.of(
                new FigureResult.Panel("1c", curves, "Test accuracy, mean over the seeds. The tuned constant is the best of nine on validation examples."),
                new FigureResult.Panel("1c-lambda", RunCharts.lambda("Figure 1c: lambda of adaptive AutoL2", outcomes.of(cell, Rival.BUDGET)),
                        "Each division is where the rule saw no further gain at the present lambda.")));
    }

    private static double[] meanAccuracy(List<RunResult> runs) {
        int points = runs.get(0).curve().size();
        double[] means = new double[points];
        for (int i = 0; i < points; i++) {
            int at = i;
            means[i] = 100 * runs.stream().mapToDouble(run -> run.curve().get(at).testAccuracy()).average().orElseThrow();
        }
        return means;
    }

    private String verdict(Outcomes outcomes) {
        Outcomes.Standing adaptive = outcomes.standings(Rival.BUDGET).get(0);
        boolean asAccurate = adaptive.difference() > -Outcomes.CLOSE;
        boolean faster = adaptive.steps().isPresent() && adaptive.tunedSteps().isPresent()
                && adaptive.steps().getAsLong() < adaptive.tunedSteps().getAsLong();
        List<String> sentences = new ArrayList<>();
        for (Outcomes.Standing one : List.of(adaptive, outcomes.standings(Rival.PAPER).get(0))) {
            sentences.add(String.format(Locale.ROOT, "%s %s %% best, %+.2f %% final, %s of the steps to tuned minus 0.5 %%", one.rival().name(),
                    new Pooled(one.difference(), one.standardError()).percent().signed(), 100 * one.finalDifference(), ratio(one)));
        }
        return String.format(Locale.ROOT, "%s here: against the tuned constant %s: %s.", asAccurate && faster ? "The claim holds"
                        : asAccurate ? "The claim holds for the accuracy, not for the speed," : "The claim is not seen",
                number(adaptive.tuned().constant().orElseThrow()), String.join("; ", sentences));
    }

    private static String ratio(Outcomes.Standing one) {
        if (one.steps().isEmpty()) {
            return "never reached instead";
        }
        return one.tunedSteps().isEmpty() ? "reached by AutoL2 alone instead"
                : String.format(Locale.ROOT, "%.2f", (double) one.steps().getAsLong() / one.tunedSteps().getAsLong());
    }

    private static String number(double value) {
        return SummaryTable.threeDigits(value);
    }
}
