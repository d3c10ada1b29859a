package io.github.autol2.program.training;

import io.github.autol2.dl4j.network.Network;

/** A copy of a network as it was at its first evaluation with the highest validation accuracy, or R2. Not thread-safe. */
final class BestNetwork {

    private final boolean wanted;
    private double rank = Double.NEGATIVE_INFINITY;
    private Network copy;

    /**
     * @param wanted false where nobody asks for the network, so that nothing is copied
     */
    BestNetwork(boolean wanted) {
        this.wanted = wanted;
    }

    /** Looks at the network after an evaluation. */
    void see(Network network, CurvePoint point) {
        if (wanted && point.validation().rank() > rank) {
            rank = point.validation().rank();
            copy = network.copy();
        }
    }

    /** The copy, or this network if there is none. */
    Network or(Network last) {
        return copy == null ? last : copy;
    }
}
