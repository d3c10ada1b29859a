package io.github.autol2.schedule;

/**
 * The published rule: lambda is divided when the loss, or the training error, was not below its minimum at two measurements in a row
 * and the refractory period is over.
 *
 * <p>Source: arXiv:2006.08643v2, section 3. Two details come from the authors' program, because the text leaves them open: a
 * measurement equal to the minimum counts as "not below", and the minimum is left alone when lambda is divided.
 */
public record PublishedRule(PublishedOptions options) implements AutoL2Rule<PublishedState> {

    @Override
    public PublishedState start(long iteration, TrainingStart start) {
        return new PublishedState(options.initialLambda(), iteration, Seen.NOTHING);
    }

    @Override
    public Step<PublishedState> apply(PublishedState state, Measurement measurement) {
        boolean lossRose = state.seen().lossRose(measurement);
        boolean errorRose = state.seen().errorRose(measurement);
        if (!lossRose && !errorRose) {
            return keep(Decision.Reason.IMPROVING, state, measurement);
        }
        if (options.holds(measurement.iteration())) {
            return keep(Decision.Reason.HELD, state, measurement);
        }
        double divided = Division.of(state.lambda(), options);
        if (!Division.isPossible(divided, state.lambda())) {
            return keep(Decision.Reason.AT_FLOOR, state, measurement);
        }
        // Not refractory / lambda: another rounding would move a division of the published traces.
        double period = options.refractory() * (1 / state.lambda());
        if (!(measurement.iteration() > state.lastDivision() + period)) {
            return keep(Decision.Reason.REFRACTORY, state, measurement);
        }
        Decision decision = new Decision.Change(
                measurement.iteration(),
                state.lambda(),
                divided,
                cause(lossRose, errorRose),
                measurement,
                state.seen());
        Seen seen = state.seen().andDivision(measurement);
        return new Step<>(decision, new PublishedState(divided, measurement.iteration(), seen));
    }

    private static Decision.Cause cause(boolean lossRose, boolean errorRose) {
        if (lossRose && errorRose) {
            return Decision.Cause.BOTH;
        }
        return lossRose ? Decision.Cause.LOSS : Decision.Cause.ERROR;
    }

    private static Step<PublishedState> keep(Decision.Reason reason, PublishedState state, Measurement measurement) {
        Seen seen = state.seen().and(measurement);
        return new Step<>(new Decision.Keep(reason), new PublishedState(state.lambda(), state.lastDivision(), seen));
    }
}
