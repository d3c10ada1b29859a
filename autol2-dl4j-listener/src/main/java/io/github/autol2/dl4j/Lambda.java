package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;

/** Sets the L2 coefficient of a whole network by hand, in the same places as {@link AutoL2Listener} does. */
public final class Lambda {

    private Lambda() {}

    /**
     * Sets the coefficient of {@code 1/2 lambda |theta|^2} on all weights; biases, frozen layers and other penalties stay. The
     * largest coefficient in the network becomes lambda and the ratios between layers are kept; a layer without one gets lambda.
     * Acts in the next update.
     *
     * @param network a MultiLayerNetwork or ComputationGraph, initialised
     * @param lambda  finite, at least 0
     */
    public static void set(Model network, double lambda) {
        if (!(lambda >= 0 && Double.isFinite(lambda))) {
            throw new IllegalArgumentException("lambda must be finite and >= 0, got " + lambda);
        }
        Network view = Network.of(network);
        new NetworkLambda(view, PenalisedParameters.of(view, name -> true, false), Penalty.L2, Map.of()).set(lambda);
    }
}
