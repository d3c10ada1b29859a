package io.github.autol2.research.law;

import io.github.autol2.config.Format;
import io.github.autol2.config.Range;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.config.TrainSettings;
import java.util.List;

/**
 * The keys {@code law.*}.
 *
 * @param lambdas coefficients to train with, greater than 0, at least two different ones
 * @param etas    learning rates to train with, greater than 0, at least two different ones
 */
public record LawSettings(List<Double> lambdas, List<Double> etas) {

    private static final Range POSITIVE = Range.above(0);

    public LawSettings {
        lambdas = List.copyOf(lambdas);
        etas = List.copyOf(etas);
        lambdas.forEach(lambda -> POSITIVE.check("law.lambdas", lambda));
        etas.forEach(eta -> POSITIVE.check("law.etas", eta));
    }

    /** Reads the keys. */
    public static LawSettings read(SettingsReader reader) {
        LawSettings law = new LawSettings(
                reader.value(
                        "law.lambdas",
                        List.of(0.1, 0.03, 0.01, 0.003, 0.001),
                        Format.numbers(POSITIVE),
                        "values of lambda that law trains with"),
                reader.value(
                        "law.etas",
                        List.of(0.02, 0.05, 0.1),
                        Format.numbers(POSITIVE),
                        "learning rates that law trains with"));
        reader.require(law.lambdas.size() > 1, "law.lambdas", "must be at least two numbers");
        law.etas.forEach(eta -> TrainSettings.requireLearningRate(reader, "law.etas", eta));
        reader.require(law.etas.size() > 1, "law.etas", "must be at least two numbers");
        return law;
    }
}
