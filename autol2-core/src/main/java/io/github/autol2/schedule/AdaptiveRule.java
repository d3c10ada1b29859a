package io.github.autol2.schedule;

/**
 * Our rule: lambda is divided by f whenever a refractory period of p tau is over, tau = 1/(etaEff lambda). Written as a law it is
 * {@code lambda = (p f / (f - 1)) / S} in steps of f, where S is the sum of etaEff over all iterations so far: with a constant learning
 * rate lambda falls as 1/t. It needs no budget and cannot be late, and what the penalty alone would shrink a weight by grows only with the
 * logarithm of S, whatever a schedule does.
 *
 * <p>The law is about networks that fit their training data, so it begins when they do. Before that a penalty slows learning, and training
 * signals cannot tell whether the network would be better for it. Until then lambda is the network's own coefficient, as it was, or
 * {@link InitialLambda#NOTHING} where it has none, and time stands still.
 *
 * <p>Three signs in the training step bend this law:
 * <ul>
 *   <li>A classifier <b>fits</b> its training data when its loss is at most a tenth of what there was to learn and it errs on at most a
 *       tenth of them. What there was to learn is the loss of answering with the classes' shares, or the first loss if that is smaller or
 *       the shares are not known. lambda is raised then, once, to a penalty of a tenth of it, if the shares are known, but not in the last
 *       tenth of a known budget. While the classifier fits them in spite of a penalty that is no larger than the loss, time stands still for it: this lambda is small enough, and a smaller one would only let it
 *       fit more of the noise. The first loss alone cannot tell: with inputs that are not scaled, or a rare class, it may be ten times that
 *       of the shares, which a network gives that has learned nothing else.</li>
 *   <li>A regression begins with a small lambda, because it may stay on a plateau for long. Once its loss is at most half of that of predicting
 *       the mean, where that is known, it has <b>learned</b>, and lambda is raised, once, to a penalty of 3 % of the loss.</li>
 *   <li>Where there is no training error (regression, several labels), the loss itself is what counts, and a penalty that <b>outweighs</b>
 *       three tenths of it distorts the fit: lambda is divided at once, down to 3 % of the first lambda, below which only time divides.
 *       There is no such floor where the loss of predicting the mean is not known: then the mean of the targets may have made the first
 *       lambda too large.</li>
 * </ul>
 */
public record AdaptiveRule(AdaptiveOptions options) implements AutoL2Rule<AdaptiveState> {

    /** A classifier that has come below this share of what there was to learn fits its training data. */
    static final double FITTED = 0.1;

    /** A classifier that fits its training data has at most this training error. */
    static final double FITTED_ERROR = 0.1;

    /** Without a training error a larger share of the loss than this is too much of a penalty. */
    static final double OUTWEIGHS = 0.3;

    /** That sign does not divide lambda to less than this share of the first lambda. */
    static final double LEAST_BY_OUTWEIGHING = 0.03;

    /** A regression whose loss is at most this share of what it was to learn has left its plateau. */
    static final double LEARNED = 0.5;

    /** The losses of fewer iterations may be small by chance. */
    static final int FEWEST_TO_LEARN = 50;

    /** The weight of the newest loss in the recent loss. */
    private static final double NEWEST = 0.3;

    @Override
    public AdaptiveState start(long iteration, TrainingStart start) {
        double lambda = options.firstLambda(start);
        return new AdaptiveState(
                lambda,
                start.classifies() || start.baseline().isPresent() ? lambda : 0,
                start.unlearnedLoss(),
                options.learnedLoss(start),
                options.waitsToFit(start),
                iteration,
                iteration,
                0,
                0,
                0,
                start.loss(),
                1,
                Seen.NOTHING);
    }

    @Override
    public Step<AdaptiveState> apply(AdaptiveState before, Measurement measurement) {
        AdaptiveState state = after(before, measurement);
        if (hasLearned(state, measurement)) {
            double raised = options.learnedLambda(state, measurement);
            if (raised > state.lambda()) {
                Step<AdaptiveState> raise = change(before, state, raised, Decision.Cause.LEARNED, measurement);
                return new Step<>(raise.decision(), raise.state().asFirst());
            }
            state = state.asFirst();
        }
        Decision.Cause cause = cause(state, measurement);
        if (cause == null) {
            boolean fits = fits(state, measurement);
            return keep(fits ? Decision.Reason.FITTED : Decision.Reason.REFRACTORY, state);
        }
        if (options.holds(measurement.iteration())) {
            return keep(Decision.Reason.HELD, state);
        }
        double divided = Division.of(state.lambda(), options);
        if (!Division.isPossible(divided, state.lambda())) {
            return keep(Decision.Reason.AT_FLOOR, state);
        }
        return change(before, state, divided, cause, measurement);
    }

    private static Step<AdaptiveState> change(
            AdaptiveState before, AdaptiveState state, double lambda, Decision.Cause cause, Measurement measurement) {
        Decision decision =
                new Decision.Change(measurement.iteration(), state.lambda(), lambda, cause, measurement, before.seen());
        return new Step<>(decision, changed(state, lambda, measurement.iteration()));
    }

    /** The state with this measurement in it, lambda as it was. */
    static AdaptiveState after(AdaptiveState state, Measurement measurement) {
        double passed =
                Math.max(0, measurement.iteration() - state.measuredAt()) * measurement.etaEff() * state.lambda();
        double recentError = state.recentError();
        return new AdaptiveState(
                state.lambda(),
                state.firstLambda(),
                state.firstLoss(),
                state.learnedLoss(),
                state.unlearned(),
                state.lastDivision(),
                Math.max(state.measuredAt(), measurement.iteration()),
                state.waited() + (state.unlearned() || fits(state, measurement) ? 0 : passed),
                state.total() + passed,
                state.totalAtDivision(),
                state.recentLoss() + NEWEST * (measurement.loss() - state.recentLoss()),
                recentError + NEWEST * (measurement.error().orElse(recentError) - recentError),
                state.seen().and(measurement));
    }

    private static boolean fits(AdaptiveState state, Measurement measurement) {
        return measurement.error().isPresent()
                && measurement.error().getAsDouble() <= FITTED_ERROR
                && measurement.loss() <= FITTED * state.firstLoss()
                && measurement.penalty() <= measurement.loss();
    }

    private boolean hasLearned(AdaptiveState state, Measurement measurement) {
        return state.learnedLoss() > 0
                && state.recentLoss() <= state.learnedLoss()
                && (!state.unlearned() || (measurement.error().isPresent() && state.recentError() <= FITTED_ERROR))
                && measurement.iteration() - state.lastDivision() >= FEWEST_TO_LEARN
                && options.hasTimeToRaise(measurement.iteration() - state.lastDivision())
                && measurement.penalty() > 0
                && !options.holds(measurement.iteration());
    }

    /** The first sign that holds, null if none does. */
    private Decision.Cause cause(AdaptiveState state, Measurement measurement) {
        boolean outweighs = measurement.error().isEmpty()
                && !state.unlearned() // a classifier whose batch is masked as a whole has no error, and no loss
                && state.recentLoss() > 0
                && measurement.penalty() > OUTWEIGHS * state.recentLoss()
                && Division.of(state.lambda(), options) >= LEAST_BY_OUTWEIGHING * state.firstLambda();
        if (outweighs) {
            return Decision.Cause.PENALTY;
        }
        return state.waited() > options.refractory() ? Decision.Cause.PATIENCE : null;
    }

    private static Step<AdaptiveState> keep(Decision.Reason reason, AdaptiveState state) {
        return new Step<>(new Decision.Keep(reason), state);
    }

    /** The state with another lambda, from this iteration's update on. */
    static AdaptiveState changed(AdaptiveState state, double lambda, long iteration) {
        return new AdaptiveState(
                lambda,
                state.firstLambda(),
                state.firstLoss(),
                state.learnedLoss(),
                state.unlearned(),
                iteration,
                state.measuredAt(),
                0,
                state.total(),
                state.total(),
                state.recentLoss(),
                state.recentError(),
                state.seen());
    }
}
