package io.github.autol2.examples.adaptive;

import java.util.List;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * A mean with its standard error.
 *
 * @param standardError NaN for a single value
 */
record Pooled(double mean, double standardError) {

    static Pooled of(List<Double> values) {
        SummaryStatistics summary = new SummaryStatistics();
        values.forEach(summary::addValue);
        return new Pooled(summary.getMean(),
                values.size() < 2 ? Double.NaN : summary.getStandardDeviation() / Math.sqrt(values.size()));
    }
}
