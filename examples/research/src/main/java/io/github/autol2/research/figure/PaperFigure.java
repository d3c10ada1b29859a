package io.github.autol2.research.figure;

import io.github.autol2.config.Settings;
import io.github.autol2.config.SettingsReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/** The figures of arXiv:2006.08643 that are made by training. */
public enum PaperFigure {

    /** Accuracy against lambda for two kinds of budget. */
    BUDGETS(
            "1a",
            "Accuracy against lambda for two kinds of budget",
            "With a fixed number of epochs there is one best lambda; with a number in proportion to 1/lambda the accuracy stays as high "
                    + "down to the smallest lambda (section 1, Figure 1a).",
            List.of("1a"),
            (name, reader) -> BudgetExperiment.read(reader)),

    /** The predictor: Figure 1b with Figure 4. */
    PREDICTION(
            "1b",
            "Predicted and tuned lambda (Figures 1b and 4)",
            "lambda = c/T, with c measured once in a short run, is close to the tuned lambda for every budget T, and as accurate "
                    + "(section 3.1, Figures 1b and 4).",
            List.of("1b"),
            (name, reader) -> PredictionExperiment.read(reader)),

    /** AutoL2 beside the tuned constant. */
    RULE(
            "1c",
            "AutoL2 and the tuned constant",
            "AutoL2 is at least as accurate as the tuned constant lambda and gets there in fewer steps (section 3.2, Figure 1c).",
            List.of("1c"),
            (name, reader) -> RuleExperiment.read(reader)),

    /** The law in a fully connected network and a Wide ResNet. */
    SWEEP_FC_WRN(
            "2",
            "Learning rate and lambda: fully connected network and Wide ResNet",
            "The best accuracy is reached after t* ~ 1/(eta lambda) steps (section 2, Figure 2).",
            List.of("2-fc", "2-wrn"),
            EtaLambdaExperiment::read),

    /** The law in a convolutional network. */
    SWEEP_CNN(
            "3",
            "Learning rate and lambda: convolutional network without and with batch normalisation",
            "The best accuracy is reached after t* ~ 1/(eta lambda) steps, with and without batch normalisation (section 2, Figure 3).",
            List.of("3-cnn", "3-cnn-bn"),
            EtaLambdaExperiment::read);

    private static final String FOLDER = "/figure/";

    private final String label;
    private final String title;
    private final String claim;
    private final List<String> parts;
    private final BiFunction<String, SettingsReader, Experiment> read;

    /** How large the experiments are. */
    public enum Scale {
        /** A few minutes on two cores. */
        SMALL,
        /** As in the paper: for a machine with a GPU. */
        PAPER
    }

    PaperFigure(
            String label,
            String title,
            String claim,
            List<String> parts,
            BiFunction<String, SettingsReader, Experiment> read) {
        this.label = label;
        this.title = title;
        this.claim = claim;
        this.parts = parts;
        this.read = read;
    }

    /** In commands and file names. */
    public String label() {
        return label;
    }

    /** Other names of its command: the figures that come with it. */
    public List<String> aliases() {
        return this == PREDICTION ? List.of("4") : List.of();
    }

    /** For a page. */
    public String title() {
        return title;
    }

    /** What the paper says, and where. */
    public String claim() {
        return claim;
    }

    /**
     * One experiment.
     *
     * @param name     for example {@code 2-wrn}; its settings are in {@code 2-wrn-small.properties} and {@code 2-wrn-paper.properties}
     * @param settings every key with its effective value
     */
    public record Part(String name, Experiment experiment, Map<String, String> settings) {}

    /** The names of its experiments, one for each network. */
    public List<String> partNames() {
        return parts;
    }

    /**
     * Experiments of the figure.
     *
     * @param names of {@link #partNames}
     * @param scale of the settings that are not given
     * @param given for all of them
     * @throws io.github.autol2.config.SettingsException if there is any problem
     */
    public List<Part> parts(List<String> names, Scale scale, Settings given) {
        return names.stream()
                .map(part -> {
                    SettingsReader reader = new SettingsReader(
                            given.over(preset(part + "-" + scale.name().toLowerCase(Locale.ROOT))));
                    Experiment experiment = read.apply(part, reader);
                    return new Part(part, experiment, new LinkedHashMap<>(reader.effective()));
                })
                .toList();
    }

    /** The settings of a properties file of the program. */
    private static Settings preset(String part) {
        String name = part + ".properties";
        try (InputStream file = PaperFigure.class.getResourceAsStream(FOLDER + name);
                BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return Settings.preset(
                    name,
                    reader.lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
