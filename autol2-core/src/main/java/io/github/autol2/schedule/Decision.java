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
     * lambda is another one from now on: it is divided, but for the one cause {@link Cause#LEARNED} it is raised. All numbers that led to it are
     * those of the rule's state before the change.
     *
     * @param iteration     the iteration of the measurement
     * @param oldLambda     lambda before
     * @param newLambda     lambda from this iteration's update on
     * @param cause         why
     * @param measurement   what was measured
     * @param before        the losses and errors before it
     */
    record Change(long iteration, double oldLambda, double newLambda, Cause cause, Measurement measurement, Seen before)
            implements Decision {}

    /** Why lambda is kept. */
    enum Reason {
        /** Performance still improves, or there are fewer than three measurements. */
        IMPROVING,
        /** The last division (or the start) is fewer iterations ago than the {@link AutoL2Options#refractory} period lasts. */
        REFRACTORY,
        /** The network fits its training data in spite of the penalty. */
        FITTED,
        /** There is a cause, but lambda is at its floor. */
        AT_FLOOR,
        /** There is a cause, but lambda is held to the end of the training. */
        HELD,
        /** Held-out data decide, not this measurement. */
        VALIDATION
    }

    /** Why lambda was changed: the first three are the published rule's, the others are ours. */
    enum Cause {
        /** The loss was not below its minimum twice in a row. */
        LOSS,
        /** The training error was not below its minimum twice in a row. */
        ERROR,
        /** Both the loss and the error. */
        BOTH,
        /** The {@link AutoL2Options#refractory} period was over. */
        PATIENCE,
        /** The penalty was too large a share of the loss. */
        PENALTY,
        /** A classifier fits its training data, or a regression has left its plateau: lambda is raised, once. */
        LEARNED,
        /**
         * Held-out performance had not risen for as many iterations as the refractory period of {@code io.github.autol2.validation} lasts, a
         * share of the budget.
         */
        VALIDATION;

        /** {@return the name in lower case, as it is written in result files} */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
