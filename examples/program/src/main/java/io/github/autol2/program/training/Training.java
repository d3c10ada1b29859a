package io.github.autol2.program.training;

import io.github.autol2.dl4j.AutoL2Listener;
import io.github.autol2.dl4j.network.Network;
import java.util.List;
import java.util.Optional;

/** Trains a network with one way to choose lambda. */
public interface Training {

    /**
     * A trained network and its record.
     *
     * @param changes    of lambda by a rule that judges by validation examples, oldest first; those of other rules are divisions of the
     *                   result
     * @param stepsSpent iterations of this training and of the runs before it that it needed
     * @param best       the network at the evaluation with the highest validation accuracy; {@code network} itself unless asked for
     * @param network    after the last iteration
     * @param handedOut  how the network does that the method hands out, where that is not the last one by its nature
     * @param listener   of a run with a rule that judges by training data
     */
    record Outcome(
            RunResult result,
            List<LambdaChange> changes,
            long stepsSpent,
            Network best,
            Network network,
            Optional<CurvePoint> handedOut,
            Optional<AutoL2Listener> listener) {
        public Outcome {
            changes = List.copyOf(changes);
        }

        /** The same after a calibration of its own. */
        Outcome afterSteps(long steps) {
            return new Outcome(result, changes, steps + stepsSpent, best, network, handedOut, listener);
        }
    }

    /**
     * Trains from scratch.
     *
     * @param seed of the initial weights, of the order of the batches and of their augmentation
     * @throws io.github.autol2.prediction.CalibrationException where a calibration is a part of it, if the network trains with no lambda
     */
    Outcome train(long seed, TrainingRun.Progress progress);

    /** Returns the same training that also keeps a copy of the network where its validation accuracy is best. */
    Training keepingBest();

    /**
     * Returns the same training whose curve shows the training examples at its last point only, which takes far less time; before it, their
     * loss and figures are NaN.
     */
    Training withTrainingAtEndOnly();
}
