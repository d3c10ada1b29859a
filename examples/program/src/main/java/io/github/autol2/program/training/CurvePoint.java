package io.github.autol2.program.training;

/**
 * The state of a run between two iterations.
 *
 * @param step               parameter updates so far
 * @param lambda             coefficient of the last update
 * @param eta                learning rate of the next update
 * @param loss               mean loss over the training examples without penalty
 * @param penalty            the penalty at the current weights
 * @param trainError         fraction of the training examples classified wrongly
 * @param validationAccuracy fraction of the validation examples classified rightly
 * @param testAccuracy       the same for the test examples; only reported, never used to choose
 */
public record CurvePoint(
        long step,
        double lambda,
        double eta,
        double loss,
        double penalty,
        double trainError,
        double validationAccuracy,
        double testAccuracy) {}
