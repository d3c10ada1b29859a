package io.github.autol2.research.adaptive;

import io.github.autol2.program.choice.LambdaChoice;
import io.github.autol2.program.report.LineChart;
import io.github.autol2.program.report.Page;
import io.github.autol2.program.results.NumberTable;
import io.github.autol2.program.results.Pooled;
import io.github.autol2.program.results.Statistic;
import io.github.autol2.program.results.SummaryTable;
import io.github.autol2.program.training.RunResult;
import io.github.autol2.research.adaptive.Outcomes.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A comparison as CSV, picture and page. */
public final class ComparisonReport {

    private static final List<String> HEADER = List.of(
            "task",
            "lambda from",
            "tuned lambda",
            "tuned test %",
            "difference",
            "final difference",
            "steps",
            "steps of tuned");
    private static final double BESIDE = 0.2; // of the distance of two tasks, so that choices do not hide each other
    private static final double WORST_SHOWN =
            -5; // percent: below, a choice has failed and the others could not be told apart

    private final Outcomes outcomes;

    public ComparisonReport(Outcomes outcomes) {
        this.outcomes = outcomes;
    }

    /** Writes adaptive.csv, adaptive.html and, where there are constant lambdas to compare with, adaptive.svg and adaptive.png. */
    public void write(Path folder) throws IOException {
        table().write(folder.resolve("adaptive.csv"));
        Page page = new Page("AutoL2 against tuned constant lambdas");
        summary().forEach(page::lead);
        if (comparesWithConstants()) {
            LineChart chart = chart();
            chart.writeSvg(folder.resolve("adaptive.svg"));
            chart.writePng(folder.resolve("adaptive.png"));
            page.chart(
                    chart,
                    "Test accuracy where validation is best, minus that of the tuned constant lambda, for each task in the order of "
                            + "the table, with the standard error over the seeds. What is more than 5 % below is left out.");
            page.heading("Each task").table(HEADER, rows());
            page.heading("Where adaptive loses")
                    .table(
                            HEADER,
                            outcomes.standings(LambdaChoice.Rule.ADAPTIVE).stream()
                                    .filter(standing -> standing.difference() < 0)
                                    .map(this::row)
                                    .toList());
        }
        page.heading("All ways to choose lambda")
                .table(List.of("task", "lambda from", "test % at best validation", "final test %"), accuracies());
        page.write(folder.resolve("adaptive.html"));
    }

    /** One sentence for each rule. */
    public List<String> summary() {
        List<String> sentences = new ArrayList<>();
        for (LambdaChoice choice : comparesWithConstants() ? outcomes.rules() : List.<LambdaChoice>of()) {
            List<Standing> standings = outcomes.standings(choice);
            Pooled best = Pooled.of(standings.stream().map(Standing::difference).toList())
                    .percent();
            Pooled last = Pooled.of(
                            standings.stream().map(Standing::finalDifference).toList())
                    .percent();
            sentences.add(String.format(
                    Locale.ROOT,
                    "%s minus tuned, mean over %d tasks and %d seeds: best %s %%, final %s %%; "
                            + "steps to tuned minus 0.5 %%: %s.",
                    choice.label(),
                    standings.size(),
                    outcomes.seeds().size(),
                    best.signed(),
                    last.signed(),
                    ratio(standings, Standing::steps)));
        }
        if (comparesWithConstants() && !outcomes.rules().isEmpty()) {
            sentences.add("The fastest constant of each task, chosen in hindsight: "
                    + ratio(outcomes.standings(outcomes.rules().get(0)), one -> outcomes.fewestSteps(one.task()))
                    + ".");
        }
        return sentences;
    }

    /** The geometric mean over the tasks of steps against those of the tuned constant. */
    private static String ratio(List<Standing> standings, Function<Standing, OptionalLong> steps) {
        List<Double> ratios = standings.stream()
                .filter(one -> steps.apply(one).isPresent() && one.tunedSteps().isPresent())
                .map(one -> Math.log(
                        (double) steps.apply(one).getAsLong() / one.tunedSteps().getAsLong()))
                .toList();
        return ratios.isEmpty()
                ? "reached in no task"
                : String.format(
                        Locale.ROOT,
                        "%.2f of tuned's (%d tasks reach it)",
                        Math.exp(Pooled.of(ratios).mean()),
                        ratios.size());
    }

    private boolean comparesWithConstants() {
        return outcomes.choices().stream().anyMatch(choice -> choice.constant().isPresent());
    }

    /** One row for each task, choice and seed. */
    private NumberTable table() {
        NumberTable table = new NumberTable(
                "task",
                "rival",
                "seed",
                "seconds",
                "initialLambda",
                "finalLambda",
                "divisions",
                "validationBest",
                "bestStep",
                "testAtBest",
                "testFinal");
        for (Task task : outcomes.tasks()) {
            for (LambdaChoice choice : outcomes.choices()) {
                for (RunResult run : outcomes.of(task, choice)) {
                    table.row(
                            task.name(),
                            choice.label(),
                            run.seed(),
                            run.seconds(),
                            run.initialLambda(),
                            run.last().lambda(),
                            run.divisions().size(),
                            run.best().validationAccuracy(),
                            run.best().step(),
                            run.best().testAccuracy(),
                            run.last().testAccuracy());
                }
            }
        }
        return table;
    }

    private LineChart chart() {
        LineChart chart =
                new LineChart("AutoL2 against the tuned constant", "task", "difference of the test accuracy in %");
        double[] ends = {0.5, outcomes.tasks().size() + 0.5};
        chart.dashed("tuned constant", ends, new double[2], 6).rangeX(ends[0], ends[1]);
        for (int i = 0; i < outcomes.rules().size(); i++) {
            List<Standing> standings = outcomes.standings(outcomes.rules().get(i));
            int[] shown = IntStream.range(0, standings.size())
                    .filter(at -> 100 * standings.get(at).difference() > WORST_SHOWN)
                    .toArray();
            double aside = BESIDE * (i - (outcomes.rules().size() - 1) / 2.0);
            if (shown.length > 0) {
                chart.pointsWithErrors(
                                outcomes.rules().get(i).label(),
                                IntStream.of(shown)
                                        .mapToDouble(at -> at + 1 + aside)
                                        .toArray(),
                                IntStream.of(shown)
                                        .mapToDouble(
                                                at -> 100 * standings.get(at).difference())
                                        .toArray(),
                                IntStream.of(shown)
                                        .mapToDouble(
                                                at -> 100 * standings.get(at).standardError())
                                        .toArray(),
                                i)
                        .notJoined();
            }
        }
        return chart;
    }

    private List<List<String>> rows() {
        return outcomes.rules().stream()
                .flatMap(rule -> outcomes.standings(rule).stream())
                .map(this::row)
                .toList();
    }

    private List<String> row(Standing one) {
        return List.of(
                one.task().name(),
                one.choice().label(),
                SummaryTable.threeDigits(one.tuned().constant().orElseThrow()),
                percent(Statistic.TEST_AT_BEST, outcomes.of(one.task(), one.tuned())),
                new Pooled(one.difference(), one.standardError()).percent().signed(),
                String.format(Locale.ROOT, "%+.2f", 100 * one.finalDifference()),
                Standing.text(one.steps()),
                Standing.text(one.tunedSteps()));
    }

    private List<List<String>> accuracies() {
        List<List<String>> rows = new ArrayList<>();
        for (Task task : outcomes.tasks()) {
            for (LambdaChoice choice : outcomes.choices()) {
                rows.add(List.of(
                        task.name(),
                        choice.label(),
                        percent(Statistic.TEST_AT_BEST, outcomes.of(task, choice)),
                        percent(Statistic.TEST_FINAL, outcomes.of(task, choice))));
            }
        }
        return rows;
    }

    private static String percent(Statistic statistic, List<RunResult> runs) {
        return statistic.over(runs).percent().toString();
    }
}
