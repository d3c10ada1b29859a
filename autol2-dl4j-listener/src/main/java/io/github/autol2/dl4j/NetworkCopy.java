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

    /**
     * @param updaterState null where the updater remembers nothing
     */
    NetworkCopy(INDArray parameters, INDArray updaterState) {
        this.parameters = parameters;
        this.updaterState = updaterState;
    }

    /** A copy of the network as it is now. */
    static NetworkCopy of(Network network) {
        INDArray state = updaterState(network);
        return new NetworkCopy(network.model().params().dup(), state == null ? null : state.dup());
    }

    NetworkCopy copy() {
        return new NetworkCopy(parameters.dup(), updaterState == null ? null : updaterState.dup());
    }

    INDArray parameters() {
        return parameters;
    }

    /** Null where the updater remembers nothing. */
    INDArray updaterState() {
        return updaterState;
    }

    /**
     * Looks whether it can be brought back to this network.
     *
     * @throws IllegalStateException if it is that of another network or updater
     */
    void requireFits(Network network) {
        INDArray state = updaterState(network);
        long kept = length(updaterState);
        long own = length(network.model().params());
        if (parameters.length() != own || kept != length(state)) {
            boolean withoutUpdater = parameters.length() == own && network.updater() == null;
            throw new IllegalStateException("the best network has " + parameters.length()
                    + " parameters and an updater's state of " + kept + ", this one has " + own + " and "
                    + length(state) + ": "
                    + (withoutUpdater
                            ? "it was saved without its updater, or belongs to another training"
                            : "they belong to different trainings"));
        }
    }

    private static long length(INDArray array) {
        return array == null ? 0 : array.length();
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
