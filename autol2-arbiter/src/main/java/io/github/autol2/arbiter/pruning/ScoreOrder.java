package io.github.autol2.arbiter.pruning;

import java.util.Comparator;

/** Which of two scores is better; NaN is worse than any number. */
final class ScoreOrder {

    private ScoreOrder() {}

    /** The best first. */
    static Comparator<Double> bestFirst(boolean minimizeScore) {
        // Double.compare takes NaN for the largest of all, and -0.0 for less than 0.0.
        return (one, other) -> one.isNaN() || other.isNaN() || minimizeScore
                ? Double.compare(one + 0.0, other + 0.0)
                : Double.compare(other + 0.0, one + 0.0);
    }
}
