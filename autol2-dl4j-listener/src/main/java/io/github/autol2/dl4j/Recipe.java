package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** How to build fresh copies of a network. No copy shares anything with the network or with another copy. */
final class Recipe {

    /** At which schedules are looked at. */
    private static final int MOMENTS = 32;

    private final Network prototype; // nobody else has it
    private final boolean trained;
    private final boolean highMomentum;

    private Recipe(Network prototype, boolean trained, boolean highMomentum) {
        this.prototype = prototype;
        this.trained = trained;
        this.highMomentum = highMomentum;
    }

    /**
     * @param network initialised or not
     * @throws IllegalArgumentException if it is neither a MultiLayerNetwork nor a ComputationGraph, or if it is initialised and has frozen
     *                                  layers, whose weights a fresh copy would not have
     */
    static Recipe of(Model network) {
        Network original = Network.of(network);
        boolean initialised = original.either(MultiLayerNetwork::isInitCalled, graph -> graph.getLayers() != null);
        if (initialised) {
            original.frozenLayers().stream().findFirst().ifPresent(layer -> {
                throw new IllegalArgumentException("network must have no frozen layers, got " + layer
                        + ": fresh copies of it would have other weights there, and never train them; "
                        + "for fine-tuning there is AutoL2Listener");
            });
        }
        return new Recipe(original.untrainedCopy(), initialised && original.hasTrained(), false);
    }

    /** An initialised network with no training behind it and no listeners. */
    Network build(long seed) {
        Network copy = prototype.untrainedCopy();
        copy.setSeed(seed);
        if (highMomentum) {
            copy.layers().forEach(HighMomentum::setOn);
        }
        return copy.init();
    }

    /** Returns this recipe with {@link HighMomentum}. */
    Recipe withHighMomentum() {
        return new Recipe(prototype, trained, true);
    }

    /** Whether {@link #withHighMomentum} can be asked for. */
    boolean canTakeHighMomentum() {
        return HighMomentum.suits(prototype.layers());
    }

    /** Whether the network has iterations behind it. */
    boolean hasTrained() {
        return trained;
    }

    /**
     * The largest eta_eff that schedules come to: learning rates may begin low and rise.
     *
     * @param iterations to look at
     * @param epoch      iterations in a pass over the training data
     */
    double etaEff(long iterations, long epoch) {
        NetworkLambda lambda = Lambda.of(build(0));
        return LongStream.rangeClosed(0, MOMENTS)
                .map(moment -> moment * iterations / MOMENTS)
                .mapToDouble(iteration -> lambda.etaEffBeforeTraining((int) iteration, (int) (iteration / epoch)))
                .max()
                .orElseThrow();
    }
}
