package io.github.autol2.program.cli;

import io.github.autol2.config.Settings;
import io.github.autol2.program.training.TrainingRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that all commands share, and what the commands do with them. */
public final class CommonOptions {

    private static final String LOGGER = "io.github.autol2";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "This .properties, .yaml or .xml file holds the settings.")
    private Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "This sets a key and wins over the file; it may be repeated.")
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--quiet", description = "This leaves the progress out; results and errors are still printed.")
    private boolean quiet;

    @Option(
            names = "--verbose",
            description = "This logs every division of lambda and shows the stack trace of an error.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This shows the help and exits.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    private final Map<String, Shorthand> shorthands = new LinkedHashMap<>();

    /** An option that stands for a key. */
    private record Shorthand(String option, String assignment) {}

    /**
     * Takes an option that stands for a key.
     *
     * @param value as in the settings, or null if the option is not given
     */
    public void set(String option, String key, Object value) {
        if (value == null) {
            shorthands.remove(key);
        } else {
            shorthands.put(key, new Shorthand(option, key + "=" + value));
        }
    }

    /** The settings of the file, of {@code --set}, and of the options that stand for a key. */
    public Settings settings() {
        Map<String, String> options = new LinkedHashMap<>();
        shorthands.values().forEach(shorthand -> options.put(shorthand.assignment, shorthand.option));
        return Settings.load(Optional.ofNullable(config), overrides, options);
    }

    /** What {@code --set} gave, {@code key=value}. */
    public List<String> overrides() {
        return List.copyOf(overrides);
    }

    /** Whether there is a file or a {@code --set}. */
    public boolean hasSettings() {
        return config != null || !overrides.isEmpty();
    }

    public boolean quiet() {
        return quiet;
    }

    public boolean verbose() {
        return verbose;
    }

    /** Shows how far a task is, unless the user wants none of that. */
    public ProgressDisplay progress(String task, long steps) {
        return ProgressDisplay.of(task, steps, quiet, messages());
    }

    /** For results: standard output. */
    public PrintWriter output() {
        return spec.commandLine().getOut();
    }

    /** For all else that is told: standard error. */
    public PrintWriter messages() {
        return spec.commandLine().getErr();
    }

    /** Tells something on the way, unless the user wants none of that. */
    void tell(Iterable<String> lines) {
        if (!quiet) {
            lines.forEach(messages()::println);
            messages().flush();
        }
    }

    /** Prints lines of a result. */
    public void print(Iterable<String> lines) {
        lines.forEach(output()::println);
        output().flush();
    }

    /** Prints a line of a result. */
    public void print(String line) {
        print(List.of(line));
    }

    /** Tries a model out in silence, because the run itself will log the same; then the log is as loud as asked. */
    public void tryOut(TrainingRun run) {
        Configurator.setLevel(LOGGER, Level.OFF);
        try {
            run.tryOut();
        } finally {
            setLogLevel(LOGGER, Level.WARN);
        }
    }

    /** As loud as this, or louder if the user has asked for it. */
    public void setLogLevel(String logger, Level usual) {
        Configurator.setLevel(logger, verbose ? Level.INFO : usual);
    }
}
