package io.github.autol2.validation;

import io.github.autol2.schedule.InitialLambda;
import java.util.List;
import java.util.Optional;

/**
 * The rule's memory between two evaluations: immutable, and all there is.
 *
 * @param lambda    the coefficient, finite and greater than 0
 * @param floor     lambda is never divided below it, finite, at least 0
 * @param ceiling   lambda was harmful there: it is never raised to it; infinite where none was
 * @param etaEff    the largest one so far, finite, at least 0; 0 where it is not known. A lambda below 1/(etaEff budget) plays no part, so
 *                  that lambda is not divided below that either, but for {@code dividesAtHalf}
 * @param begunAt   parameter updates behind the network when the training began, at least 0; the budget is counted from there
 * @param changedAt the iteration of the last change of lambda or of the network, or of the start
 * @param risenAt   the iteration at which performance last rose, or of the start: a higher accuracy; for regression a loss that is
 *                  smaller by a hundredth than the one at which it rose before
 * @param mark      the mean loss at that iteration; infinite at the start
 * @param raiseTo   what lambda is raised to when the network first overfits, finite, at least 0; 0 where the training began with it, or lambda
 *                  was divided since
 * @param dividesAtHalf whether lambda is divided down to the floor at half of the budget, also while performance rises, and not before
 * @param harmed    evaluations in a row, up to now, at which performance was harmed
 * @param restores  so far
 * @param recent    the last evaluations at this lambda, at most a window of them
 * @param best      the best performance so far; empty before the first full window
 */
public record ValidationState(
        double lambda,
        double floor,
        double ceiling,
        double etaEff,
        long begunAt,
        long changedAt,
        long risenAt,
        double mark,
        double raiseTo,
        boolean dividesAtHalf,
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
        if (!(etaEff >= 0 && Double.isFinite(etaEff))) {
            throw new IllegalArgumentException("etaEff must be finite and >= 0, got " + etaEff);
        }
        if (!(raiseTo >= 0 && Double.isFinite(raiseTo))) {
            throw new IllegalArgumentException("raiseTo must be finite and >= 0, got " + raiseTo);
        }
        if (begunAt < 0) {
            throw new IllegalArgumentException("begunAt must be >= 0, got " + begunAt);
        }
        recent = List.copyOf(recent);
    }

    /**
     * {@return the beginning of a training of a fresh network, or of the part of it that the rule follows}
     *
     * @param iteration parameter updates so far
     * @param lambda    the first one, finite and greater than 0
     * @param floor     lambda is never divided below it, finite, at least 0
     */
    public static ValidationState begin(long iteration, double lambda, double floor) {
        return new ValidationState(
                lambda,
                floor,
                Double.POSITIVE_INFINITY,
                0,
                0,
                iteration,
                iteration,
                Double.POSITIVE_INFINITY,
                0,
                false,
                0,
                0,
                List.of(),
                Optional.empty());
    }

    /**
     * {@return the same after a short run that the rule has only watched, with no restores allowed, and that goes on as the training} What was
     * best in it stays the best; lambda is not divided before the refractory period, in iterations, is over from here.
     *
     * @param iteration  parameter updates so far
     * @param leastFloor lambda is never divided below it, finite, at least 0
     * @param atHalf     whether it is divided down to that at half of the budget, also while performance rises
     */
    public ValidationState goOn(long iteration, double leastFloor, boolean atHalf) {
        return new ValidationState(
                lambda,
                leastFloor,
                ceiling,
                etaEff,
                begunAt,
                iteration,
                risenAt,
                mark,
                raiseTo,
                atHalf,
                0,
                restores,
                recent,
                best);
    }

    /**
     * {@return the same where lambda is to be raised when the network first overfits}
     *
     * @param overfitted lambda from then on, finite, at least 0; not above the present lambda for none
     */
    public ValidationState withRaiseTo(double overfitted) {
        return with(etaEff, begunAt, overfitted > lambda ? overfitted : 0);
    }

    /**
     * {@return the same for a network that was trained before}
     *
     * @param updates behind it when this training began, at least 0
     */
    public ValidationState trainedBefore(long updates) {
        return with(etaEff, updates, raiseTo);
    }

    /**
     * {@return the same after an iteration with this etaEff} The largest one counts: a learning rate that warms up is small at first.
     * What waits is not raised to where tau is below {@value InitialLambda.FromLoss#SHORTEST_TAU} iterations.
     *
     * @param now at least 0; 0, or not finite, where it is not known
     */
    public ValidationState seenEtaEff(double now) {
        return now > etaEff && Double.isFinite(now)
                ? with(now, begunAt, Math.min(raiseTo, 1 / (InitialLambda.FromLoss.SHORTEST_TAU * now)))
                : this;
    }

    /**
     * {@return the same after the best network was brought back by hand, with the lambda that it was best with}
     *
     * @param iteration parameter updates so far
     * @throws java.util.NoSuchElementException if there is no best network yet
     */
    public ValidationState backAtBest(long iteration) {
        return changed(best.orElseThrow().lambda(), floor, ceiling, iteration, raiseTo, dividesAtHalf, restores);
    }

    /** Whether lambda is to be raised when the network overfits; not to where it has done harm. */
    boolean waits() {
        return raiseTo > lambda && Double.isInfinite(ceiling);
    }

    /** Parameter updates since the training began. */
    long updates(long iteration) {
        return iteration - begunAt;
    }

    /** The network stays, lambda changes. */
    ValidationState divided(double smaller, long iteration) {
        return changed(smaller, floor, ceiling, iteration, 0, false, restores);
    }

    /** The best network is back. Where that is no matter of lambda, this one is still divided at half of the budget. */
    ValidationState restored(double newLambda, double newFloor, double newCeiling, long iteration) {
        return changed(
                newLambda,
                newFloor,
                newCeiling,
                iteration,
                raiseTo,
                dividesAtHalf && newFloor == floor && newLambda == lambda,
                restores + 1);
    }

    private ValidationState with(double newEtaEff, long newBegunAt, double newRaiseTo) {
        return new ValidationState(
                lambda,
                floor,
                ceiling,
                newEtaEff,
                newBegunAt,
                changedAt,
                risenAt,
                mark,
                newRaiseTo,
                dividesAtHalf,
                harmed,
                restores,
                recent,
                best);
    }

    /** After a change of lambda or of the network the window begins anew. */
    private ValidationState changed(
            double newLambda,
            double newFloor,
            double newCeiling,
            long iteration,
            double newRaiseTo,
            boolean newDividesAtHalf,
            int newRestores) {
        return new ValidationState(
                newLambda,
                newFloor,
                newCeiling,
                etaEff,
                begunAt,
                iteration,
                risenAt,
                mark,
                newRaiseTo,
                newDividesAtHalf,
                0,
                newRestores,
                List.of(),
                best);
    }

    /** The window has moved on. */
    ValidationState seen(List<HeldOut> evaluations, int harmedInARow) {
        return new ValidationState(
                lambda,
                floor,
                ceiling,
                etaEff,
                begunAt,
                changedAt,
                risenAt,
                mark,
                raiseTo,
                dividesAtHalf,
                harmedInARow,
                restores,
                evaluations,
                best);
    }

    /** The network is the best one so far. */
    ValidationState withBest(HeldOut performance, long iteration) {
        boolean rises = best.isEmpty() || performance.risesAbove(best.get().performance(), mark);
        return new ValidationState(
                lambda,
                floor,
                ceiling,
                etaEff,
                begunAt,
                changedAt,
                rises ? iteration : risenAt,
                rises ? performance.loss() : mark,
                raiseTo,
                dividesAtHalf,
                0,
                restores,
                recent,
                Optional.of(new Best(performance, lambda, iteration)));
    }
}
