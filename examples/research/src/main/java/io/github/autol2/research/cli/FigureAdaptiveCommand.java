package io.github.autol2.research.cli;

import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.cli.InvalidUsageException;
import io.github.autol2.program.cli.ProgressDisplay;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.training.Threads;
import io.github.autol2.program.training.TrainingRun;
import io.github.autol2.research.adaptive.Cell;
import io.github.autol2.research.adaptive.Comparison;
import io.github.autol2.research.adaptive.ComparisonReport;
import io.github.autol2.research.adaptive.Outcomes;
import io.github.autol2.research.adaptive.Rival;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code autol2 figure adaptive}: AutoL2 against tuned constant lambdas, on ready-made tasks or on a configured one. */
@Command(
        name = "adaptive",
        description = "AutoL2 against nine constant lambdas, on ready-made tasks or on your own (--config, --set).")
final class FigureAdaptiveCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private SweepOptions options;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with the four IDX files of MNIST, for eleven further tasks.")
    private Path data;

    @Option(
            names = "--seeds",
            split = ",",
            paramLabel = "NUMBER",
            defaultValue = "1,2,3,4,5",
            description = "Default: ${DEFAULT-VALUE}.")
    private List<Long> seeds;

    @Option(names = "--cells", split = ",", paramLabel = "NAME", description = "Only these tasks.")
    private List<String> onlyCells = List.of();

    @Option(
            names = "--rivals",
            split = ",",
            paramLabel = "NAME",
            description = "Only these ways to choose lambda; the prefix constant names nine.")
    private List<String> onlyRivals = List.of();

    @Option(
            names = "--keep-runs",
            description = "Keep the finished runs, so that --resume can add seeds or tasks later.")
    private boolean keep;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/figure-adaptive",
            description = "For the result files; default: ${DEFAULT-VALUE}.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        check();
        Map<String, String> settings = new LinkedHashMap<>();
        List<Cell> cells = cells(settings);
        List<Rival> rivals = rivals();
        Comparison comparison = new Comparison(cells, rivals, seeds);
        Threads.useOneUnlessTheUserSaysOtherwise();
        options.common()
                .tryOut(new TrainingRun(
                        cells.get(0).settings(), cells.get(0).settings().data().load()));
        UnfinishedRun parts = options.run().open(out, settings);
        Outcomes outcomes;
        try (ProgressDisplay progress = options.run().progress("training", comparison.steps())) {
            outcomes = comparison.run(
                    parts,
                    options.threads(),
                    (steps, finished) -> progress.show(steps, () -> finished + " runs finished"));
        }
        ComparisonReport report = new ComparisonReport(outcomes);
        report.write(out);
        report.summary().forEach(spec.commandLine().getOut()::println);
        spec.commandLine()
                .getOut()
                .println("Written to " + out + ": adaptive.html, adaptive.csv and the picture as SVG and PNG.");
        spec.commandLine().getOut().flush();
        if (!keep) {
            parts.remove();
        }
        return 0;
    }

    private void check() {
        options.check();
        if (seeds.isEmpty() || seeds.stream().distinct().count() < seeds.size() || seeds.contains(0L)) {
            throw new InvalidUsageException(
                    "--seeds must be distinct numbers other than 0, which Deeplearning4j takes for no seed, got "
                            + seeds);
        }
        if (options.common().hasSettings() && (data != null || !onlyCells.isEmpty())) {
            throw new InvalidUsageException(
                    "--data and --cells choose among the ready-made tasks: they do not go with --config and --set");
        }
    }

    private List<Cell> cells(Map<String, String> settings) {
        settings.put("command", "figure adaptive");
        if (options.common().hasSettings()) {
            SettingsReader reader = new SettingsReader(options.common().settings());
            Cell own = new Cell("own", RunSettings.read(reader));
            settings.putAll(reader.effective());
            return List.of(own);
        }
        settings.put("data", String.valueOf(data));
        List<Cell> cells = new ArrayList<>(Cell.builtIn());
        if (data != null) {
            cells.addAll(Cell.mnist(data));
        }
        List<String> names = cells.stream().map(Cell::name).toList();
        if (!names.containsAll(onlyCells)) {
            throw new InvalidUsageException("--cells must be among " + names + ", got " + onlyCells);
        }
        cells.removeIf(cell -> !onlyCells.isEmpty() && !onlyCells.contains(cell.name()));
        return cells;
    }

    private List<Rival> rivals() {
        List<Rival> chosen = Rival.all().stream()
                .filter(rival -> onlyRivals.isEmpty()
                        || onlyRivals.stream()
                                .anyMatch(name -> rival.name().equals(name)
                                        || rival.name().startsWith(name + "-")))
                .toList();
        if (chosen.isEmpty()) {
            throw new InvalidUsageException("--rivals must be among "
                    + Rival.all().stream().map(Rival::name).toList() + ", got " + onlyRivals);
        }
        return chosen;
    }
}
