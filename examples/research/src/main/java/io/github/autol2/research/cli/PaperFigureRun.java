package io.github.autol2.research.cli;

import io.github.autol2.config.Settings;
import io.github.autol2.dl4j.LambdaCalibrator;
import io.github.autol2.program.cli.CommonOptions;
import io.github.autol2.program.cli.InvalidUsageException;
import io.github.autol2.program.cli.ProgressDisplay;
import io.github.autol2.program.cli.RunInput;
import io.github.autol2.program.config.DataSettings;
import io.github.autol2.program.config.InputFiles;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;

/** Makes one figure of the paper and shows its progress. */
final class PaperFigureRun {

    private final PaperFigure figure;
    private final List<Part> parts;
    private final Scale scale;
    private final SweepSettings sweep;
    private final CommonOptions common;
    private final Map<String, String> hashes = new TreeMap<>();

    /** @throws io.github.autol2.config.SettingsException if anything is wrong with the settings of a part */
    PaperFigureRun(PaperFigure figure, FigureSettings settings, Settings given, CommonOptions common) {
        this.figure = figure;
        this.parts = figure.parts(settings.parts(figure), settings.scale(), given);
        this.scale = settings.scale();
        this.sweep = settings.sweep();
        this.common = common;
    }

    PaperFigure figure() {
        return figure;
    }

    /**
     * Looks for all that can be wrong with data and networks, before anything is written.
     *
     * @param data what is loaded already; takes what is loaded now
     */
    void check(Map<DataSettings, DataSplit> data) {
        Threads.limitToOneByDefault();
        for (Part part : parts) {
            RunSettings settings = part.experiment().settings();
            RunInput.refuseLambda(settings, "figure " + figure.label());
            DataSplit split = data.computeIfAbsent(settings.data(), DataSettings::load);
            common.tryOut(new TrainingRun(settings, split));
            hashes.putAll(InputFiles.hashes(settings));
            data.keySet().stream()
                    .filter(settings.data()::equals) // has loaded them
                    .forEach(loaded -> hashes.putAll(InputFiles.hashes(loaded.source())));
            try {
                part.experiment().check(split);
            } catch (IllegalArgumentException e) {
                throw new InvalidUsageException("figure " + figure.label() + ": " + e.getMessage(), e);
            }
        }
    }

    /** All that the finished runs of the figure depend on, after the {@link #check}. */
    Map<String, String> settings() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("command", "figure " + figure.label());
        for (Part part : parts) {
            part.settings().forEach((key, value) -> all.put(part.name() + " " + key, value));
        }
        all.putAll(hashes);
        return all;
    }

    /** The names of the files of this figure that are in a folder. */
    String[] files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return new String[0];
        }
        List<String> beginnings = Stream.concat(Stream.of(figure.label()), figure.aliases().stream())
                .map(label -> "figure-" + label)
                .toList();
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> beginnings.stream().anyMatch(name::startsWith))
                    .sorted()
                    .toArray(String[]::new);
        }
    }

    /** Trains what is not finished yet, writes the figure's files and prints its sentences. */
    void write(Path out, Map<DataSettings, DataSplit> data, UnfinishedRun finished) throws IOException {
        common.setLogLevel(LambdaCalibrator.class.getName(), Level.ERROR);
        long start = System.nanoTime();
        List<FigureResult> results = new ArrayList<>();
        for (Part part : parts) {
            results.add(run(part, data.get(part.experiment().settings().data()), finished));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        List<String> left = new ArrayList<>(List.of(files(out)));
        finished.finish(folder -> {
            new FigureReport(figure, parts, results).write(folder, seconds);
            left.removeAll(List.of(files(folder)));
        });
        print(results, out, seconds);
        if (!left.isEmpty()) {
            common.print("Note: of an earlier run there are still " + String.join(", ", left) + ".");
        }
    }

    private FigureResult run(Part part, DataSplit data, UnfinishedRun finished) throws IOException {
        int atATime = scale == Scale.PAPER ? sweep.threadsOfLargeRuns() : sweep.threads();
        try (ProgressDisplay progress =
                common.progress(part.name(), part.experiment().steps())) {
            FigureResult result = part.experiment()
                    .run(data, finished, atATime, (steps, runs) -> progress.show(steps, () -> runs + " runs finished"));
            return part.experiment().settings().seeds().size() > 1
                    ? result
                    : result.note(part.name() + ": one seed, so nothing is known about the error of an accuracy.");
        }
    }

    private void print(List<FigureResult> results, Path out, double seconds) {
        for (FigureResult result : results) {
            common.print(result.sentence());
            common.print(result.notes().stream().map(note -> "  " + note).toList());
        }
        common.print(String.format(
                Locale.ROOT,
                "Written to %s in %.0f s: figure-%s.html, the numbers as CSV, each panel as SVG and PNG.",
                out,
                seconds,
                figure.label()));
    }
}
