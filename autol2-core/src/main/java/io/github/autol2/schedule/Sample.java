package io.github.autol2.schedule;

import io.github.autol2.numbers.Check;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What one training step shows where a run asks for it.
 *
 * @param iteration the number of parameter updates before this one, at least 0
 * @param score     mean loss per example, with the penalty where the training's own number has it, finite; what goes to
 *                  {@link AutoL2Run#add} is of the same kind
 * @param penalty   beside the loss, finite
 * @param error     fraction of the batch classified wrongly, in [0, 1]; empty where there is none
 * @param etaEff    at this iteration, at least 0; see {@link Measurement}
 * @param penaltyInScore whether the score has the penalty in it
 */
public record Sample(
        long iteration, double score, double penalty, OptionalDouble error, double etaEff, boolean penaltyInScore) {

    /**
     * Of a training whose score has the penalty in it.
     *
     * @param iteration the number of parameter updates before this one, at least 0
     * @param score     mean loss per example with the penalty, finite
     * @param penalty   the score minus the loss without penalty, finite
     * @param error     fraction of the batch classified wrongly, in [0, 1]; empty where there is none
     * @param etaEff    at this iteration, at least 0; see {@link Measurement}
     */
    public Sample(long iteration, double score, double penalty, OptionalDouble error, double etaEff) {
        this(iteration, score, penalty, error, etaEff, true);
    }

    public Sample {
        Objects.requireNonNull(error, "error");
        Check.atLeastZero("iteration", iteration);
        Check.finite("score", score);
        Check.finite("penalty", penalty);
        Check.fraction("error", error);
        Check.notNegative("etaEff", etaEff);
    }

    /** The loss without penalty. */
    double loss() {
        return penaltyInScore ? score - penalty : score;
    }

    /** This one batch as a measurement. */
    Measurement alone() {
        return new Measurement(iteration, loss(), penalty, error, etaEff);
    }
}
