package io.github.autol2.research.harm;

import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;

/** Batches of some examples, in a new order in each epoch. */
final class HarmBatches {

    private static final int TELL_EVERY = 100; // iterations

    private final DataSet examples;
    private final int size;
    private final Random order;
    private List<DataSet> batches = List.of();
    private int next;

    HarmBatches(DataSet examples, int size, long seed) {
        this.examples = examples;
        this.size = size;
        this.order = new Random(seed);
    }

    /**
     * Trains a network.
     *
     * @param done is told the finished iterations
     */
    void fit(MultiLayerNetwork network, int iterations, LongConsumer done) {
        for (int i = 1; i <= iterations; i++) {
            network.fit(batch());
            if (i % TELL_EVERY == 0) {
                done.accept(i);
            }
        }
    }

    private DataSet batch() {
        if (next == batches.size()) {
            DataSet shuffled = examples.copy();
            shuffled.shuffle(order.nextLong());
            batches = shuffled.batchBy(size);
            next = 0;
        }
        return batches.get(next++);
    }
}
