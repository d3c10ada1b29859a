package io.github.autol2.schedule;

/**
 * A rule as a pure function: (state, measurement) gives (decision, next state). The package page lists what each rule guarantees.
 * Immutable, so thread-safe.
 *
 * @param <S> what the rule remembers
 */
public sealed interface AutoL2Rule<S extends AutoL2State> permits PublishedRule, AdaptiveRule {

    /**
     * The decision, and the state to pass in with the next measurement.
     *
     * @param <S> what the rule remembers
     */
    record Step<S extends AutoL2State>(Decision decision, S state) {}

    /**
     * {@return the state before the first measurement}
     *
     * @param iteration the first iteration, at least 0; the first refractory period is counted from here, in the units of {@link AutoL2Options#refractory}
     * @param start     what the network shows before its first update
     */
    S start(long iteration, TrainingStart start);

    /**
     * Judges one measurement. Measurements are passed in the order of their iterations.
     *
     * @param state       after the last measurement
     * @param measurement of a later iteration
     * @return the decision, and the state for the next measurement
     */
    Step<S> apply(S state, Measurement measurement);
}
