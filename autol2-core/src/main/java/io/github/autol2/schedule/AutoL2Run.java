package io.github.autol2.schedule;

import java.util.Optional;

/**
 * Follows one training run: collects what each iteration shows into measurements and passes them to its {@link AutoL2Rule}.
 *
 * <p>Every iteration shows its score, which includes the penalty. The penalty itself, the training error and etaEff cost time to read,
 * so they are asked for only at some iterations ({@link #wantsSample}). An iteration without a sample allocates nothing.
 *
 * <p>Not thread-safe: callers that train in several threads lock it.
 *
 * <pre>{@code
 * AutoL2Run run = options.newRun();
 * run.begin(iteration, new TrainingStart(loss, penaltyAtOne, etaEff));               // at the first iteration
 * if (run.wantsSample(iteration)) {
 *     run.sample(new Sample(iteration, score, penalty, error, etaEff));              // a measurement and its decision, now and then
 * } else {
 *     run.add(score);
 * }
 * }</pre>
 */
public sealed interface AutoL2Run permits PublishedRun, AdaptiveRun {

    /** All that a run remembers, as plain values. */
    sealed interface Snapshot permits PublishedRun.Saved, AdaptiveRun.Saved {

        /** A run that continues where this was taken, with the very same decisions as if it had not stopped. */
        AutoL2Run resume();
    }

    /** The settings of its rule. */
    AutoL2Options options();

    /**
     * Sets the first lambda. The first iteration goes to {@link #wantsSample} afterwards, as every other does.
     *
     * @param iteration the first iteration, at least 0
     * @throws IllegalStateException if the run has begun
     */
    void begin(long iteration, TrainingStart start);

    boolean hasBegun();

    /** What the rule remembers; needs a run that has begun. */
    AutoL2State state();

    /** The current coefficient; needs a run that has begun. */
    default double lambda() {
        return state().lambda();
    }

    /**
     * Time since the last division, or the start, as of the last measurement, in units of tau; 0 with the published rule, which does not
     * measure it.
     */
    double timescalesSinceDivision();

    /** Time since the run began, in units of tau; 0 with the published rule. */
    double timescales();

    /** How many iterations this one lies beyond the budget; 0 within it, or where none is known. */
    long beyondBudget(long iteration);

    /** Whether this iteration's penalty, training error and etaEff are needed. */
    boolean wantsSample(long iteration);

    /**
     * An iteration without a sample.
     *
     * @param score the mean loss per example with the penalty, finite
     */
    void add(double score);

    /**
     * An iteration with a sample.
     *
     * @return a measurement and its decision, if this iteration completes one
     */
    Optional<Measured> sample(Sample sample);

    /** What to keep in order to continue later; needs a run that has begun. */
    Snapshot snapshot();
}
