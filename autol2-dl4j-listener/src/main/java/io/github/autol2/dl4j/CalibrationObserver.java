package io.github.autol2.dl4j;

import io.github.autol2.prediction.CalibrationRun;
import io.github.autol2.prediction.CalibrationSearch.Trial;

/**
 * Is told how a {@link LambdaCalibrator} gets on. Called on the thread that calibrates, between two iterations; an exception ends
 * the calibration, and what has been finished was told before.
 */
public interface CalibrationObserver {

    /**
     * The runs are about to train with more momentum than the network has, because it is too slow to show a peak: their accuracies are not
     * its own. A race that follows trains the network as it is.
     */
    default void moreMomentum() {}

    /**
     * An iteration is done.
     *
     * @param trial     the run that is being made
     * @param iteration of that run, from 1
     * @param spent     iterations of all runs so far
     * @param most      the most iterations that the calibration may spend; it grows while no network has trained at any lambda
     */
    default void iteration(Trial trial, long iteration, long spent, long most) {}

    /**
     * A run is finished. Keep it to go on from here after an interruption.
     *
     * @param run with its learning curve
     */
    default void finished(CalibrationRun run) {}
}
