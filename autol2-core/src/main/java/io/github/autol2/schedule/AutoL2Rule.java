package io.github.autol2.schedule;

/**
 * The AutoL2 rule as a pure function: (options, state, measurement) gives (decision, next state). The package page lists its
 * guarantees. Thread-safe: it has no state of its own.
 *
 * <p>Source: arXiv:2006.08643v2, section 3. Two details come from the authors' program, because the text leaves them open: a
 * measurement equal to the minimum counts as "not below", and the minimum is left alone when lambda is divided.
 */
public final class AutoL2Rule {

    private AutoL2Rule() {}

    /** The decision, and the state to pass in with the next measurement. */
    public record Step(Decision decision, AutoL2State state) {}

    /**
     * The state before the first measurement.
     *
     * @param penaltyAtOne the penalty that lambda = 1 would have, as {@link InitialLambda} takes it, at least 0
     * @param iteration    the first iteration; the first refractory period is counted from here
     */
    public static AutoL2State start(AutoL2Options options, double penaltyAtOne, long iteration) {
        return AutoL2State.start(first(options, 1, penaltyAtOne, 0), iteration); // a loss of 1 until it is known
    }

    /** lambda as soon as the first loss is known, before the first update. */
    static double first(AutoL2Options options, double loss, double penaltyAtOne, double etaEff) {
        Check.notNegative("penaltyAtOne", penaltyAtOne);
        return Math.max(options.initialLambda().value(loss, penaltyAtOne, etaEff), options.minimumLambda());
    }

    /** Judges one measurement. Measurements are passed in the order of their iterations. */
    public static Step apply(AutoL2Options options, AutoL2State state, Measurement measurement) {
        return options.detector() instanceof Detector.SignificantRise rise
                ? SignificantRiseRule.apply(options, rise, state, measurement)
                : published(options, state, measurement);
    }

    private static Step published(AutoL2Options options, AutoL2State state, Measurement measurement) {
        boolean lossRose = notBelowMinimumTwice(measurement.loss(), state.previousLoss(), state.minimumLoss());
        boolean errorRose = measurement.error().isPresent()
                && notBelowMinimumTwice(measurement.error().getAsDouble(), state.previousError(), state.minimumError());

        if (!lossRose && !errorRose) {
            return keep(Decision.Reason.IMPROVING, state, measurement);
        }
        if (options.holds(measurement.iteration())) {
            return keep(Decision.Reason.HELD, state, measurement);
        }
        double divided = divided(options, state.lambda());
        if (!isDivision(divided, state.lambda())) {
            return keep(Decision.Reason.AT_FLOOR, state, measurement);
        }
        double period = options.refractory() * options.timescale().iterations(state.lambda(), measurement.etaEff());
        if (!(measurement.iteration() > state.lastDivision() + period)) {
            return keep(Decision.Reason.REFRACTORY, state, measurement);
        }
        return divide(divided, state, measurement, cause(lossRose, errorRose));
    }

    static double divided(AutoL2Options options, double lambda) {
        // A division, never a power of the factor: only repeated division gives the published lambdas to the last bit.
        return Math.max(lambda / options.decayFactor(), options.minimumLambda());
    }

    /** Not so at the floor, or at the end of the doubles. */
    static boolean isDivision(double divided, double lambda) {
        return divided < lambda && divided > 0;
    }

    private static boolean notBelowMinimumTwice(double now, double previous, double minimum) {
        return now >= minimum && previous >= minimum;
    }

    private static Decision.Cause cause(boolean lossRose, boolean errorRose) {
        if (lossRose && errorRose) {
            return Decision.Cause.BOTH;
        }
        return lossRose ? Decision.Cause.LOSS : Decision.Cause.ERROR;
    }

    private static Step keep(Decision.Reason reason, AutoL2State state, Measurement measurement) {
        double minimumLoss = Math.min(state.minimumLoss(), state.previousLoss());
        double minimumError = measurement.error().isPresent()
                ? Math.min(state.minimumError(), state.previousError())
                : state.minimumError();
        return new Step(
                new Decision.Keep(reason),
                next(state.lambda(), state.lastDivision(), state, measurement, minimumLoss, minimumError));
    }

    private static Step divide(double lambda, AutoL2State state, Measurement measurement, Decision.Cause cause) {
        Decision decision = new Decision.Divide(
                measurement.iteration(),
                state.lambda(),
                lambda,
                cause,
                measurement,
                state.previousLoss(),
                state.previousError(),
                state.minimumLoss(),
                state.minimumError());
        // The minimum stays without the previous measurement, as in the authors' program.
        return new Step(
                decision,
                next(lambda, measurement.iteration(), state, measurement, state.minimumLoss(), state.minimumError()));
    }

    private static AutoL2State next(
            double lambda,
            long lastDivision,
            AutoL2State state,
            Measurement measurement,
            double minimumLoss,
            double minimumError) {
        return new AutoL2State(
                lambda,
                lastDivision,
                measurement.loss(),
                measurement.error().orElse(state.previousError()),
                minimumLoss,
                minimumError,
                state.progress());
    }
}
