package io.github.autol2.dl4j;

import org.deeplearning4j.nn.api.Model;

/**
 * Is told how a {@link ValidatedTrainer} gets on. Called on the thread that trains, between two iterations; an exception ends the training.
 */
public interface TrainingObserver {

    /**
     * An iteration of a short run of the race is done, or of one that is compared after it, which may be as long as half of the training.
     *
     * @param lambda    of the short run
     * @param iteration of it, from 1
     */
    default void raced(double lambda, long iteration) {}

    /**
     * An iteration of the training is done. Of the winner's short run, which is the beginning of it, the
     * last iteration is told here, the others as {@link #raced} only.
     *
     * @param network   as it is now; only to be looked at
     * @param iteration parameter updates so far
     * @param lambda    of the next update
     */
    default void trained(Model network, long iteration, double lambda) {}
}
