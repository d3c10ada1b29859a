package io.github.autol2.research.cli;

import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.cli.CommonOptions;
import io.github.autol2.program.cli.InvalidUsageException;
import io.github.autol2.program.cli.ProgressDisplay;
import io.github.autol2.program.cli.ResumeOptions;
import io.github.autol2.program.results.PartialReport;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.training.Threads;
import io.github.autol2.research.tasks.Standings;
import io.github.autol2.research.tasks.Task;
import io.github.autol2.research.tasks.TaskResult;
import io.github.autol2.research.tasks.TaskRuns;
import io.github.autol2.research.tasks.TasksReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autol2 figure tasks FOLDER}: all ways to choose lambda on one's own tasks. */
@Command(
        name = "tasks",
        description = "Compare all ways to choose lambda on your own tasks: each settings file in the folder is one. "
                + "Keys of --config and --set win over all of them.")
final class FigureTasksCommand implements Callable<Integer> {

    @Mixin
    private TasksFolder folder;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ResumeOptions resume;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/figure-tasks",
            description = "The result files go into this folder; the default is ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--keep-runs",
            description = "This keeps the finished runs, so that --resume can add ways, seeds or tasks later.")
    private boolean keep;

    @Option(
            names = "--finished",
            description =
                    "This trains nothing. It reports on the runs that are finished, while others may still go on.")
    private boolean finished;

    @Option(
            names = "--ways",
            paramLabel = "LIST",
            description =
                    "This sets tasks.ways: compare only these ways to choose lambda with the constants; the default is all.")
    private void setWays(String list) {
        common.set("--ways", TasksSettings.WAYS, list);
    }

    @Option(names = "--threads", paramLabel = "N", description = SweepSettings.THREADS_OPTION)
    private void setThreads(String number) {
        common.set("--threads", SweepSettings.THREADS, number);
    }

    @Override
    public Integer call() throws IOException {
        SettingsReader reader = new SettingsReader(common.settings());
        SweepSettings sweep = SweepSettings.read(reader);
        TasksSettings settings = TasksSettings.read(reader);
        List<Task> tasks = folder.tasks(reader.rest());
        TaskRuns runs = new TaskRuns(tasks, settings.choices());
        Threads.limitToOneByDefault();
        UnfinishedRun parts = parts();
        Optional<PartialReport> partial = finished ? Optional.of(new PartialReport(out)) : Optional.empty();
        Map<String, RuntimeException> failed = new ConcurrentSkipListMap<>();
        Map<String, TaskResult> results = run(runs, parts, sweep.threads(), failed);
        TasksReport report = new TasksReport(Standings.of(tasks, settings.choices(), results));
        if (partial.isPresent()) {
            partial.get().write(report::write);
        } else {
            parts.replaceResults(report::write);
        }
        common.print(report.table());
        common.print("Written to " + out + ": tasks.html, tasks.csv, runs.csv.");
        if (!failed.isEmpty()) {
            failed.forEach((key, reason) -> tell("The run " + key + " failed: " + reason));
            tell("What is finished is kept: --resume tries the failed runs again.");
            return CommandLine.ExitCode.SOFTWARE;
        }
        if (!keep && !finished) {
            parts.remove();
        }
        return CommandLine.ExitCode.OK;
    }

    private Map<String, TaskResult> run(
            TaskRuns runs, UnfinishedRun parts, int threads, Map<String, RuntimeException> failed) throws IOException {
        try (ProgressDisplay progress = common.progress("training", runs.steps())) {
            return finished
                    ? runs.finished(parts)
                    : runs.run(
                            parts,
                            threads,
                            failed::put,
                            (steps, done) -> progress.show(steps, () -> done + " runs finished"));
        } catch (TaskRuns.OtherSettingsException e) {
            throw new InvalidUsageException(e.getMessage(), e);
        }
    }

    /** Goes on with finished runs or begins; only the former if nothing is to be trained. */
    private UnfinishedRun parts() throws IOException {
        Map<String, String> settings =
                Map.of("command", "figure tasks", "folder", folder.path().toString());
        if (!finished) {
            return resume.open(out, settings, "tasks.html", "tasks.csv", "runs.csv");
        }
        if (!UnfinishedRun.isIn(out)) {
            throw new InvalidUsageException("--finished needs finished runs, but there are none in " + out);
        }
        UnfinishedRun parts = UnfinishedRun.goOn(out);
        Optional<String> difference = parts.difference(settings);
        if (difference.isPresent()) {
            throw new InvalidUsageException(
                    "--finished needs the tasks of the finished runs in " + out + ", but " + difference.get());
        }
        return parts;
    }

    private void tell(String message) {
        common.messages().println(message);
        common.messages().flush();
    }
}
