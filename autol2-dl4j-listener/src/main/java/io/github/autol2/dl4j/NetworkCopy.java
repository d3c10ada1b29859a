package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.JudgedNetwork;
import io.github.autol2.dl4j.network.Network;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

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
    static NetworkCopy of(JudgedNetwork network) {
        List<INDArray> state = network.updaterState();
        NetworkCopy copy = new NetworkCopy(empty(network.parameters()), state.isEmpty() ? null : empty(state));
        copy.update(network);
        return copy;
    }

    /**
     * A copy of the network as it is now.
     *
     * @param before an earlier one, whose arrays serve again; null if there is none
     */
    static NetworkCopy inPlaceOf(NetworkCopy before, JudgedNetwork network) {
        if (before == null) {
            return of(network);
        }
        before.update(network);
        return before;
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
    void requireFits(JudgedNetwork network) {
        List<INDArray> state = network.updaterState();
        long kept = updaterState == null ? 0 : updaterState.length();
        long own = length(network.parameters());
        if (parameters.length() != own || kept != length(state)) {
            boolean withoutUpdater = parameters.length() == own && state.isEmpty();
            throw new IllegalStateException("the best network has " + parameters.length()
                    + " parameters and an updater's state of " + kept + ", this one has " + own + " and "
                    + length(state) + ": "
                    + (withoutUpdater
                            ? "it was saved without its updater, or belongs to another training"
                            : "they belong to different trainings"));
        }
    }

    private static long length(List<INDArray> arrays) {
        return arrays.stream().mapToLong(INDArray::length).sum();
    }

    /** Room for the arrays, one behind the other. */
    private static INDArray empty(List<INDArray> arrays) {
        List<DataType> types =
                arrays.stream().map(INDArray::dataType).distinct().toList();
        DataType widest = types.size() == 1 ? types.get(0) : DataType.DOUBLE;
        return Nd4j.createUninitialized(widest, length(arrays));
    }

    /** Takes the network's values over into these arrays, which saves making others. */
    void update(JudgedNetwork network) {
        copy(network.parameters(), parameters, true);
        copy(network.updaterState(), updaterState, true);
    }

    /**
     * Brings the network back to that moment, bit for bit but for its constraints: Deeplearning4j applies them to each update when the
     * listeners have seen it, so that what they keep may not meet them yet.
     */
    void restore(JudgedNetwork network) {
        copy(network.parameters(), parameters, false);
        copy(network.updaterState(), updaterState, false);
        if (network instanceof Network constrained) {
            constrained.model().applyConstraints(constrained.iteration(), constrained.epoch());
        }
    }

    /**
     * @param live the network's arrays
     * @param kept their values, one array behind the other
     * @param keep whether the values go from the network to the copy, or back
     */
    private static void copy(List<INDArray> live, INDArray kept, boolean keep) {
        long from = 0;
        for (INDArray array : live) {
            INDArray part = kept.reshape(kept.length()).get(NDArrayIndex.interval(from, from + array.length()));
            INDArray shaped = array.rank() < 2 ? part : part.reshape('c', array.shape());
            if (keep) {
                shaped.assign(array);
            } else {
                array.assign(shaped);
            }
            from += array.length();
        }
    }
}
