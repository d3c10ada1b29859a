package io.github.autol2.prediction;

import io.github.autol2.numbers.Check;
import java.util.ArrayList;
import java.util.List;

/**
 * Where to look for lambda around a prediction: the race's interval; without a race that of c/T, which holds lambda with a probability of
 * 90 %, without what was seen to do harm. On a logarithmic scale.
 *
 * @param low    greater than 0, at most lambda
 * @param lambda the prediction
 * @param high   at least lambda, equal to it if the prediction is capped
 */
public record LambdaRange(double low, double lambda, double high) {

    /** Checks the ranges. */
    public LambdaRange {
        Check.positive("low", low);
        Check.positive("high", high);
        if (!(low <= lambda && lambda <= high)) {
            throw new IllegalArgumentException(
                    "lambda must be between low and high, got " + low + ", " + lambda + ", " + high);
        }
    }

    /**
     * {@return values to try beside the prediction: in turn below and above it, evenly spaced on a logarithmic scale between it and the
     * two ends, without these} All are below it if nothing is above.
     *
     * @param count at least 0
     */
    public List<Double> neighbours(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count must be at least 0, got " + count);
        }
        int above = high > lambda ? count / 2 : 0;
        int below = low < lambda ? count - above : 0;
        List<Double> neighbours = new ArrayList<>();
        for (int i = 1; i <= Math.max(below, above); i++) {
            if (i <= below) {
                neighbours.add(lambda * Math.pow(low / lambda, i / (below + 1.0)));
            }
            if (i <= above) {
                neighbours.add(lambda * Math.pow(high / lambda, i / (above + 1.0)));
            }
        }
        return neighbours;
    }
}
