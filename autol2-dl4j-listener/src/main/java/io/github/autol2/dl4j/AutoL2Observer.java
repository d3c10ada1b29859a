package io.github.autol2.dl4j;

import io.github.autol2.schedule.Decision;
import io.github.autol2.schedule.Measurement;
import io.github.autol2.validation.ValidationDecision;

/**
 * Is told what an {@link AutoL2Listener} measures and decides, for a user interface or a file.
 *
 * <p>Called on the training thread, in the middle of the training step: return soon, and do not use the network. An exception
 * ends the training.
 */
public interface AutoL2Observer {

    /**
     * A measurement is complete.
     *
     * @param measurement of one iteration, or the mean since the last one
     * @param lambda      the coefficient at which it was measured
     */
    default void measured(Measurement measurement, double lambda) {}

    /**
     * lambda has been divided, or raised once the network has learned; the new value acts from this iteration's update on.
     *
     * @param change with the old and the new lambda, and the cause. Where held-out data have decided, its measurement is the last one before
     */
    default void changed(Decision.Change change) {}

    /**
     * Held-out data have decided something, after an update: lambda has been divided, which {@link #changed} has been told before, or
     * the network has gone back to the best one.
     *
     * @param decision with the iteration and the new lambda
     */
    default void decided(ValidationDecision decision) {}
}
