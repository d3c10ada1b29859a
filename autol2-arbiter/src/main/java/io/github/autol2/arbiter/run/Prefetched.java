package io.github.autol2.arbiter.run;

import java.util.function.Function;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.AsyncMultiDataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * Batches that another thread reads ahead, as Deeplearning4j does it by itself. But its thread waits for ever when an exception ends the
 * training, and each candidate that is given up or fails would leave one; here it ends with the training.
 */
final class Prefetched {

    /** Batches that wait for the training; as in Deeplearning4j with one device. */
    private static final int WAITING = 2;

    private Prefetched() {}

    /** Trains with batches for a MultiLayerNetwork. */
    static <T> T with(DataSetIterator batches, Function<DataSetIterator, T> training) {
        if (!batches.asyncSupported()) {
            return training.apply(batches);
        }
        AsyncDataSetIterator ahead = new AsyncDataSetIterator(batches, WAITING, true);
        try {
            return training.apply(ahead);
        } finally {
            ahead.shutdown();
        }
    }

    /** Trains with batches for a ComputationGraph. */
    static <T> T with(MultiDataSetIterator batches, Function<MultiDataSetIterator, T> training) {
        if (!batches.asyncSupported()) {
            return training.apply(batches);
        }
        AsyncMultiDataSetIterator ahead = new AsyncMultiDataSetIterator(batches, WAITING, true);
        try {
            return training.apply(ahead);
        } finally {
            ahead.shutdown();
        }
    }
}
