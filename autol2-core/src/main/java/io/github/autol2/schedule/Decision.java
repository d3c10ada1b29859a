package io.github.autol2.schedule;

/** What the rule says after a measurement. */
public sealed interface Decision {

    /**
     * lambda stays as it is.
     *
     * @param reason why it is not divided
     */
    record Keep(Reason reason) implements Decision {}

    /**
     * lambda is divided. All numbers that led to it are those of the rule's state before the division.
     *
     * @param iteration     the iteration of the measurement
     * @param oldLambda     lambda before
     * @param newLambda     lambda from this iteration's update on
     * @param cause         what deteriorated
     * @param measurement   what was measured
     * @param previousLoss  the loss one measurement earlier
     * @param previousError the error one measurement earlier, infinite if there was none
     * @param minimumLoss   the smallest loss before these two
     * @param minimumError  the smallest error before these two, infinite if there was none
     */
    record Divide(
            long iteration,
            double oldLambda,
            double newLambda,
            Cause cause,
            Measurement measurement,
            double previousLoss,
            double previousError,
            double minimumLoss,
            double minimumError)
            implements Decision {}

    /** Why lambda is kept. */
    enum Reason {
        /** Performance still improves, or there are fewer than three measurements. */
        IMPROVING,
        /** Performance deteriorates, but the last division (or the start) is too recent. */
        REFRACTORY,
        /** Performance deteriorates, but lambda is at its floor. */
        AT_FLOOR,
        /** Performance deteriorates, but lambda is held to the end of the training. */
        HELD
    }

    /** Why lambda was divided. The published rule knows the first three. */
    enum Cause {
        /** The loss was not below its minimum twice in a row, or rose significantly. */
        LOSS,
        /** The training error was not below its minimum twice in a row. */
        ERROR,
        /** Both. */
        BOTH,
        /** The training error was 0 at two measurements in a row: it cannot fall any more. */
        FITTED,
        /** The longest time at one lambda was over. */
        PATIENCE,
        /** The loss stayed near where it began: the penalty keeps the network from learning. */
        COLLAPSE;

        /** As written in result files: the name in lower case. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
