package io.github.autol2.research.cli;

import io.github.autol2.program.cli.CommonOptions;
import io.github.autol2.program.cli.InvalidUsageException;
import io.github.autol2.program.cli.ProgressDisplay;
import io.github.autol2.program.cli.TuningOptions;
import io.github.autol2.program.config.DataSettings;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.training.Threads;
import io.github.autol2.program.training.TrainingRun;
import io.github.autol2.research.figure.FigureReport;
import io.github.autol2.research.figure.FigureResult;
import io.github.autol2.research.figure.PaperFigure;
import io.github.autol2.research.figure.PaperFigure.Part;
import io.github.autol2.research.figure.PaperFigure.Scale;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code autol2 figure 1a|1b|1c|2|3}: trains what a figure of the paper shows, and says whether the paper's claim holds. */
@Command
final class PaperFigureCommand implements Callable<Integer> {

    private final PaperFigure figure;

    @Spec
    private CommandSpec spec;

    @Mixin
    private SweepOptions options;

    @Option(
            names = "--scale",
            defaultValue = "small",
            description =
                    "small: minutes on two cores; paper: the paper's networks and budgets, one at a time, for a machine with a GPU; "
                            + "default: ${DEFAULT-VALUE}.")
    private Scale scale;

    @Option(
            names = "--parts",
            split = ",",
            paramLabel = "NAME",
            description = "Only these networks; the names are those of the pages and files.")
    private List<String> only = List.of();

    @Option(names = "--out", paramLabel = "DIR", description = "For the result files; default: out/figure-N.")
    private Path out;

    PaperFigureCommand(PaperFigure figure) {
        this.figure = figure;
    }

    @Override
    public Integer call() throws IOException {
        options.check();
        Path folder = out == null ? Path.of("out", "figure-" + figure.label()) : out;
        List<Part> parts = parts();
        Threads.useOneUnlessTheUserSaysOtherwise();
        Map<DataSettings, DataSplit> data = new HashMap<>();
        check(figure, parts, data, options.common());
        options.common().setLogLevel("io.github.autol2.dl4j.LambdaCalibrator", Level.ERROR);
        UnfinishedRun finished = options.run().open(folder, settings(figure, parts));
        long start = System.nanoTime();
        List<FigureResult> results = new ArrayList<>();
        for (Part part : parts) {
            results.add(run(part, data.get(part.experiment().settings().data()), finished));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        new FigureReport(figure, parts, results).write(folder, seconds);
        finished.remove();
        print(results, folder, seconds);
        return 0;
    }

    /**
     * Looks for all that can be wrong with settings, data and networks, before anything is written.
     *
     * @param data what is loaded already; takes what is loaded now
     */
    static void check(PaperFigure figure, List<Part> parts, Map<DataSettings, DataSplit> data, CommonOptions common) {
        for (Part part : parts) {
            RunSettings settings = part.experiment().settings();
            TuningOptions.refuseLambda(settings, "figure " + figure.label());
            DataSplit split = data.computeIfAbsent(settings.data(), DataSettings::load);
            common.tryOut(new TrainingRun(settings, split));
            try {
                part.experiment().check(split);
            } catch (IllegalArgumentException e) {
                throw new InvalidUsageException("figure " + figure.label() + ": " + e.getMessage(), e);
            }
        }
    }

    private List<Part> parts() {
        if (!figure.partNames().containsAll(only)) {
            throw new InvalidUsageException("--parts must be among " + figure.partNames() + ", got " + only);
        }
        return figure.parts(
                only.isEmpty() ? figure.partNames() : only,
                scale,
                options.common().settings());
    }

    private FigureResult run(Part part, DataSplit data, UnfinishedRun finished) throws IOException {
        int atATime = scale == Scale.PAPER ? options.threadsOfLargeRuns() : options.threads();
        try (ProgressDisplay progress =
                options.run().progress(part.name(), part.experiment().steps())) {
            FigureResult result = part.experiment()
                    .run(data, finished, atATime, (steps, runs) -> progress.show(steps, () -> runs + " runs finished"));
            return part.experiment().settings().seeds().size() > 1
                    ? result
                    : result.note(part.name() + ": one seed, so nothing is known about the error of an accuracy.");
        }
    }

    /** All that the finished runs of a figure depend on. */
    static Map<String, String> settings(PaperFigure figure, List<Part> parts) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("command", "figure " + figure.label());
        parts.forEach(part -> part.settings().forEach((key, value) -> all.put(part.name() + " " + key, value)));
        return all;
    }

    private void print(List<FigureResult> results, Path folder, double seconds) {
        PrintWriter output = spec.commandLine().getOut();
        for (FigureResult result : results) {
            output.println(result.sentence());
            result.notes().forEach(note -> output.println("  " + note));
        }
        output.printf(
                Locale.ROOT,
                "Written to %s in %.0f s: figure-%s.html, the numbers as CSV, each panel as SVG and PNG.%n",
                folder,
                seconds,
                figure.label());
        output.flush();
    }
}
