package io.github.autol2.schedule;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What the rule is told about the training: one batch, or the mean over a window of iterations.
 *
 * @param iteration the number of parameter updates before the (last) measured one, at least 0
 * @param loss      mean loss per example without any penalty, finite
 * @param error     fraction of examples classified wrongly, in [0, 1]; empty where there is none
 * @param noise     standard error of the loss as the mean of its window, finite, at least 0; 0 where it is not known
 * @param etaEff    the learning rate divided by (1 - momentum), the mean over these iterations, at least 0
 * @param step      what a schedule makes of the size of the steps, the mean over these iterations, at least 0: only compared with that
 *                  of other measurements
 */
public record Measurement(long iteration, double loss, OptionalDouble error, double noise, double etaEff, double step) {

    public Measurement {
        Objects.requireNonNull(error, "error");
        if (iteration < 0) {
            throw new IllegalArgumentException("iteration must be >= 0, got " + iteration);
        }
        Check.finite("loss", loss);
        Check.fraction("error", error);
        Check.notNegative("noise", noise);
        Check.notNegative("etaEff", etaEff);
        Check.notNegative("step", step);
    }

    /** A measurement with steps in proportion to etaEff, as with every updater that does not adapt them. */
    public Measurement(long iteration, double loss, OptionalDouble error, double noise, double etaEff) {
        this(iteration, loss, error, noise, etaEff, etaEff);
    }

    /** A measurement whose noise is not known, such as a single batch. */
    public Measurement(long iteration, double loss, OptionalDouble error, double etaEff) {
        this(iteration, loss, error, 0, etaEff);
    }
}
