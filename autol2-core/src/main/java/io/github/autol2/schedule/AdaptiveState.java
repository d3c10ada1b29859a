package io.github.autol2.schedule;

import io.github.autol2.numbers.Check;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * All that our rule remembers. Times in tau count each iteration with its own etaEff and lambda.
 *
 * @param lambda        the current coefficient, greater than 0
 * @param firstLambda   the one that the run began with; 0 where that says nothing of how small lambda may become
 * @param firstLoss     the loss that the run began with, without penalty, or the baseline of {@link TrainingStart} if that is smaller
 * @param learnedLoss   a network whose loss has come down to this one has learned: lambda is raised once; 0 if it will not be, or has been
 * @param unlearned     whether it is a classifier that has not fitted its training data yet, or may never be seen to: time stands still
 * @param lastDivision  iteration of the last division, or of another change of lambda; before the first one, the iteration at which the
 *                      run began
 * @param measuredAt    iteration of the last measurement; before the first one, the iteration at which the run began
 * @param waited        time since the last division, in tau, without the time at which the training data were fitted; at least 0
 * @param total         time since the run began, in tau; at least 0
 * @param totalAtDivision the same as of the last division; at least 0
 * @param recentLoss    mean of the last few losses
 * @param recentError   mean of the last few training errors, in [0, 1]; 1 before the first one
 * @param seen          the losses and errors so far
 */
public record AdaptiveState(
        double lambda,
        double firstLambda,
        double firstLoss,
        double learnedLoss,
        boolean unlearned,
        long lastDivision,
        long measuredAt,
        double waited,
        double total,
        double totalAtDivision,
        double recentLoss,
        double recentError,
        Seen seen)
        implements AutoL2State {

    public AdaptiveState {
        Check.positive("lambda", lambda);
        Check.notNegative("firstLambda", firstLambda);
        Check.finite("firstLoss", firstLoss);
        Check.notNegative("learnedLoss", learnedLoss);
        Check.atLeastZero("lastDivision", lastDivision);
        Check.atLeastZero("measuredAt", measuredAt);
        Check.notNegative("waited", waited);
        Check.notNegative("total", total);
        Check.notNegative("totalAtDivision", totalAtDivision);
        Check.finite("recentLoss", recentLoss);
        Check.fraction("recentError", OptionalDouble.of(recentError));
        Objects.requireNonNull(seen, "seen");
    }

    /** The same of a classifier whose baseline has become known. */
    AdaptiveState withBaseline(double loss) {
        double least = Math.min(firstLoss, loss);
        return with(firstLambda, least, AdaptiveRule.FITTED * Math.max(0, least), unlearned);
    }

    /** The same, before any measurement, of a classifier whose baseline is not known yet. */
    AdaptiveState withoutBaseline() {
        return with(firstLambda, recentLoss, 0, unlearned);
    }

    /** The same, as if the run had begun with its lambda. */
    AdaptiveState asFirst() {
        return with(lambda, firstLoss, 0, false);
    }

    private AdaptiveState with(double first, double loss, double learned, boolean waits) {
        return new AdaptiveState(
                lambda,
                first,
                loss,
                learned,
                waits,
                lastDivision,
                measuredAt,
                waited,
                total,
                totalAtDivision,
                recentLoss,
                recentError,
                seen);
    }
}
