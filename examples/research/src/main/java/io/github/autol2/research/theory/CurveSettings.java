package io.github.autol2.research.theory;

import io.github.autol2.config.Format;
import io.github.autol2.config.Range;
import io.github.autol2.config.SettingsReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The keys {@code curve.*}: one mode or a spectrum over time.
 *
 * @param degrees  of homogeneity, finite
 * @param lambdas  finite
 * @param gamma    the eigenvalue of a single mode; present unless there is a spectrum
 * @param f0       its initial output
 * @param y        its label
 * @param spectrum CSV file with several modes
 * @param from     first flow time after 0
 * @param until    last flow time
 * @param points   number of times
 */
public record CurveSettings(
        List<Double> degrees,
        List<Double> lambdas,
        Optional<Double> gamma,
        Optional<Double> f0,
        Optional<Double> y,
        Optional<Path> spectrum,
        double from,
        double until,
        int points) {

    public CurveSettings {
        degrees = List.copyOf(degrees);
        lambdas = List.copyOf(lambdas);
    }

    /** Reads all keys. What they must be for a curve is the curve's to say. */
    public static CurveSettings read(SettingsReader reader) {
        Format<Double> number = Format.number(Range.finite());
        CurveSettings curve = new CurveSettings(
                reader.value("curve.k", List.of(2.0), Format.numbers(Range.finite()), "degrees of homogeneity"),
                reader.value("curve.lambda", List.of(0.01), Format.numbers(Range.finite()), "coefficients"),
                reader.optional("curve.gamma", "none", number, "the eigenvalue of a single mode"),
                reader.optional("curve.f0", "0", number, "the initial output of a single mode"),
                reader.optional("curve.y", "1", number, "the label of a single mode"),
                reader.optional("curve.spectrum", "none", Format.path(), "CSV file with the columns gamma,f0,y"),
                reader.value("curve.from", 0.01, number, "first flow time after 0"),
                reader.value("curve.until", 1000.0, number, "last flow time"),
                reader.value("curve.points", 200, Format.integer(Range.finite()), "number of times"));
        reader.finish();
        return curve;
    }
}
