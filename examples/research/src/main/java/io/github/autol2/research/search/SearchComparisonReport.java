package io.github.autol2.research.search;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import io.github.autol2.program.report.LineChart;
import io.github.autol2.program.report.Page;
import io.github.autol2.program.results.NumberTable;
import io.github.autol2.program.results.Pooled;
import io.github.autol2.research.tasks.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The comparison as CSV files, as a table for the terminal and as a page.
 *
 * @param traces of all searches
 */
public record SearchComparisonReport(SearchComparison comparison, Map<String, SearchTrace> traces) {

    private static final List<String> HEADER =
            List.of("search", "steps", "test at a third", "test at all steps", "reached", "steps to reach");

    /** Shares of the random search's steps in the chart. */
    private static final int SHARES = 40;

    /** Writes searches.csv (one row for each candidate), ways.csv (one row for each way) and searches.html. */
    public void write(Path folder) throws IOException {
        candidates().write(folder.resolve("searches.csv"));
        ways().write(folder.resolve("ways.csv"));
        Page page = new Page("Ways to search: best accuracy against training steps");
        page.lead(
                "Steps count in those of the random search without pruning on the same task with the same seed, calibrations included. "
                        + "Test accuracy is that of the candidate which validation chooses, minus that of the whole random search, in points.");
        page.table(HEADER, rows());
        page.chart(chart(), "The mean over tasks and seeds.");
        page.paragraph(
                "\"Reached\" counts the searches whose best validation accuracy has reached that of the random search, and \"steps to reach\" "
                        + "is the mean of those. A search with pruning has " + SearchComparison.MORE
                        + " times as many candidates.");
        page.write(folder.resolve("searches.html"));
    }

    /** The summary for the terminal. */
    public String table() {
        Column[] columns = HEADER.stream()
                .map(title -> new Column()
                        .header(title)
                        .dataAlign(title.equals(HEADER.get(0)) ? HorizontalAlign.LEFT : HorizontalAlign.RIGHT))
                .toArray(Column[]::new);
        return AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                columns,
                rows().stream().map(row -> row.toArray(String[]::new)).toArray(String[][]::new));
    }

    private List<List<String>> rows() {
        return comparison.ways().stream().map(this::row).toList();
    }

    private List<String> row(SearchWay way) {
        SearchComparison.Standing standing = comparison.standing(way, traces);
        return List.of(
                way.label(),
                standing.steps().toString(),
                standing.atThird().percent().signed(),
                standing.atAll().percent().signed(),
                standing.reached() + " of " + standing.of(),
                standing.reached() == 0 ? "-" : standing.stepsToReach().toString());
    }

    private NumberTable ways() {
        NumberTable table = new NumberTable(
                "search", "steps", "test_at_third", "test_at_all", "reached", "searches", "steps_to_reach");
        for (SearchWay way : comparison.ways()) {
            SearchComparison.Standing standing = comparison.standing(way, traces);
            table.row(
                    way.label(),
                    standing.steps().mean(),
                    standing.atThird().mean(),
                    standing.atAll().mean(),
                    standing.reached(),
                    standing.of(),
                    standing.reached() == 0 ? "" : standing.stepsToReach().mean());
        }
        return table;
    }

    private NumberTable candidates() {
        NumberTable table = new NumberTable(
                "task",
                "search",
                "seed",
                "candidate",
                "status",
                "training_steps",
                "validation_accuracy",
                "test_accuracy");
        for (Task task : comparison.tasks()) {
            for (long seed : task.settings().seeds()) {
                for (SearchWay way : comparison.ways()) {
                    traces.get(SearchComparison.key(task, way, seed))
                            .candidates()
                            .forEach(one -> table.row(
                                    task.name(),
                                    way.label(),
                                    seed,
                                    one.candidate(),
                                    one.status(),
                                    one.trainingSteps(),
                                    one.validationAccuracy() == null ? "" : one.validationAccuracy(),
                                    one.testAccuracy() == null ? "" : one.testAccuracy()));
                }
            }
        }
        return table;
    }

    /** From where all searches have a candidate: before, there is nothing to compare. */
    private LineChart chart() {
        LineChart chart = new LineChart(
                "Best test accuracy so far", "steps of the random search", "points above the whole random search");
        for (int i = 0; i < comparison.ways().size(); i++) {
            SearchWay way = comparison.ways().get(i);
            double[] shares = IntStream.rangeClosed(1, SHARES)
                    .mapToDouble(k -> (double) k / SHARES)
                    .filter(share -> hasAll(way, share))
                    .toArray();
            double[] gains = DoubleStream.of(shares)
                    .map(share -> 100
                            * Pooled.of(comparison.gains(way, traces, share)).mean())
                    .toArray();
            chart.steps(way.label().toLowerCase(Locale.ROOT), shares, gains, i);
        }
        return chart;
    }

    private boolean hasAll(SearchWay way, double share) {
        return comparison.tasks().stream()
                .allMatch(task -> task.settings().seeds().stream()
                        .allMatch(seed -> traces.get(SearchComparison.key(task, way, seed))
                                        .testAccuracyAt(Math.round(share
                                                * traces.get(SearchComparison.key(task, SearchWay.RANDOM, seed))
                                                        .steps()))
                                > 0));
    }
}
