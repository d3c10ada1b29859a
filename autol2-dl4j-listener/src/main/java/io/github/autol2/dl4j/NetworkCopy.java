package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Parameters and updater state of a network at one moment, in arrays of their own. What batch normalisation has averaged is among the
 * parameters. Counters of iterations and epochs do not belong to it.
 */
final class NetworkCopy {

    private final INDArray parameters;
    private final INDArray updaterState;

    private NetworkCopy(INDArray parameters, INDArray updaterState) {
        this.parameters = parameters;
        this.updaterState = updaterState;
    }

    /** A copy of the network as it is now. */
    static NetworkCopy of(Network network) {
        INDArray state = updaterState(network);
        return new NetworkCopy(network.model().params().dup(), state == null ? null : state.dup());
    }

    /** Takes the network's values over into these arrays, which saves making others. */
    void update(Network network) {
        parameters.assign(network.model().params());
        if (updaterState != null) {
            updaterState.assign(updaterState(network));
        }
    }

    /** Brings the network back to that moment, bit for bit. */
    void restore(Network network) {
        network.model().params().assign(parameters);
        if (updaterState != null) {
            updaterState(network).assign(updaterState);
        }
    }

    /** What the updater remembers, as the network itself uses it; null where it remembers nothing, or before the first update. */
    private static INDArray updaterState(Network network) {
        return network.updater() == null ? null : network.updater().getStateViewArray();
    }
}
