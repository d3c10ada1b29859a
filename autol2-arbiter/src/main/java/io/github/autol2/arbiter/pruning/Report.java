package io.github.autol2.arbiter.pruning;

import java.io.Serializable;

/**
 * A validation score of a candidate that is training.
 *
 * @param candidate its index, from 0
 * @param iteration parameter updates of its training at which it was due, at least 1; those of its calibration do not count
 * @param score     by the score function of the search; NaN is worse than any number
 */
public record Report(int candidate, long iteration, double score) implements Serializable {

    /** Checks the range. */
    public Report {
        if (iteration < 1) {
            throw new IllegalArgumentException("iteration must be at least 1, got " + iteration);
        }
    }
}
