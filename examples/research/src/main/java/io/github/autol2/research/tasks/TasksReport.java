package io.github.autol2.research.tasks;

import com.github.freva.asciitable.AsciiTable;
import io.github.autol2.program.report.Page;
import io.github.autol2.program.results.NumberTable;
import io.github.autol2.program.results.SummaryTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The standings as CSV files, as a table for the terminal and as a page. */
public final class TasksReport {

    private static final List<String> SUMMARY_HEADER = List.of(
            "lambda from", "tasks", "best", "end", "worst best", "worst end", "within 0.4: best", "end", "runs spent");

    private final Standings standings;

    public TasksReport(Standings standings) {
        this.standings = standings;
    }

    /** Writes tasks.csv (one row for each task and way), runs.csv (one row for each run) and tasks.html. */
    public void write(Path folder) throws IOException {
        rows().write(folder.resolve("tasks.csv"));
        runs().write(folder.resolve("runs.csv"));
        Page page = new Page("Ways to choose lambda, each beside the tuned constant");
        page.lead("Test accuracy minus that of the tuned constant, in points, over "
                + standings.tasks().size()
                + " tasks. \"Best\" is where the validation accuracy is best. \"End\" is the network that a method hands out at its end, "
                + "beside the constant that is tuned for the end. Validation examples choose everything.");
        page.table(SUMMARY_HEADER, summaries());
        page.heading("Each task").table(taskHeader(), taskRows());
        page.write(folder.resolve("tasks.html"));
    }

    /** The means over all tasks. */
    public String table() {
        return AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                SUMMARY_HEADER.toArray(String[]::new),
                null,
                summaries().stream().map(row -> row.toArray(String[]::new)).toArray(String[][]::new));
    }

    private List<List<String>> summaries() {
        List<List<String>> rows = new ArrayList<>();
        for (String way : standings.ways()) {
            Standings.Summary summary = standings.summary(way);
            if (summary.tasks() > 0) {
                rows.add(List.of(
                        way,
                        Integer.toString(summary.tasks()),
                        points(summary.best()),
                        points(summary.end()),
                        points(summary.worstBest()),
                        points(summary.worstEnd()),
                        summary.withinBest() + " of " + summary.tasks(),
                        summary.withinEnd() + " of " + summary.tasks(),
                        String.format(Locale.ROOT, "%.2f", summary.spent())));
            }
        }
        return rows;
    }

    private List<String> taskHeader() {
        List<String> header = new ArrayList<>(List.of("task", "seeds", "tuned lambda", "tuned at the end"));
        standings.ways().forEach(way -> header.add(way + ": best / end"));
        return header;
    }

    private List<List<String>> taskRows() {
        List<List<String>> rows = new ArrayList<>();
        for (Task task : standings.tasks()) {
            List<String> row = new ArrayList<>(List.of(
                    task.name(),
                    Integer.toString(standings.seeds(task).size()),
                    SummaryTable.threeDigits(standings.tuned(task).lambda()),
                    SummaryTable.threeDigits(standings.tunedAtEnd(task).lambda())));
            for (String way : standings.ways()) {
                row.add(standings
                        .standing(task, way)
                        .map(one -> one.best().percent().signed() + " / "
                                + one.end().percent().signed())
                        .orElse("-"));
            }
            rows.add(row);
        }
        return rows;
    }

    private NumberTable rows() {
        NumberTable table = new NumberTable(
                "task", "way", "seeds", "best", "bestError", "end", "endError", "runsSpent", "tuned", "tunedAtEnd");
        for (Task task : standings.tasks()) {
            for (String way : standings.ways()) {
                Optional<Standings.Standing> standing = standings.standing(task, way);
                standing.ifPresent(one -> table.row(
                        task.name(),
                        way,
                        standings.seeds(task).size(),
                        one.best().mean(),
                        one.best().standardError(),
                        one.end().mean(),
                        one.end().standardError(),
                        one.spent(),
                        standings.tuned(task).lambda(),
                        standings.tunedAtEnd(task).lambda()));
            }
        }
        return table;
    }

    private NumberTable runs() {
        NumberTable table = new NumberTable(
                "run",
                "lambda",
                "stepsSpent",
                "bestStep",
                "validationBest",
                "testAtBest",
                "validationEnd",
                "testEnd",
                "testLast");
        for (Map.Entry<String, TaskResult> entry : standings.results().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .toList()) {
            TaskResult run = entry.getValue();
            table.row(
                    entry.getKey(),
                    run.lambda(),
                    run.stepsSpent(),
                    run.best().step(),
                    run.best().validationAccuracy(),
                    run.best().testAccuracy(),
                    run.validationAtEnd(),
                    run.testAtEnd(),
                    run.last().testAccuracy());
        }
        return table;
    }

    private static String points(double fraction) {
        return String.format(Locale.ROOT, "%+.2f", 100 * fraction);
    }
}
