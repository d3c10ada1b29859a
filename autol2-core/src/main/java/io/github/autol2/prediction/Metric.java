package io.github.autol2.prediction;

import io.github.autol2.numbers.CountingError;

/** What calibration runs are judged by: higher is better, in [0, 1]. */
public enum Metric {

    /** The fraction of the examples that is classified rightly. */
    ACCURACY("accuracy", "wrong labels"),

    /** In a regression: 1 - (mean squared error) / (variance of the targets), at least 0. */
    R2("explained variance R2", "noise in the targets");

    private final String label;
    private final String disturbance;

    Metric(String label, String disturbance) {
        this.label = label;
        this.disturbance = disturbance;
    }

    /** {@return its name within a sentence} */
    public String label() {
        return label;
    }

    /** {@return what in the data can keep a network from fitting them} */
    public String disturbance() {
        return disturbance;
    }

    /**
     * {@return its standard error} Of an accuracy it is that of a count. Of R2 it is {@code 2 sqrt(R2) (1 - R2) / sqrt(n)}, the first order in
     * 1/n for errors that are normal and do not depend on what is predicted; errors with heavy tails make it larger.
     *
     * @param value    in [0, 1]
     * @param examples independent of each other, at least 1
     */
    double standardError(double value, int examples) {
        return switch (this) {
            case ACCURACY -> CountingError.of(value, examples);
            case R2 -> 2 * Math.sqrt(value / examples) * (1 - value);
        };
    }
}
