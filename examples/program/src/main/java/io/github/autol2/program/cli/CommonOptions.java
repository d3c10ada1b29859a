package io.github.autol2.program.cli;

import io.github.autol2.config.Settings;
import io.github.autol2.program.training.TrainingRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine.Option;

/** The options that the commands share. */
public final class CommonOptions {

    private static final String LOGGER = "io.github.autol2";

    @Option(names = "--config", paramLabel = "FILE", description = "Settings: a .properties, .yaml or .xml file.")
    private Path config;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Overrides a key of the settings; repeatable.")
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--verbose", description = "Log every division of lambda; show the stack trace of an error.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    public Settings settings() {
        return settings(List.of());
    }

    /**
     * @param more key=value, as with {@code --set}
     */
    public Settings settings(List<String> more) {
        List<String> all = new ArrayList<>(overrides);
        all.addAll(more);
        return Settings.load(Optional.ofNullable(config), all);
    }

    /** As another command takes them. */
    public List<String> asArguments() {
        List<String> arguments = new ArrayList<>();
        if (config != null) {
            arguments.addAll(List.of("--config", config.toString()));
        }
        overrides.forEach(override -> arguments.addAll(List.of("--set", override)));
        if (verbose) {
            arguments.add("--verbose");
        }
        return arguments;
    }

    public boolean hasSettings() {
        return config != null || !overrides.isEmpty();
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
