package io.github.autol2.schedule;

import java.util.Objects;

/**
 * All that the rule remembers between two measurements. The values that do not exist yet are positive infinity.
 *
 * @param lambda        the current coefficient, greater than 0
 * @param lastDivision  iteration of the last division; before the first one, the iteration at which the run began
 * @param previousLoss  loss at the last measurement
 * @param previousError training error at the last measurement that had one
 * @param minimumLoss   smallest loss before the last measurement
 * @param minimumError  smallest training error before the last measurement that had one
 * @param progress      what {@link Detector.SignificantRise} needs further; unused by the published rule
 */
public record AutoL2State(
        double lambda,
        long lastDivision,
        double previousLoss,
        double previousError,
        double minimumLoss,
        double minimumError,
        Progress progress) {

    private static final double NONE = Double.POSITIVE_INFINITY;

    public AutoL2State {
        Objects.requireNonNull(progress, "progress");
        Check.positive("lambda", lambda);
        if (lastDivision < 0) {
            throw new IllegalArgumentException("lastDivision must be >= 0, got " + lastDivision);
        }
        notNaN("previousLoss", previousLoss);
        notNaN("previousError", previousError);
        notNaN("minimumLoss", minimumLoss);
        notNaN("minimumError", minimumError);
    }

    /** A state of the published rule. */
    AutoL2State(
            double lambda,
            long lastDivision,
            double previousLoss,
            double previousError,
            double minimumLoss,
            double minimumError) {
        this(lambda, lastDivision, previousLoss, previousError, minimumLoss, minimumError, Progress.start(0));
    }

    /** The same with another lambda. */
    AutoL2State withLambda(double other) {
        return new AutoL2State(other, lastDivision, previousLoss, previousError, minimumLoss, minimumError, progress);
    }

    /** The state of a run that has not measured anything yet. */
    static AutoL2State start(double lambda, long iteration) {
        return new AutoL2State(lambda, iteration, NONE, NONE, NONE, NONE, Progress.start(iteration));
    }

    private static void notNaN(String name, double value) {
        if (Double.isNaN(value) || value == Double.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException(name + " must be a number, got " + value);
        }
    }
}
