package io.github.autol2.schedule;

/**
 * The AutoL2 rule as a pure function: (options, state, measurement) gives (decision, next state). The package page lists its
 * guarantees. Thread-safe: it has no state of its own.
 *
 * <p>Source: arXiv:2006.08643v2, section 3. Two details come from the authors' program, because the text leaves them open: a
 * measurement equal to the minimum counts as "not below", and the minimum is left alone when lambda is divided.
 */
public final class AutoL2Rule {

    private AutoL2Rule() {
    }

    /** The decision, and the state to pass in with the next measurement. */
    public record Step(Decision decision, AutoL2State state) {
    }

    /**
     * The state before the first measurement.
     *
     * @param etaEff    learning rate divided by (1 - momentum) at the first iteration, at least 0
     * @param iteration the first iteration; the first refractory period is counted from here
     */
    public static AutoL2State start(AutoL2Options options, double etaEff, long iteration) {
        Check.notNegative("etaEff", etaEff);
        double lambda = Math.max(options.initialLambda().value(etaEff), options.minimumLambda());
        return AutoL2State.start(lambda, iteration);
    }

    /** Judges one measurement. Measurements are passed in the order of their iterations. */
    public static Step apply(AutoL2Options options, AutoL2State state, Measurement measurement) {
        boolean lossRose = notBelowMinimumTwice(measurement.loss(), state.previousLoss(), state.minimumLoss());
        boolean errorRose = measurement.error().isPresent()
                && notBelowMinimumTwice(measurement.error().getAsDouble(), state.previousError(), state.minimumError());

        if (!lossRose && !errorRose) {
            return keep(Decision.Reason.IMPROVING, state, measurement);
        }
        // A division, never a power of the factor: only repeated division gives the published lambdas to the last bit.
        double divided = Math.max(state.lambda() / options.decayFactor(), options.minimumLambda());
        if (!(divided < state.lambda() && divided > 0)) { // the floor, or the end of the doubles
            return keep(Decision.Reason.AT_FLOOR, state, measurement);
        }
        double period = options.refractory() * options.timescale().iterations(state.lambda(), measurement.etaEff());
        if (!(measurement.iteration() > state.lastDivision() + period)) {
            return keep(Decision.Reason.REFRACTORY, state, measurement);
        }
        return divide(divided, state, measurement, cause(lossRose, errorRose));
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
                ? Math.min(state.minimumError(), state.previousError()) : state.minimumError();
        return new Step(new Decision.Keep(reason),
                next(state.lambda(), state.lastDivision(), state, measurement, minimumLoss, minimumError));
    }

    private static Step divide(double lambda, AutoL2State state, Measurement measurement, Decision.Cause cause) {
        Decision decision = new Decision.Divide(measurement.iteration(), state.lambda(), lambda, cause, measurement,
                state.previousLoss(), state.previousError(), state.minimumLoss(), state.minimumError());
        // The minimum stays without the previous measurement, as in the authors' program.
        return new Step(decision, next(lambda, measurement.iteration(), state, measurement,
                state.minimumLoss(), state.minimumError()));
    }

    private static AutoL2State next(double lambda, long lastDivision, AutoL2State state, Measurement measurement,
                                    double minimumLoss, double minimumError) {
        return new AutoL2State(lambda, lastDivision, measurement.loss(),
                measurement.error().orElse(state.previousError()), minimumLoss, minimumError);
    }
}
