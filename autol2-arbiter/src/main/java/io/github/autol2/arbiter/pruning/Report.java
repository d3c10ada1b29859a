package io.github.autol2.arbiter.pruning;

import java.io.Serializable;

/**
 * A validation score of a candidate that is training, or the accuracy that the calibration of its lambda has shown before.
 *
 * @param candidate its index, from 0
 * @param iteration parameter updates of its training at which it was due, at least 1; those of its calibration do not count.
 *                  {@link #CALIBRATION} for what that has shown
 * @param score     by the score function of the search, and of a calibration its validation accuracy, or in a regression its R2; NaN is worse
 *                  than any number
 */
public record Report(int candidate, long iteration, double score) implements Serializable {

    /** The iteration of a report that comes before the training. */
    public static final long CALIBRATION = 0;

    /** Checks the range. */
    public Report {
        if (iteration < 0) {
            throw new IllegalArgumentException("iteration must be at least 0, got " + iteration);
        }
    }

    /** {@return whether it comes from the calibration, before the training} */
    public boolean fromCalibration() {
        return iteration == CALIBRATION;
    }
}
