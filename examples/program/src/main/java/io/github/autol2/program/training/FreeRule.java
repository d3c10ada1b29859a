package io.github.autol2.program.training;

import io.github.autol2.dl4j.Lambda;
import io.github.autol2.dl4j.network.Network;

/**
 * The free rule on a network in training: lambda = 1/(etaEff T) for T iterations, which needs no measurement of accuracy. etaEff of some
 * updaters has to be seen at work, so there is no penalty in the first twentieth. Not thread-safe.
 */
public final class FreeRule {

    private static final double WAITS = 0.05;

    private final Network network;
    private final long iterations;
    private double lambda;

    /**
     * Takes the penalty off the network.
     *
     * @param iterations of the whole training, at least 1
     * @throws IllegalArgumentException if the learning rate is 0 in the whole training: nothing would be trained, by whatever lambda
     */
    public FreeRule(Network network, long iterations) {
        this.network = network;
        this.iterations = iterations;
        if (hasLearningRates(network)) {
            Lambda.freeRule(network.model(), iterations); // its demands, before the training
        }
        Lambda.set(network.model(), 0);
    }

    private FreeRule(Network network, long iterations, double lambda) {
        this.network = network;
        this.iterations = iterations;
        this.lambda = lambda;
    }

    /**
     * Goes on with a network that holds the rule's lambda already.
     *
     * @param lambda that it holds, at least 0
     */
    static FreeRule goOn(Network network, long iterations, double lambda) {
        return new FreeRule(network, iterations, lambda);
    }

    /** Without one the updater has to be seen at work. */
    private static boolean hasLearningRates(Network network) {
        return network.trainables().values().stream()
                .filter(layer -> layer.numParams() > 0 && layer.getConfig() != null)
                .allMatch(layer -> layer.paramTable(true).keySet().stream()
                        .allMatch(name ->
                                layer.getConfig().getUpdaterByParam(name).hasLearningRate()));
    }

    /**
     * Acts after an iteration.
     *
     * @param iteration parameter updates so far
     * @return lambda of the next one
     */
    public double after(long iteration) {
        if (iteration == Math.max(1, (long) (WAITS * iterations))) {
            lambda = Lambda.freeRule(network.model(), iterations);
            Lambda.set(network.model(), lambda);
        }
        return lambda;
    }
}
