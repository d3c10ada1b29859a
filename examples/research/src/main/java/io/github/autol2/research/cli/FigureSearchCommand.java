package io.github.autol2.research.cli;

import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.cli.CommonOptions;
import io.github.autol2.program.cli.ProgressDisplay;
import io.github.autol2.program.cli.ResumeOptions;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.training.Threads;
import io.github.autol2.research.search.SearchComparison;
import io.github.autol2.research.search.SearchComparisonReport;
import io.github.autol2.research.search.SearchTrace;
import io.github.autol2.research.tasks.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autol2 figure search FOLDER}: all ways to search on one's own tasks. */
@Command(
        name = "search",
        description =
                "Compare random, grid, genetic and TPE searches, each with and without pruning, on your own tasks: each settings "
                        + "file in the folder is one. Keys of --config and --set win over all of them.")
final class FigureSearchCommand implements Callable<Integer> {

    @Mixin
    private TasksFolder folder;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ResumeOptions resume;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/figure-search",
            description = "The result files go into this folder; the default is ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--candidates",
            paramLabel = "N",
            description =
                    "This sets searches.candidates: each search without pruning has N candidates; the default is 16.")
    private void setCandidates(String number) {
        common.set("--candidates", SearchComparisonSettings.CANDIDATES, number);
    }

    @Option(
            names = "--ways",
            paramLabel = "LIST",
            description = "This sets searches.ways: compare only these ways to search with random; the default is all.")
    private void setWays(String list) {
        common.set("--ways", SearchComparisonSettings.WAYS, list);
    }

    @Option(names = "--threads", paramLabel = "N", description = SweepSettings.THREADS_OPTION)
    private void setThreads(String number) {
        common.set("--threads", SweepSettings.THREADS, number);
    }

    @Override
    public Integer call() throws IOException {
        SettingsReader reader = new SettingsReader(common.settings());
        SweepSettings sweep = SweepSettings.read(reader);
        SearchComparisonSettings settings = SearchComparisonSettings.read(reader);
        List<Task> tasks = folder.tasks(reader.rest());
        SearchComparison comparison =
                new SearchComparison(tasks, settings.ways(), settings.candidates(), settings.points());
        Threads.limitToOneByDefault();
        Map<String, String> command = new LinkedHashMap<>(Map.of("command", "figure search"));
        command.putAll(comparison.settings());
        UnfinishedRun parts = resume.open(out, command, "searches.html", "ways.csv", "searches.csv");
        Map<String, SearchTrace> traces;
        try (ProgressDisplay progress = common.progress("searching", comparison.steps())) {
            traces = comparison.run(
                    parts, sweep.threads(), (steps, done) -> progress.show(steps, () -> done + " searches finished"));
        }
        SearchComparisonReport report = new SearchComparisonReport(comparison, traces);
        parts.finish(report::write);
        common.print(report.table());
        common.print("Written to " + out + ": searches.html, ways.csv, searches.csv.");
        return CommandLine.ExitCode.OK;
    }
}
