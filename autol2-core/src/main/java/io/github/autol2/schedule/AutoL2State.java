package io.github.autol2.schedule;

/** All that a rule remembers between two measurements: plain values, one record for each rule. */
public sealed interface AutoL2State permits PublishedState, AdaptiveState {

    /** The current coefficient, greater than 0. */
    double lambda();

    /** Iteration of the last division; before the first one, the iteration at which the run began. */
    long lastDivision();

    /** The losses and errors that have been measured. */
    Seen seen();
}
