package io.github.autol2.schedule;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The settings of our rule, {@link AdaptiveRule}.
 *
 * @param initialLambda where the first lambda comes from
 * @param decayFactor   what lambda is divided by, finite and greater than 1
 * @param refractory    the refractory period in units of tau = 1/(etaEff lambda), dimensionless, at least 0; when it is over, lambda is
 *                      divided
 * @param measureEvery  the most iterations from one measurement to the next, at least 1; at first they are closer
 * @param minimumLambda the floor, at least 0
 * @param budget        the number of iterations that the run will have; 0 if it is not known. The rule needs it to tell a run that is too
 *                      short
 * @param holdFrom      the iteration from which lambda is held, 0 for never
 */
public record AdaptiveOptions(
        InitialLambda initialLambda,
        double decayFactor,
        double refractory,
        int measureEvery,
        double minimumLambda,
        long budget,
        long holdFrom)
        implements AutoL2Options {

    /** In fewer iterations a penalty gains nothing. */
    public static final long SHORTEST_BUDGET = 100;

    /** What is left of the first lambda in a run that is too short. */
    private static final double SHARE_IF_TOO_SHORT = 0.1;

    /** Of the budget; after it a lambda that has never changed is not raised. */
    private static final double LAST_RAISE = 0.9;

    public AdaptiveOptions {
        Objects.requireNonNull(initialLambda, "initialLambda");
        RunCheck.options(decayFactor, refractory, measureEvery, minimumLambda, holdFrom);
        if (budget < 0) {
            throw new IllegalArgumentException(
                    "budget must be at least 1 iteration, or 0 if it is not known, got " + budget);
        }
        if (initialLambda instanceof InitialLambda.Fixed fixed) {
            RunCheck.floor(minimumLambda, fixed.lambda());
        }
    }

    @Override
    public AdaptiveOptions withInitialLambda(double lambda) {
        return withInitialLambda(new InitialLambda.Fixed(lambda));
    }

    /**
     * {@return the same with another source of the first lambda}
     *
     * @param source a fixed value, or the loss at the start
     */
    public AdaptiveOptions withInitialLambda(InitialLambda source) {
        return new AdaptiveOptions(source, decayFactor, refractory, measureEvery, minimumLambda, budget, holdFrom);
    }

    @Override
    public AdaptiveOptions fromTheStart() {
        return initialLambda instanceof InitialLambda.OnceFitted quiet
                ? withInitialLambda(new InitialLambda.FromLoss(quiet.share()))
                : this;
    }

    @Override
    public AdaptiveOptions withDecayFactor(double factor) {
        return new AdaptiveOptions(initialLambda, factor, refractory, measureEvery, minimumLambda, budget, holdFrom);
    }

    @Override
    public AdaptiveOptions withRefractory(double units) {
        return new AdaptiveOptions(initialLambda, decayFactor, units, measureEvery, minimumLambda, budget, holdFrom);
    }

    @Override
    public AdaptiveOptions withMeasureEvery(int iterations) {
        return new AdaptiveOptions(initialLambda, decayFactor, refractory, iterations, minimumLambda, budget, holdFrom);
    }

    @Override
    public AdaptiveOptions withMinimumLambda(double floor) {
        return new AdaptiveOptions(initialLambda, decayFactor, refractory, measureEvery, floor, budget, holdFrom);
    }

    /**
     * {@return the same for a run of a known length}
     *
     * @param iterations at least 1
     */
    public AdaptiveOptions withBudget(long iterations) {
        if (iterations < 1) {
            throw new IllegalArgumentException("budget must be at least 1 iteration, got " + iterations);
        }
        return new AdaptiveOptions(
                initialLambda, decayFactor, refractory, measureEvery, minimumLambda, iterations, holdFrom);
    }

    @Override
    public AdaptiveOptions withHoldFrom(long iteration) {
        return new AdaptiveOptions(
                initialLambda, decayFactor, refractory, measureEvery, minimumLambda, budget, iteration);
    }

    @Override
    public boolean tooShort() {
        return budget > 0 && budget < SHORTEST_BUDGET;
    }

    @Override
    public boolean needLearningRate() {
        return true;
    }

    @Override
    public OptionalDouble fixedLambda() {
        return initialLambda instanceof InitialLambda.Fixed fixed
                ? OptionalDouble.of(fixed.lambda())
                : OptionalDouble.empty();
    }

    @Override
    public double firstLambda(TrainingStart start) {
        if (waitsToFit(start)) {
            return Math.max(start.own() > 0 ? start.own() : InitialLambda.NOTHING, minimumLambda);
        }
        double first = initialLambda.value(start);
        boolean spared = tooShort() && initialLambda.loss().isPresent();
        return Math.max(spared ? SHARE_IF_TOO_SHORT * first : first, minimumLambda);
    }

    /** Whether lambda stays as it is until the training data are fitted. */
    boolean waitsToFit(TrainingStart start) {
        return start.classifies() && initialLambda instanceof InitialLambda.OnceFitted;
    }

    /** Whether lambda may be raised. */
    boolean raises() {
        return !tooShort() && initialLambda.loss().isPresent();
    }

    /**
     * Whether a lambda that is raised has time to act and to come down again.
     *
     * @param iterations since lambda changed, or since the run began if it never has
     */
    boolean hasTimeToRaise(long iterations) {
        return budget == 0 || iterations < LAST_RAISE * budget;
    }

    /** The loss at which lambda is raised; 0 if it is not: see {@link AdaptiveState}. */
    double learnedLoss(TrainingStart start) {
        if (!raises() || !start.comparable()) {
            return 0;
        }
        if (start.classifies()) {
            boolean known = waitsToFit(start) && start.baseline().isPresent();
            return known ? AdaptiveRule.FITTED * Math.max(0, start.unlearnedLoss()) : 0;
        }
        return AdaptiveRule.LEARNED * Math.max(0, start.baseline().orElse(0));
    }

    /** What lambda is raised to then, if that is more than the floor. */
    double learnedLambda(AdaptiveState state, Measurement measurement) {
        InitialLambda.FromLoss source = initialLambda.loss().orElseThrow();
        boolean classifies = state.unlearned();
        double raised = source.learned(
                classifies,
                classifies ? state.firstLoss() : state.recentLoss(),
                measurement.penalty() / state.lambda(),
                measurement.etaEff());
        return Math.max(raised, minimumLambda);
    }

    @Override
    public AdaptiveRule rule() {
        return new AdaptiveRule(this);
    }

    @Override
    public AutoL2Run newRun() {
        return new AdaptiveRun(this);
    }
}
