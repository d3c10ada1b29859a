package io.github.autol2.prediction;

import io.github.autol2.numbers.Check;
import java.util.Objects;

/**
 * One short training run with a constant lambda, made to see when accuracy peaks.
 *
 * @param seed          of the initial weights and of the order of the examples
 * @param lambda        finite and greater than 0
 * @param etaEff        learning rate divided by (1 - momentum) during the run, finite and greater than 0
 * @param curve         the validation accuracy
 * @param peak          what the curve shows
 * @param trainAccuracy the accuracy on the training batches at the end of the run, in [0, 1]; NaN where it is not known
 */
public record CalibrationRun(
        long seed, double lambda, double etaEff, LearningCurve curve, Peak peak, double trainAccuracy) {

    /** Checks the ranges. */
    public CalibrationRun {
        Check.positive("lambda", lambda);
        Check.positive("etaEff", etaEff);
        Objects.requireNonNull(curve, "curve");
        Objects.requireNonNull(peak, "peak");
        if (trainAccuracy < 0 || trainAccuracy > 1) {
            throw new IllegalArgumentException("trainAccuracy must be in [0, 1] or NaN, got " + trainAccuracy);
        }
    }

    /**
     * A run whose peak is read off its curve.
     *
     * @param seed of the run, other than 0
     * @param lambda coefficient of {@code 1/2 lambda |theta|^2}, greater than 0
     * @param etaEff learning rate divided by (1 - momentum), greater than 0
     * @param curve the validation accuracy of one run
     * @param trainAccuracy at the end of the run, in [0, 1] or NaN
     */
    public CalibrationRun(long seed, double lambda, double etaEff, LearningCurve curve, double trainAccuracy) {
        this(seed, lambda, etaEff, curve, Peak.of(curve), trainAccuracy);
    }

    boolean has(Peak.Verdict verdict) {
        return peak.verdict() == verdict;
    }
}
