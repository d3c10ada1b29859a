package io.github.autol2.research.theory;

import io.github.autol2.config.Format;
import io.github.autol2.config.Range;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.config.Seeds;
import io.github.autol2.program.config.TrainSettings;
import java.util.List;

/**
 * The keys {@code invariance.*} and {@code seeds}: a normalised network with L2 beside one with a growing learning rate.
 *
 * @param etas     learning rates, greater than 0
 * @param lambda   at least 0, below 1/eta for each eta
 * @param until    flow time (eta times updates), at least one step of each eta
 * @param epsilons of the batch normalisation, in (0, 1)
 * @param samples  training examples, at least 2
 * @param width    units of the hidden layer, at least 1
 * @param seeds    one pair of networks for each
 */
public record InvarianceSettings(
        List<Double> etas,
        double lambda,
        double until,
        List<Double> epsilons,
        int samples,
        int width,
        List<Long> seeds) {

    private static final Range POSITIVE = Range.above(0);
    private static final Range EPSILON = new Range("in (0, 1)", value -> value > 0 && value < 1);

    public InvarianceSettings {
        etas = List.copyOf(etas);
        epsilons = List.copyOf(epsilons);
        seeds = List.copyOf(seeds);
    }

    /**
     * Reads all keys.
     *
     * @throws io.github.autol2.config.SettingsException if there is any problem
     */
    public static InvarianceSettings read(SettingsReader reader) {
        InvarianceSettings settings = new InvarianceSettings(
                reader.value("invariance.eta", List.of(0.1, 0.05), Format.numbers(POSITIVE), "learning rates"),
                reader.value("invariance.lambda", 0.01, Format.number(Range.atLeast(0)), "lambda"),
                reader.value("invariance.until", 50.0, Format.number(POSITIVE), "flow time: eta times updates"),
                reader.value(
                        "invariance.epsilon",
                        List.of(1e-5, 1e-12),
                        Format.numbers(EPSILON),
                        "epsilon of the batch normalisation"),
                reader.value("invariance.samples", 64, Format.integer(Range.atLeast(2)), "training examples"),
                reader.value("invariance.width", 32, Format.integer(Range.atLeast(1)), "units of the hidden layer"),
                Seeds.read(reader, List.of(1L)));
        for (double eta : settings.etas) {
            TrainSettings.requireLearningRate(reader, "invariance.eta", eta);
            reader.require(
                    eta * settings.lambda < 1,
                    "invariance.lambda",
                    "must be below 1/eta for eta " + eta,
                    "invariance.eta");
            reader.require(
                    settings.until >= eta && settings.until / eta < Integer.MAX_VALUE,
                    "invariance.until",
                    "must be at least one step and less than 2^31 steps of eta " + eta,
                    "invariance.eta");
        }
        reader.finish();
        return settings;
    }
}
