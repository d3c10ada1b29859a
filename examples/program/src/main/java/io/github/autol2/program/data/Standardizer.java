package io.github.autol2.program.data;

import java.util.List;

/**
 * Gives every column mean 0 and variance 1 over the rows it was fitted to; a column that is constant in them becomes 0
 * everywhere.
 *
 * <p>Not ND4J's {@code NormalizerStandardize}: that one leaves columns with a deviation below 1e-5 as they are, and works in
 * single precision, which loses columns with a large offset such as time stamps.
 */
final class Standardizer {

    private final double[] mean;
    private final double[] deviation;

    /** Fits to rows of equal length, at least one. */
    Standardizer(List<double[]> rows) {
        mean = new double[rows.get(0).length];
        deviation = new double[mean.length];
        for (int column = 0; column < mean.length; column++) {
            int c = column;
            double center = rows.stream().mapToDouble(row -> row[c]).average().orElseThrow();
            double variance = rows.stream()
                    .mapToDouble(row -> (row[c] - center) * (row[c] - center))
                    .average()
                    .orElseThrow();
            // Compared and not computed: rounding of the mean can leave a constant column a tiny variance.
            boolean constant = rows.stream().allMatch(row -> row[c] == rows.get(0)[c]);
            mean[c] = center;
            deviation[c] = constant ? 0 : Math.sqrt(variance);
        }
    }

    double mean(int column) {
        return mean[column];
    }

    /** 0 for a column that is constant in the rows. */
    double deviation(int column) {
        return deviation[column];
    }

    /** Writes the standardised row into {@code target}, from {@code offset} on. */
    void apply(double[] row, float[] target, int offset) {
        for (int c = 0; c < row.length; c++) {
            target[offset + c] = deviation[c] == 0 ? 0 : (float) ((row[c] - mean[c]) / deviation[c]);
        }
    }
}
