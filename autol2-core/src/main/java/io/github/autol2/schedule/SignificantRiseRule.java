package io.github.autol2.schedule;

/**
 * The rule with {@link Detector.SignificantRise}. All times are in units of tau, each iteration counted with its own learning rate:
 * a step of a schedule changes the clock's speed from then on.
 *
 * <p>A larger learning rate has a larger loss of its own. So a loss is compared with the minimum only if the schedule has not made the
 * steps larger than they were there; otherwise it is the new minimum. A smaller learning rate needs nothing: it has a smaller loss.
 */
final class SignificantRiseRule {

    /** The loss of a network that learns falls below this share of its first value soon. */
    private static final double LEARNED_NOTHING = 0.9;

    /** More than the rounding of a mean. */
    private static final double LARGER = 1 + 1e-9;

    private SignificantRiseRule() {}

    static AutoL2Rule.Step apply(
            AutoL2Options options, Detector.SignificantRise rise, AutoL2State state, Measurement measurement) {
        Progress before = state.progress();
        double passed = Math.max(0, measurement.iteration() - before.measuredAt())
                / options.unit(state.lambda(), measurement.etaEff());
        double elapsed = before.elapsed() + passed;
        double total = before.total() + passed;
        Decision.Cause cause = cause(options, rise, state, measurement, elapsed);
        if (cause == null) {
            return keep(Decision.Reason.IMPROVING, state, measurement, elapsed, total);
        }
        if (options.holds(measurement.iteration())) {
            return keep(Decision.Reason.HELD, state, measurement, elapsed, total);
        }
        double divided = AutoL2Rule.divided(options, state.lambda());
        if (!AutoL2Rule.isDivision(divided, state.lambda())) {
            return keep(Decision.Reason.AT_FLOOR, state, measurement, elapsed, total);
        }
        if (cause != Decision.Cause.COLLAPSE && elapsed <= options.refractory()) {
            return keep(Decision.Reason.REFRACTORY, state, measurement, elapsed, total);
        }
        Decision decision = new Decision.Divide(
                measurement.iteration(),
                state.lambda(),
                divided,
                cause,
                measurement,
                state.previousLoss(),
                state.previousError(),
                state.minimumLoss(),
                state.minimumError());
        return new AutoL2Rule.Step(
                decision,
                new AutoL2State(
                        divided,
                        measurement.iteration(),
                        measurement.loss(),
                        error(state, measurement),
                        Double.POSITIVE_INFINITY,
                        Double.POSITIVE_INFINITY,
                        new Progress(measurement.iteration(), 0, total, 0, 0, firstLoss(before, measurement))));
    }

    /** The first sign that holds, null if none does. */
    private static Decision.Cause cause(
            AutoL2Options options,
            Detector.SignificantRise rise,
            AutoL2State state,
            Measurement measurement,
            double elapsed) {
        if (measurement.loss() >= LEARNED_NOTHING * state.progress().firstLoss()
                && elapsed > options.refractory() / 2) {
            return Decision.Cause.COLLAPSE;
        }
        double noise = Math.hypot(measurement.noise(), state.progress().minimumNoise());
        if (!hasLargerSteps(state, measurement)
                && measurement.loss() - state.minimumLoss() > rise.standardErrors() * noise) {
            return Decision.Cause.LOSS;
        }
        if (state.previousError() == 0 && measurement.error().orElse(1) == 0) {
            return Decision.Cause.FITTED;
        }
        return elapsed >= rise.patience() ? Decision.Cause.PATIENCE : null;
    }

    private static AutoL2Rule.Step keep(
            Decision.Reason reason, AutoL2State state, Measurement measurement, double elapsed, double total) {
        boolean lowest = measurement.loss() < state.minimumLoss() || hasLargerSteps(state, measurement);
        return new AutoL2Rule.Step(
                new Decision.Keep(reason),
                new AutoL2State(
                        state.lambda(),
                        state.lastDivision(),
                        measurement.loss(),
                        error(state, measurement),
                        lowest ? measurement.loss() : state.minimumLoss(),
                        Math.min(state.minimumError(), error(state, measurement)),
                        new Progress(
                                measurement.iteration(),
                                elapsed,
                                total,
                                lowest ? measurement.noise() : state.progress().minimumNoise(),
                                lowest ? measurement.step() : state.progress().minimumStep(),
                                firstLoss(state.progress(), measurement))));
    }

    private static boolean hasLargerSteps(AutoL2State state, Measurement measurement) {
        return measurement.step() > LARGER * state.progress().minimumStep();
    }

    private static double error(AutoL2State state, Measurement measurement) {
        return measurement.error().orElse(state.previousError());
    }

    private static double firstLoss(Progress before, Measurement measurement) {
        return Double.isInfinite(before.firstLoss()) ? measurement.loss() : before.firstLoss();
    }
}
