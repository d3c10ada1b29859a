package io.github.autol2.schedule;

import io.github.autol2.numbers.Check;

/**
 * What is known of a network at its first iteration, before the first update.
 *
 * @param loss         mean loss per example without penalty, finite
 * @param penaltyAtOne the penalty that lambda = 1 would have, over the weights whose size matters, at least 0; 0 if there are none or it
 *                     is not known
 * @param etaEff       by how much a gradient of 1 moves a weight in one iteration in the long run, at least 0; see {@link Measurement}
 */
public record TrainingStart(double loss, double penaltyAtOne, double etaEff) {

    public TrainingStart {
        Check.finite("loss", loss);
        Check.notNegative("penaltyAtOne", penaltyAtOne);
        Check.notNegative("etaEff", etaEff);
    }
}
