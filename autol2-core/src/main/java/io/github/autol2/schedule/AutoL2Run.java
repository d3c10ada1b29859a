package io.github.autol2.schedule;

import io.github.autol2.numbers.Check;
import java.util.Optional;

/**
 * Follows one training run: collects what each iteration shows into measurements and passes them to its {@link AutoL2Rule}.
 *
 * <p>Every iteration shows its score, which includes the penalty (or does not: {@link Sample#penaltyInScore}). The penalty itself, the training error and etaEff cost time to read,
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

        /** {@return a run that continues where this was taken, with the very same decisions as if it had not stopped} */
        AutoL2Run resume();
    }

    /** {@return the settings of its rule} */
    AutoL2Options options();

    /**
     * Sets the first lambda. The first iteration goes to {@link #wantsSample} afterwards, as every other does.
     *
     * @param iteration the first iteration, at least 0
     * @param start     what the network shows before its first update
     * @throws IllegalStateException if the run has begun
     */
    void begin(long iteration, TrainingStart start);

    /** {@return whether there is a first lambda} */
    boolean hasBegun();

    /** {@return what the rule remembers; needs a run that has begun} */
    AutoL2State state();

    /** {@return the current coefficient; needs a run that has begun} */
    default double lambda() {
        return state().lambda();
    }

    /**
     * {@return the time since the last division, or the start, as of the last measurement, in units of tau; 0 with the published rule,
     * which does not
     * measure it}
     */
    double timescalesSinceDivision();

    /** {@return the time since the run began, in units of tau; 0 with the published rule} */
    double timescales();

    /**
     * {@return how many iterations this one lies beyond the budget; 0 within it, or where none is known}
     *
     * @param iteration in the network's count, at least 0
     */
    long beyondBudget(long iteration);

    /**
     * {@return whether this iteration's penalty, training error and etaEff are needed}
     *
     * @param iteration in the network's count, at least 0
     */
    boolean wantsSample(long iteration);

    /**
     * An iteration without a sample.
     *
     * @param score the mean loss per example, with the penalty if that of the samples has it, finite
     */
    void add(double score);

    /**
     * An iteration with a sample.
     *
     * @param sample of this iteration
     * @return a measurement and its decision, if this iteration completes one
     */
    Optional<Measured> sample(Sample sample);

    /**
     * {@return whether lambda would be raised when a classifier fits its training data, but what there is to learn is not known; never with the
     * published rule} Without {@link #baseline} it stays as it is: a loss may be small beside the first one because the network answers with the
     * classes' shares. Needs a run that has begun.
     */
    default boolean lacksBaseline() {
        return false;
    }

    /**
     * What there is to learn is being counted: a classifier whose lambda is to be raised {@link #lacksBaseline} until {@link #baseline} tells. To be
     * called before the first measurement.
     */
    default void awaitBaseline() {}

    /**
     * What there is to learn has become known, after the run began. Does nothing unless it {@link #lacksBaseline}.
     *
     * @param loss of answering with the classes' shares, without penalty, finite and greater than 0
     */
    default void baseline(double loss) {
        Check.positive("loss", loss);
    }

    /** {@return what to keep in order to continue later; needs a run that has begun} */
    Snapshot snapshot();
}
