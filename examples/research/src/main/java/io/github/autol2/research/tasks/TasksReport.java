package io.github.autol2.research.tasks;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import io.github.autol2.program.choice.FixedLambda;
import io.github.autol2.program.choice.LambdaChoice;
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
            "lambda from",
            "tasks",
            "best",
            "worst",
            "within 0.4",
            "last",
            "worst",
            "within 0.4",
            "kept",
            "worst",
            "within 0.4",
            "runs spent");

    /** Those that no choice has, or that say more beside the others here. */
    private static final Map<String, String> TITLES = Map.of(
            Standings.HABIT.label(),
            new FixedLambda.Habit().title(),
            LambdaChoice.Rule.ADAPTIVE.label(),
            "AutoL2 without validation data",
            Standings.HALVING,
            "successive halving of 5",
            Standings.OWN_GRID,
            "grid of " + Choices.GRID.size() + ", each seed by itself",
            Standings.TUNED,
            "grid of " + Choices.GRID.size() + ", tuned");

    private final Standings standings;

    public TasksReport(Standings standings) {
        this.standings = standings;
    }

    /** Writes tasks.csv (one row for each task and way), runs.csv (one row for each run) and tasks.html. */
    public void write(Path folder) throws IOException {
        rows().write(folder.resolve("tasks.csv"));
        runs().write(folder.resolve("runs.csv"));
        Page page = new Page("Ways to choose lambda, each beside the tuned constant");
        int tasks = standings.tasks().size();
        page.lead("Test accuracy minus that of the tuned constant, in points, over "
                + tasks
                + (tasks == 1 ? " task" : " tasks")
                + ", with the standard error over the tasks. What is chosen is chosen by validation examples: the tuned "
                + "constant by the mean over the seeds, all else by each seed's own.");
        page.paragraph(
                "\"Best\" is where the validation accuracy of a run is best. \"Last\" is the network after the last step, "
                        + "beside the constant that is tuned for the end. \"Kept\" is the network that a method hands out, beside the same constant: "
                        + "the last one unless the method keeps its best. \"Worst\" is the worst task, and \"within 0.4\" counts the tasks that lose "
                        + "at most 0.4 points. \"Runs spent\" counts the steps of all trainings of a method, in trainings of full length. "
                        + "Where a task predicts a quantity, the explained variance R2 takes the place of accuracy.");
        page.table(SUMMARY_HEADER, summaries());
        page.heading("Each task").table(taskHeader(), taskRows());
        page.write(folder.resolve("tasks.html"));
    }

    /** The means over all tasks. */
    public String table() {
        Column[] columns = SUMMARY_HEADER.stream()
                .map(header -> new Column().header(header).dataAlign(HorizontalAlign.RIGHT))
                .toArray(Column[]::new);
        columns[0].dataAlign(HorizontalAlign.LEFT);
        return AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                columns,
                summaries().stream().map(row -> row.toArray(String[]::new)).toArray(String[][]::new));
    }

    private List<List<String>> summaries() {
        List<List<String>> rows = new ArrayList<>();
        for (String way : standings.ways()) {
            Standings.Summary summary = standings.summary(way);
            if (summary.tasks() > 0) {
                List<String> row = new ArrayList<>(List.of(title(way), Integer.toString(summary.tasks())));
                for (Standings.Measure measure : List.of(summary.best(), summary.last(), summary.kept())) {
                    row.add(measure.mean().percent().signed());
                    row.add(String.format(Locale.ROOT, "%+.2f", 100 * measure.worst()));
                    row.add(measure.within() + " of " + summary.tasks());
                }
                row.add(String.format(Locale.ROOT, "%.2f", summary.spent()));
                rows.add(row);
            }
        }
        return rows;
    }

    private static String title(String way) {
        return Optional.ofNullable(TITLES.get(way))
                .or(() -> Choices.all().stream()
                        .filter(choice -> choice.label().equals(way))
                        .map(LambdaChoice::title)
                        .findFirst())
                .orElseThrow();
    }

    private List<String> taskHeader() {
        List<String> header = new ArrayList<>(List.of("task", "seeds", "tuned lambda", "tuned at the end"));
        waysOfTasks()
                .forEach(way -> header.add(
                        title(way) + (standings.keepsAnother(way) ? ": best / last / kept" : ": best / last")));
        return header;
    }

    private List<List<String>> taskRows() {
        List<List<String>> rows = new ArrayList<>();
        for (Task task : standings.tasks()) {
            List<String> row = new ArrayList<>(List.of(
                    task.name(),
                    Integer.toString(standings.seeds(task).size()),
                    tuned(standings.tuned(task)),
                    tuned(standings.tunedAtEnd(task))));
            for (String way : waysOfTasks()) {
                row.add(standings
                        .standing(task, way)
                        .map(one -> one.best().percent().signed() + " / "
                                + one.last().percent().signed()
                                + (standings.keepsAnother(way)
                                        ? " / " + one.kept().percent().signed()
                                        : ""))
                        .orElse("-"));
            }
            rows.add(row);
        }
        return rows;
    }

    /** The tuned constant has no column: it is what all others are compared with. */
    private List<String> waysOfTasks() {
        return standings.ways().stream()
                .filter(way -> !way.equals(Standings.TUNED))
                .toList();
    }

    private static String tuned(FixedLambda.Constant constant) {
        return SummaryTable.threeDigits(constant.lambda())
                + (Standings.isAtTheEdge(constant) ? " (edge of the grid)" : "");
    }

    private NumberTable rows() {
        NumberTable table = new NumberTable(
                "task",
                "way",
                "seeds",
                "best",
                "bestError",
                "last",
                "lastError",
                "kept",
                "keptError",
                "runsSpent",
                "tuned",
                "tunedAtEnd");
        for (Task task : standings.tasks()) {
            for (String way : standings.ways()) {
                Optional<Standings.Standing> standing = standings.standing(task, way);
                standing.ifPresent(one -> table.row(
                        task.name(),
                        way,
                        standings.seeds(task).size(),
                        one.best().mean(),
                        one.best().standardError(),
                        one.last().mean(),
                        one.last().standardError(),
                        one.kept().mean(),
                        one.kept().standardError(),
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
                "testLast",
                "testKept");
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
                    run.last().testAccuracy(),
                    run.testOfKept());
        }
        return table;
    }
}
