package io.github.autol2.prediction;

/** What calibration runs are judged by: higher is better, in [0, 1]. */
public enum Figure {

    /** The fraction of the examples that is classified rightly. */
    ACCURACY("accuracy", "wrong labels"),

    /** In a regression: 1 - (mean squared error) / (variance of the targets), at least 0. */
    R2("explained variance R2", "noise in the targets");

    private final String label;
    private final String disturbance;

    Figure(String label, String disturbance) {
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
}
