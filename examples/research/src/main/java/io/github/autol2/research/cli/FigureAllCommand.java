package io.github.autol2.research.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.autol2.config.SettingsException;
import io.github.autol2.program.cli.InvalidUsageException;
import io.github.autol2.program.config.DataSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.training.Threads;
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
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
    private SweepOptions options;

    @Option(
            names = "--scale",
            defaultValue = "small",
            description = "Of all figures but 5, which has one scale only; default: ${DEFAULT-VALUE}.")
    private Scale scale;

    @Option(names = "--figures", split = ",", paramLabel = "N", description = "Only these; default: 1a,1b,1c,2,3,5.")
    private List<String> only = labels();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/figures",
            description = "For one folder for each figure; default: ${DEFAULT-VALUE}.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        options.check();
        if (only.isEmpty() || !labels().containsAll(only)) {
            throw new InvalidUsageException("--figures must be among " + labels() + ", got " + only);
        }
        if (only.equals(List.of(THEORY)) && options.common().hasSettings()) {
            throw new InvalidUsageException(
                    "--config and --set are for the other figures: for Figure 5 alone use figure 5 --data");
        }
        Threads.useOneUnlessTheUserSaysOtherwise();
        Map<String, String> settings = new LinkedHashMap<>();
        Map<String, List<String>> commands = check(settings);
        UnfinishedRun finished = options.run().open(out, settings);
        int worst = 0;
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> command : commands.entrySet()) {
            worst = Math.max(worst, make(command.getKey(), command.getValue(), finished, seconds));
        }
        PrintWriter output = spec.commandLine().getOut();
        seconds.forEach((label, time) -> output.printf(Locale.ROOT, "Figure %s: %.0f s.%n", label, time));
        output.flush();
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
     * Looks for all that can be wrong, before the first training.
     *
     * @param settings takes every setting of every figure
     * @return the arguments of each figure's command; the data of Figure 5 are MNIST's if the others' are
     */
    private Map<String, List<String>> check(Map<String, String> settings) throws IOException {
        settings.put("--figures", String.join(",", only));
        Map<String, List<String>> commands = new LinkedHashMap<>();
        Map<DataSettings, DataSplit> data = new HashMap<>();
        for (PaperFigure figure : PaperFigure.values()) {
            if (only.contains(figure.label())) {
                settings.putAll(check(figure, data));
                List<String> arguments = options.asArguments(UnfinishedRun.isIn(folder(figure.label())));
                arguments.addAll(List.of("--scale", scale.name()));
                commands.put(figure.label(), arguments);
            }
        }
        if (only.contains(THEORY)) {
            List<String> arguments = new ArrayList<>(options.run().quietAsArguments());
            data.keySet().stream()
                    .filter(one -> one.kind() == DataSettings.Kind.IDX)
                    .findFirst()
                    .ifPresent(one -> arguments.addAll(
                            List.of("--data", one.path().orElseThrow().toString())));
            commands.put(THEORY, arguments);
        }
        return commands;
    }

    /**
     * The same for one figure.
     *
     * @return its settings
     */
    private Map<String, String> check(PaperFigure figure, Map<DataSettings, DataSplit> data) throws IOException {
        try {
            List<Part> parts =
                    figure.parts(figure.partNames(), scale, options.common().settings());
            PaperFigureCommand.check(figure, parts, data, options.common());
            Map<String, String> settings = PaperFigureCommand.settings(figure, parts);
            options.run().check(folder(figure.label()), settings);
            return settings;
        } catch (SettingsException e) {
            throw new InvalidUsageException("figure " + figure.label() + ": " + e.getMessage(), e);
        }
    }

    /** Makes a figure that is not finished yet. A figure that fails does not keep the others from being made. */
    private int make(String label, List<String> arguments, UnfinishedRun finished, Map<String, Double> seconds)
            throws IOException {
        Optional<Double> before = finished.get(label, new TypeReference<Double>() {});
        if (before.isEmpty()) {
            spec.commandLine().getOut().println("Figure " + label);
            spec.commandLine().getOut().flush();
            List<String> all = new ArrayList<>(arguments);
            all.addAll(List.of("--out", folder(label).toString()));
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
}
