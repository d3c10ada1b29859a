package io.github.autol2.program.data;

import java.util.Arrays;

/**
 * Gives a column mean 0 and variance 1 over the rows it was fitted to; a column that is constant in them becomes 0
 * everywhere.
 *
 * <p>Not ND4J's {@code NormalizerStandardize}: that one leaves columns with a deviation below 1e-5 as they are, and works in
 * single precision, which loses columns with a large offset such as time stamps.
 *
 * @param mean      in the column's own unit
 * @param deviation the same; 0 for a column that is constant
 */
record Standardizer(double mean, double deviation) {

    /** Fits to a column, at least one value. */
    static Standardizer of(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow();
        // Compared and not computed: rounding of the mean can leave a constant column a tiny variance.
        boolean constant = Arrays.stream(values).allMatch(value -> value == values[0]);
        return new Standardizer(mean, constant ? 0 : Math.sqrt(variance));
    }

    float apply(double value) {
        return deviation == 0 ? 0 : (float) ((value - mean) / deviation);
    }
}
