package io.github.autol2.research.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.autol2.config.Format;
import io.github.autol2.config.Settings;
import io.github.autol2.config.SettingsException;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.cli.CommonOptions;
import io.github.autol2.program.cli.Failure;
import io.github.autol2.program.cli.InvalidUsageException;
import io.github.autol2.program.cli.ResumeOptions;
import io.github.autol2.program.config.DataSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.research.figure.PaperFigure;
import io.github.autol2.research.theory.Figure5Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autol2 figure all}: makes every figure of the paper, one after the other. */
@Command(name = "all", description = "Make every figure of the paper, each in a folder of its own.")
final class FigureAllCommand implements Callable<Integer> {

    private static final String THEORY = "5";
    private static final String FIGURES = "figure.figures";

    @Mixin
    private CommonOptions common;

    @Mixin
    private ResumeOptions resume;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/figures",
            description = "Each figure gets a folder in this one; the default is ${DEFAULT-VALUE}.")
    private Path out;

    @Option(names = "--scale", paramLabel = "NAME", description = FigureSettings.SCALE_OPTION)
    private void setScale(String name) {
        common.set("--scale", FigureSettings.SCALE, name == null ? null : name.toLowerCase(Locale.ROOT));
    }

    @Option(
            names = "--figures",
            paramLabel = "LIST",
            description = "This sets figure.figures: make only these; the default is 1a,1b,1c,2,3,5.")
    private void setFigures(String list) {
        common.set("--figures", FIGURES, list);
    }

    @Option(names = "--threads", paramLabel = "N", description = SweepSettings.THREADS_OPTION)
    private void setThreads(String number) {
        common.set("--threads", SweepSettings.THREADS, number);
    }

    /** Makes one figure in its folder. */
    private interface Figure {
        void make(Path folder) throws IOException;
    }

    @Override
    public Integer call() throws IOException {
        SettingsReader reader = new SettingsReader(common.settings());
        FigureSettings settings = FigureSettings.ofAll(reader);
        List<String> only = reader.value(FIGURES, labels(), Format.names(labels()), "the only figures to make");
        Settings given = reader.rest();
        if (only.equals(List.of(THEORY)) && !given.isEmpty()) {
            throw new InvalidUsageException(
                    "--config and --set are for the other figures: for Figure 5 alone use figure 5 --data");
        }
        Map<String, String> parts = new LinkedHashMap<>(Map.of(FIGURES, String.join(",", only)));
        Map<String, Figure> figures = figures(only, settings, given, parts);
        UnfinishedRun finished = resume.open(out, parts);
        int worst = 0;
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (Map.Entry<String, Figure> figure : figures.entrySet()) {
            worst = Math.max(worst, make(figure.getKey(), figure.getValue(), finished, seconds));
        }
        seconds.forEach((label, time) -> common.print(String.format(Locale.ROOT, "Figure %s: %.0f s.", label, time)));
        if (worst == 0) {
            finished.remove();
        }
        return worst;
    }

    private static List<String> labels() {
        return Stream.concat(Stream.of(PaperFigure.values()).map(PaperFigure::label), Stream.of(THEORY))
                .toList();
    }

    /**
     * Looks for all that can be wrong, before the first training. The data of Figure 5 are MNIST's if the others' are.
     *
     * @param parts takes every setting of every figure
     */
    private Map<String, Figure> figures(
            List<String> only, FigureSettings settings, Settings given, Map<String, String> parts) throws IOException {
        Map<String, Figure> figures = new LinkedHashMap<>();
        Map<DataSettings, DataSplit> data = new HashMap<>();
        for (PaperFigure figure : PaperFigure.values()) {
            if (only.contains(figure.label())) {
                PaperFigureRun run = checked(figure, settings, given, data);
                parts.putAll(run.settings());
                figures.put(
                        figure.label(), folder -> run.write(folder, data, resume.openWithin(folder, run.settings())));
            }
        }
        if (only.contains(THEORY)) {
            Optional<Path> mnist = data.keySet().stream()
                    .filter(one -> one.kind() == DataSettings.Kind.IDX)
                    .findFirst()
                    .flatMap(DataSettings::path);
            Figure5Run run = new Figure5Run(Figure5Settings.of(mnist), common);
            refuseResults(THEORY, Figure5Run.PAGE);
            figures.put(THEORY, run::write);
        }
        return figures;
    }

    private PaperFigureRun checked(
            PaperFigure figure, FigureSettings settings, Settings given, Map<DataSettings, DataSplit> data)
            throws IOException {
        try {
            PaperFigureRun run = new PaperFigureRun(figure, settings, given, common);
            run.check(data);
            resume.check(folder(figure.label()), run.settings());
            refuseResults(figure.label(), run.files(folder(figure.label())));
            return run;
        } catch (SettingsException e) {
            throw new InvalidUsageException("figure " + figure.label() + ": " + e.getMessage(), e);
        }
    }

    /** Those of an interrupted run are its own. */
    private void refuseResults(String label, String... files) throws IOException {
        if (!UnfinishedRun.isIn(out)) {
            resume.refuseResults(folder(label), files);
        }
    }

    /** Makes a figure that is not finished yet. A figure that fails does not keep the others from being made. */
    private int make(String label, Figure figure, UnfinishedRun finished, Map<String, Double> seconds)
            throws IOException {
        Optional<Double> before = finished.get(label, new TypeReference<Double>() {});
        if (before.isEmpty()) {
            common.print("Figure " + label);
            long start = System.nanoTime();
            try {
                figure.make(folder(label));
            } catch (IOException | RuntimeException e) {
                return Failure.tell(e, common.messages(), common.verbose());
            }
            before = Optional.of((System.nanoTime() - start) / 1e9);
            finished.put(label, before.get());
        }
        seconds.put(label, before.get());
        return 0;
    }

    private Path folder(String label) {
        return out.resolve("figure-" + label);
    }
}
