package io.github.autol2.program.results;

import java.util.List;
import java.util.Locale;
import org.hipparchus.stat.descriptive.StreamingStatistics;

/**
 * A mean with its standard error.
 *
 * @param standardError NaN for a single value
 */
public record Pooled(double mean, double standardError) {

    public static Pooled of(List<Double> values) {
        StreamingStatistics summary = new StreamingStatistics();
        values.forEach(summary::addValue);
        return new Pooled(
                summary.getMean(),
                values.size() < 2 ? Double.NaN : summary.getStandardDeviation() / Math.sqrt(values.size()));
    }

    /** Returns mean and standard error in percent of 1. */
    public Pooled percent() {
        return new Pooled(100 * mean, 100 * standardError);
    }

    /** With two decimals; without the standard error where there is none. */
    @Override
    public String toString() {
        return text("%.2f");
    }

    /** The same with the mean's sign. */
    public String signed() {
        return text("%+.2f");
    }

    private String text(String format) {
        return String.format(Locale.ROOT, format, mean)
                + (Double.isNaN(standardError) ? "" : String.format(Locale.ROOT, " ± %.2f", standardError));
    }
}
