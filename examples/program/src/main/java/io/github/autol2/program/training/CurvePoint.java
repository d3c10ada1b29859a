package io.github.autol2.program.training;

import java.util.Objects;

/**
 * The state of a run between two iterations.
 *
 * @param step       parameter updates so far
 * @param lambda     coefficient of the last update
 * @param eta        learning rate of the next update
 * @param loss       mean loss over the training examples without penalty; NaN where they were not measured
 * @param penalty    the penalty at the current weights
 * @param training   how well the training examples are answered; NaN where they were not measured
 * @param validation the same for the validation examples
 * @param test       the same for the test examples; only reported, never used to choose
 */
public record CurvePoint(
        long step,
        double lambda,
        double eta,
        double loss,
        double penalty,
        Figures training,
        Figures validation,
        Figures test) {

    public CurvePoint {
        Objects.requireNonNull(training, "training");
        Objects.requireNonNull(validation, "validation");
        Objects.requireNonNull(test, "test");
    }

    /** Fraction of the training examples classified wrongly; for a quantity 1 - R2. */
    public double trainError() {
        return 1 - training.main();
    }

    /** Fraction of the validation examples classified rightly; for a quantity R2. */
    public double validationAccuracy() {
        return validation.main();
    }

    /** Fraction of the test examples classified rightly; for a quantity R2. */
    public double testAccuracy() {
        return test.main();
    }
}
