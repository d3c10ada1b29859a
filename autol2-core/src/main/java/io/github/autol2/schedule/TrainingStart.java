package io.github.autol2.schedule;

import io.github.autol2.numbers.Check;
import java.util.OptionalDouble;

/**
 * What is known of a network at its first iteration, before the first update.
 *
 * @param loss         mean loss per example without penalty, finite
 * @param penaltyAtOne the penalty that lambda = 1 would have, over the weights whose size matters, at least 0; 0 if there are none or it
 *                     is not known
 * @param etaEff       by how much a gradient of 1 moves a weight in one iteration in the long run, at least 0; see {@link Measurement}
 * @param baseline     the loss of predicting the mean of the targets, of classes the entropy of their shares, finite; empty where it is not
 *                     known
 * @param classifies   whether there is a training error; there is none in a regression, or with several labels
 * @param comparable   whether later losses can be compared with the baseline, and later penalties with this one; not where the length of
 *                     sequences may change, over which Deeplearning4j sums
 * @param own          the coefficient that the network had, at least 0; 0 if it had none or that is not known
 */
public record TrainingStart(
        double loss,
        double penaltyAtOne,
        double etaEff,
        OptionalDouble baseline,
        boolean classifies,
        boolean comparable,
        double own) {

    public TrainingStart {
        Check.notNegative("own", own);
        Check.finite("loss", loss);
        Check.notNegative("penaltyAtOne", penaltyAtOne);
        Check.notNegative("etaEff", etaEff);
        Check.finite("baseline", baseline.orElse(0));
    }

    /**
     * Of a network without a coefficient of its own.
     *
     * @param loss         as above
     * @param penaltyAtOne as above
     * @param etaEff       as above
     * @param baseline     as above
     * @param classifies   as above
     * @param comparable   as above
     * @throws IllegalArgumentException if one of them is outside of its range
     */
    public TrainingStart(
            double loss,
            double penaltyAtOne,
            double etaEff,
            OptionalDouble baseline,
            boolean classifies,
            boolean comparable) {
        this(loss, penaltyAtOne, etaEff, baseline, classifies, comparable, 0);
    }

    /**
     * Of a classifier whose first loss is that of answering with the classes' shares.
     *
     * @param loss         as above
     * @param penaltyAtOne as above
     * @param etaEff       as above
     * @throws IllegalArgumentException if one of them is outside of its range
     */
    public TrainingStart(double loss, double penaltyAtOne, double etaEff) {
        this(loss, penaltyAtOne, etaEff, OptionalDouble.of(loss), true, true);
    }

    /** The loss that tells how much there is to learn: the first one, or the baseline if that is smaller and not 0. */
    double unlearnedLoss() {
        return baseline.isPresent() && baseline.getAsDouble() > 0 ? Math.min(loss, baseline.getAsDouble()) : loss;
    }
}
