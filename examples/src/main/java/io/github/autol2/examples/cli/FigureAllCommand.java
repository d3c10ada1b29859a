package io.github.autol2.examples.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.autol2.examples.config.DataSettings;
import io.github.autol2.examples.figure.PaperFigure;
import io.github.autol2.examples.figure.PaperFigure.Scale;
import io.github.autol2.examples.results.UnfinishedRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** {@code autol2 figure all}: the command of every figure of the paper, one after the other. */
@Command(name = "all", description = "Every figure of the paper, each in a folder of its own.")
final class FigureAllCommand implements Callable<Integer> {

    private static final String THEORY = "5";

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ResumeOptions resume;

    @Option(names = "--scale", defaultValue = "small", description = "Of all figures but 5, which has one scale only; default: ${DEFAULT-VALUE}.")
    private Scale scale;

    @Option(names = "--threads", paramLabel = "N", description = "Trainings at a time; default: one for each core.")
    private Optional<Integer> threads = Optional.empty();

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "out/figures", description = "For one folder for each figure; default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        Map<String, List<String>> commands = commands();
        OutputFolder.check(out);
        Map<String, String> settings = new LinkedHashMap<>();
        commands.forEach((label, arguments) -> settings.put("figure " + label, String.join(" ", arguments)));
        resume.check(out, settings);
        UnfinishedRun finished = resume.open(out, settings, spec.commandLine().getErr());
        PrintWriter output = spec.commandLine().getOut();
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> command : commands.entrySet()) {
            Optional<Double> before = finished.get(command.getKey(), new TypeReference<Double>() { });
            if (before.isEmpty()) {
                output.println("Figure " + command.getKey());
                output.flush();
                long start = System.nanoTime();
                int code = spec.parent().commandLine().getSubcommands().get(command.getKey()).execute(arguments(command));
                if (code != 0) {
                    return code;
                }
                before = Optional.of((System.nanoTime() - start) / 1e9);
                finished.put(command.getKey(), before.get());
            }
            seconds.put(command.getKey(), before.get());
        }
        finished.remove();
        seconds.forEach((label, time) -> output.printf(Locale.ROOT, "Figure %s: %.0f s.%n", label, time));
        output.flush();
        return 0;
    }

    /** The arguments of each figure that its results depend on. All that is wrong with the settings shows here, before the first training. */
    private Map<String, List<String>> commands() {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        DataSettings data = null;
        for (PaperFigure figure : PaperFigure.values()) {
            data = figure.parts(figure.partNames(), scale, common.settings()).get(0).experiment().settings().data();
            List<String> arguments = new ArrayList<>(List.of("--scale", scale.name()));
            arguments.addAll(common.settingsAsArguments());
            commands.put(figure.label(), arguments);
        }
        commands.put(THEORY, data.kind() == DataSettings.Kind.IDX ? List.of("--data", data.path().orElseThrow().toString()) : List.of());
        return commands;
    }

    /** With those that do not matter for the results. */
    private String[] arguments(Map.Entry<String, List<String>> command) {
        List<String> all = new ArrayList<>(command.getValue());
        all.addAll(List.of("--out", out.resolve("figure-" + command.getKey()).toString()));
        if (quiet) {
            all.add("--quiet");
        }
        if (!command.getKey().equals(THEORY)) {
            all.addAll(resume.asArguments());
            threads.ifPresent(number -> all.addAll(List.of("--threads", number.toString())));
        }
        return all.toArray(String[]::new);
    }
}
