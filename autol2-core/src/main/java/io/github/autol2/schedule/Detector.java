package io.github.autol2.schedule;

import java.io.Serializable;

/** What counts as the sign that lambda has done its work at its present value. */
public sealed interface Detector extends Serializable {

    /** The published sign: the loss, or the training error, was not below its minimum at two measurements in a row. */
    record NotBelowMinimum() implements Detector {}

    /**
     * Page's test (E. S. Page, Biometrika 41, 1954) on window means: the loss stands above its minimum since the last division by
     * more than {@code standardErrors} times the standard error of the difference. Each window brings its own variance, so the
     * loss's scale does not matter. Three more signs need no rise: see {@link Decision.Cause}.
     *
     * @param standardErrors finite and greater than 0
     * @param patience       the longest time at one lambda, in units of tau, finite and greater than 0
     */
    record SignificantRise(double standardErrors, double patience) implements Detector {
        public SignificantRise {
            Check.positive("standardErrors", standardErrors);
            Check.positive("patience", patience);
        }
    }
}
