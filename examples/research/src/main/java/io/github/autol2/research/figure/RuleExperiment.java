package io.github.autol2.research.figure;

import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.report.LineChart;
import io.github.autol2.program.results.NumberTable;
import io.github.autol2.program.results.Pooled;
import io.github.autol2.program.results.SummaryTable;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.training.RunResult;
import io.github.autol2.program.tuning.RunCharts;
import io.github.autol2.research.adaptive.Cell;
import io.github.autol2.research.adaptive.Comparison;
import io.github.autol2.research.adaptive.Outcomes;
import io.github.autol2.research.adaptive.Rival;
import io.github.autol2.research.sweep.Sweep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Figure 1c: AutoL2 beside the best of nine constants. */
final class RuleExperiment implements Experiment {

    private static final Map<Rival, String> NAMES = Map.of(
            Rival.BUDGET,
            "adaptive",
            Rival.PAPER,
            "the published rule as printed",
            Rival.CONVERTED,
            "the published rule in Deeplearning4j's units");

    /** The same for a chart. */
    private static final Map<Rival, String> LEGEND = Map.of(
            Rival.BUDGET, "adaptive", Rival.PAPER, "published, as printed", Rival.CONVERTED, "published, converted");

    private final RunSettings settings;
    private final Comparison comparison;
    private final Cell cell;

    private RuleExperiment(RunSettings settings) {
        this.settings = settings;
        this.cell = new Cell("1c", settings);
        this.comparison = new Comparison(
                List.of(cell),
                Stream.of(Rival.constants(), List.of(Rival.PAPER, Rival.CONVERTED, Rival.BUDGET))
                        .flatMap(List::stream)
                        .toList(),
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
    public FigureResult run(DataSplit data, UnfinishedRun parts, int threads, Sweep.Progress progress)
            throws IOException {
        Outcomes outcomes = comparison.run(Map.of(settings.data(), data), parts, threads, progress);
        Rival tuned = outcomes.tuned(cell).orElseThrow();
        LineChart curves =
                new LineChart("Figure 1c: AutoL2 and the tuned constant", "steps", "test accuracy in %").logX();
        NumberTable table =
                new NumberTable("lambdaFrom", "seed", "step", "lambda", "validationAccuracy", "testAccuracy");
        DoubleStream.Builder drawn = DoubleStream.builder();
        int colour = 0;
        for (Rival rival : List.of(tuned, Rival.BUDGET, Rival.PAPER, Rival.CONVERTED)) {
            List<RunResult> runs = outcomes.of(cell, rival);
            double[] means = meanAccuracy(runs);
            DoubleStream.of(means).forEach(drawn);
            curves.line(
                    rival.equals(tuned) ? "tuned, " + number(tuned.constant().orElseThrow()) : LEGEND.get(rival),
                    runs.get(0).curve().stream()
                            .mapToDouble(point -> point.step())
                            .toArray(),
                    means,
                    colour++);
            runs.forEach(run -> run.curve()
                    .forEach(point -> table.row(
                            rival.name(),
                            run.seed(),
                            point.step(),
                            point.lambda(),
                            point.validationAccuracy(),
                            point.testAccuracy())));
        }
        Charts.cut(curves, drawn.build());
        return new FigureResult(
                verdict(outcomes, Rival.BUDGET),
                finding(outcomes),
                notes(outcomes),
                Map.of("1c", table),
                List.of(
                        new FigureResult.Panel(
                                "1c",
                                curves,
                                "Test accuracy, mean over the seeds. The tuned constant is the best of nine on validation examples. "
                                        + Charts.CUT),
                        new FigureResult.Panel(
                                "1c-lambda",
                                RunCharts.lambda(
                                        "Figure 1c: lambda of adaptive AutoL2", outcomes.of(cell, Rival.BUDGET)),
                                "Each division is where the rule saw no further gain at the present lambda.")));
    }

    private static double[] meanAccuracy(List<RunResult> runs) {
        int points = runs.get(0).curve().size();
        double[] means = new double[points];
        for (int i = 0; i < points; i++) {
            int at = i;
            means[i] = 100
                    * runs.stream()
                            .mapToDouble(run -> run.curve().get(at).testAccuracy())
                            .average()
                            .orElseThrow();
        }
        return means;
    }

    private FigureResult.Verdict verdict(Outcomes outcomes, Rival rule) {
        Outcomes.Standing one = outcomes.standings(rule).get(0);
        return FigureResult.Verdict.of(Seen.equal(new Pooled(one.difference(), one.standardError())), isFaster(one));
    }

    /** Unclear where it is faster by one evaluation only. */
    private Seen isFaster(Outcomes.Standing one) {
        if (one.steps().isEmpty() || one.steps().getAsLong() >= one.tunedSteps().orElseThrow()) {
            return Seen.NO;
        }
        long gain = one.tunedSteps().getAsLong() - one.steps().getAsLong();
        return gain > settings.train().evaluateEvery() ? Seen.YES : Seen.UNCLEAR;
    }

    private List<String> notes(Outcomes outcomes) {
        List<String> notes = new ArrayList<>();
        notes.add("Judged on adaptive, the rule of this project.");
        for (Rival rule : List.of(Rival.PAPER, Rival.CONVERTED)) {
            notes.add(verdict(outcomes, rule).text() + " for " + NAMES.get(rule) + ".");
        }
        return notes;
    }

    private static String finding(Outcomes outcomes) {
        Outcomes.Standing adaptive = outcomes.standings(Rival.BUDGET).get(0);
        return "against the tuned constant "
                + number(adaptive.tuned().constant().orElseThrow()) + " "
                + Stream.of(Rival.BUDGET, Rival.PAPER, Rival.CONVERTED)
                        .map(rival -> NAMES.get(rival) + " has "
                                + text(outcomes.standings(rival).get(0)))
                        .collect(Collectors.joining("; "))
                + ".";
    }

    private static String text(Outcomes.Standing one) {
        return String.format(
                Locale.ROOT,
                "%s %% best and %+.2f %% final accuracy and %s tuned's best minus 0.5 %%%s",
                new Pooled(one.difference(), one.standardError()).percent().signed(),
                100 * one.finalDifference(),
                one.steps().isPresent() ? "reaches" : "never reaches",
                one.steps().isPresent() && one.tunedSteps().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                " in %d steps (tuned: %d)",
                                one.steps().getAsLong(),
                                one.tunedSteps().getAsLong())
                        : "");
    }

    private static String number(double value) {
        return SummaryTable.threeDigits(value);
    }
}
