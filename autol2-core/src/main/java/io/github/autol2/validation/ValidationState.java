package io.github.autol2.validation;

import java.util.List;
import java.util.Optional;

/**
 * The rule's memory between two evaluations: immutable, and all there is.
 *
 * @param lambda    the coefficient, finite and greater than 0
 * @param floor     lambda is never divided below it, finite, at least 0
 * @param ceiling   lambda was harmful there: it is never raised to it; infinite where none was
 * @param changedAt the iteration of the last change of lambda or of the network, or of the start
 * @param risenAt   the iteration at which performance last rose, or of the start: a higher accuracy; for regression a loss that is
 *                  smaller by a hundredth than the one at which it rose before
 * @param mark      the mean loss at that iteration; infinite at the start
 * @param harmed    evaluations in a row, up to now, at which performance was harmed
 * @param restores  so far
 * @param recent    the last evaluations at this lambda, at most a window of them
 * @param best      the best performance so far; empty before the first full window
 */
public record ValidationState(
        double lambda,
        double floor,
        double ceiling,
        long changedAt,
        long risenAt,
        double mark,
        int harmed,
        int restores,
        List<HeldOut> recent,
        Optional<Best> best) {

    /**
     * The best performance.
     *
     * @param performance the mean over a window
     * @param lambda      at that time
     * @param iteration   of the window's last evaluation: that network is the best one
     */
    public record Best(HeldOut performance, double lambda, long iteration) {}

    public ValidationState {
        if (!(lambda > 0 && Double.isFinite(lambda))) {
            throw new IllegalArgumentException("lambda must be finite and > 0, got " + lambda);
        }
        if (!(floor >= 0 && Double.isFinite(floor))) {
            throw new IllegalArgumentException("floor must be finite and >= 0, got " + floor);
        }
        if (!(ceiling > 0)) {
            throw new IllegalArgumentException("ceiling must be > 0, got " + ceiling);
        }
        recent = List.copyOf(recent);
    }

    /**
     * {@return the beginning of a training, or of the part that the rule follows}
     *
     * @param iteration parameter updates so far
     * @param lambda    the first one, finite and greater than 0
     * @param floor     finite, at least 0: 1/(etaEff T) says that a smaller lambda plays no part
     */
    public static ValidationState begin(long iteration, double lambda, double floor) {
        return new ValidationState(
                lambda,
                floor,
                Double.POSITIVE_INFINITY,
                iteration,
                iteration,
                Double.POSITIVE_INFINITY,
                0,
                0,
                List.of(),
                Optional.empty());
    }

    /** The network stays, lambda changes. */
    ValidationState divided(double smaller, long iteration) {
        return new ValidationState(smaller, floor, ceiling, iteration, risenAt, mark, 0, restores, List.of(), best);
    }

    /** The best network is back. */
    ValidationState restored(double newLambda, double newFloor, double newCeiling, long iteration) {
        return new ValidationState(
                newLambda, newFloor, newCeiling, iteration, risenAt, mark, 0, restores + 1, List.of(), best);
    }

    /** The window has moved on. */
    ValidationState seen(List<HeldOut> evaluations, int harmedInARow) {
        return new ValidationState(
                lambda, floor, ceiling, changedAt, risenAt, mark, harmedInARow, restores, evaluations, best);
    }

    /** The network is the best one so far. */
    ValidationState withBest(HeldOut performance, long iteration) {
        boolean rises = best.isEmpty() || performance.risesAbove(best.get().performance(), mark);
        return new ValidationState(
                lambda,
                floor,
                ceiling,
                changedAt,
                rises ? iteration : risenAt,
                rises ? performance.loss() : mark,
                0,
                restores,
                recent,
                Optional.of(new Best(performance, lambda, iteration)));
    }
}
