package io.github.autol2.schedule;

import io.github.autol2.numbers.Check;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What a rule is told about the training: one batch, or the mean over the iterations since the measurement before.
 *
 * @param iteration the number of parameter updates before the (last) measured one, at least 0
 * @param loss      mean loss per example without any penalty, finite
 * @param penalty   the penalties beside it, finite
 * @param error     fraction of examples classified wrongly, in [0, 1]; empty where there is none
 * @param etaEff    how far a constant gradient of 1 moves a weight in one iteration in the long run, at least 0: the learning rate with
 *                  plain SGD, the learning rate divided by (1 - momentum) with momentum. The penalty alone shrinks the weights by the
 *                  factor e in tau = 1/(etaEff lambda) iterations
 */
public record Measurement(long iteration, double loss, double penalty, OptionalDouble error, double etaEff) {

    public Measurement {
        Objects.requireNonNull(error, "error");
        Check.atLeastZero("iteration", iteration);
        Check.finite("loss", loss);
        Check.finite("penalty", penalty);
        Check.fraction("error", error);
        Check.notNegative("etaEff", etaEff);
    }
}
