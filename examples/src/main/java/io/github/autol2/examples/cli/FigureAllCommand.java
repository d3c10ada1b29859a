package io.github.autol2.examples.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.autol2.examples.config.DataSettings;
import io.github.autol2.examples.data.DataSplit;
import io.github.autol2.examples.figure.PaperFigure;
import io.github.autol2.examples.figure.PaperFigure.Part;
import io.github.autol2.examples.figure.PaperFigure.Scale;
import io.github.autol2.examples.results.UnfinishedRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code autol2 figure all}: runs the command of every figure of the paper, one after the other. */
@Command(name = "all", description = "Every figure of the paper, each in a folder of its own.")
final class FigureAllCommand implements Callable<Integer> {

    private static final String THEORY = "5";

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ResumeOptions resume;

    @Option(names = "--scale", defaultValue = "small",
            description = "Of all figures but 5, which has one scale only; default: ${DEFAULT-VALUE}.")
    private Scale scale;

    @Option(names = "--threads", paramLabel = "N", description = "Trainings at a time; default: one for each core.")
    private Optional<Integer> threads = Optional.empty();

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "out/figures",
            description = "For one folder for each figure; default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        if (threads.filter(number -> number < 1).isPresent()) {
            throw new InvalidUsageException("--threads must be >= 1, got " + threads.get());
        }
        OutputFolder.check(out);
        Map<String, String> settings = new LinkedHashMap<>();
        List<String> theory = check(settings);
        resume.check(out, settings);
        UnfinishedRun finished = resume.open(out, settings, spec.commandLine().getErr());
        int worst = 0;
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (PaperFigure figure : PaperFigure.values()) {
            worst = Math.max(worst, make(figure.label(), arguments(figure), finished, seconds));
        }
        worst = Math.max(worst, make(THEORY, theory, finished, seconds));
        PrintWriter output = spec.commandLine().getOut();
        seconds.forEach((label, time) -> output.printf(Locale.ROOT, "Figure %s: %.0f s.%n", label, time));
        output.flush();
        if (worst == 0) {
            finished.remove();
        }
        return worst;
    }

    /** Makes a figure that is not finished yet. A figure that fails does not keep the others from being made. */
    private int make(String label, List<String> arguments, UnfinishedRun finished, Map<String, Double> seconds) throws IOException {
        Optional<Double> before = finished.get(label, new TypeReference<Double>() { });
        if (before.isEmpty()) {
            spec.commandLine().getOut().println("Figure " + label);
            spec.commandLine().getOut().flush();
            List<String> all = new ArrayList<>(arguments);
            all.addAll(List.of("--out", folder(label).toString()));
            if (quiet) {
                all.add("--quiet");
            }
            long start = System.nanoTime();
            int code = spec.parent().commandLine().getSubcommands().get(label).execute(all.toArray(String[]::new));
            if (code != 0) {
                return code;
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

    /**
     * Looks for all that can be wrong, before the first training.
     *
     * @param settings takes every setting of every figure
     * @return the arguments of Figure 5: its data are MNIST's if the others' are
     */
    private List<String> check(Map<String, String> settings) {
        Map<DataSettings, DataSplit> data = new HashMap<>();
        for (PaperFigure figure : PaperFigure.values()) {
            List<Part> parts = figure.parts(figure.partNames(), scale, common.settings());
            PaperFigureCommand.check(figure, parts, data, common);
            PaperFigureCommand.put(parts, settings);
        }
        return data.keySet().stream().filter(one -> one.kind() == DataSettings.Kind.IDX).findFirst()
                .map(one -> List.of("--data", one.path().orElseThrow().toString())).orElse(List.of());
    }

    private List<String> arguments(PaperFigure figure) {
        List<String> arguments = new ArrayList<>(List.of("--scale", scale.name()));
        arguments.addAll(common.asArguments());
        threads.ifPresent(number -> arguments.addAll(List.of("--threads", number.toString())));
        if (UnfinishedRun.isIn(folder(figure.label()))) {
            arguments.addAll(resume.asArguments());
        }
        return arguments;
    }
}
