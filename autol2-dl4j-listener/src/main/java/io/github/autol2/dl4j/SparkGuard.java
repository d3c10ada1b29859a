package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import java.util.List;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.learning.config.IUpdater;

/** Says what AutoL2 cannot do on Spark before a cluster has begun to train. */
final class SparkGuard {

    private SparkGuard() {}

    /**
     * The master of a training in which a lambda of the driver reaches the workers.
     *
     * @param master a TrainingMaster
     * @throws IllegalArgumentException if it is another one
     */
    static ParameterAveragingTrainingMaster averaging(Object master) {
        if (master instanceof ParameterAveragingTrainingMaster averaging) {
            return averaging;
        }
        throw new IllegalArgumentException("AutoL2 needs a ParameterAveragingTrainingMaster, got "
                + master.getClass().getSimpleName()
                + ": only that one sends the driver's network, and so a new lambda, to the workers again and again. "
                + "With another master, give the network a constant lambda before the training, for example "
                + "Lambda.set(network, calibration.predict(iterations).lambda()). A schedule of lambda does not help: the networks "
                + "of a SharedTrainingMaster count fewer iterations than they make updates");
    }

    /**
     * Refuses settings and networks of which nothing would come.
     *
     * @throws IllegalStateException if it is so
     */
    static void requireTrainable(Network network, AutoL2ListenerBuilder settings) {
        if (settings.hasValidation()
                || settings.saved().flatMap(saved -> saved.state().validation()).isPresent()) {
            throw new IllegalStateException(
                    "held-out data cannot decide on Spark: its workers train, and no listener sees the driver's network between two updates");
        }
        if (network.listeners().stream().anyMatch(AutoL2Listener.class::isInstance)) {
            throw new IllegalStateException("the driver's network has an AutoL2Listener, which Spark never calls: "
                    + "take it off, for example with setListeners()");
        }
        network.outputLayers(); // an error here if the network has none
    }

    /**
     * Refuses updaters of which the driver cannot tell what they make of a penalty.
     *
     * @param keepsState whether their state is averaged and handed on
     * @throws IllegalStateException if there is one
     */
    static void requireKnownUpdaters(Network network, List<PenalisedParameters> penalised, boolean keepsState) {
        for (PenalisedParameters parameters : penalised) {
            IUpdater updater = parameters.updater();
            String name = updater.getClass().getSimpleName();
            if (!keepsState && updater.stateSize(1) > 0) {
                throw new IllegalStateException(name + " begins anew in each split, so that the time tau of lambda "
                        + "is not known: ParameterAveragingTrainingMaster.Builder has saveUpdater(true)");
            }
            if (UpdaterGain.constant(updater, network.iteration(), network.epoch())
                            .isEmpty()
                    && UpdaterGain.expected(updater, 1, network.iteration(), network.epoch())
                            .isEmpty()) {
                throw new IllegalStateException(name + " is not known to AutoL2, and on Spark it cannot be measured: "
                        + "take one of Deeplearning4j's updaters, or Penalty.WEIGHT_DECAY");
            }
        }
    }
}
