package io.github.autol2.schedule;

/** All that a rule remembers between two measurements: plain values, one record for each rule. */
public sealed interface AutoL2State permits PublishedState, AdaptiveState {

    /** {@return the current coefficient, greater than 0} */
    double lambda();

    /** {@return the iteration of the last division; before the first one, the iteration at which the run began} */
    long lastDivision();

    /** {@return the losses and errors that have been measured} */
    Seen seen();
}
