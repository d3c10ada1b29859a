package io.github.autol2.examples.training;

import java.util.Random;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Mini-batches without end: each epoch passes over all rows once, in a new order; its last batch may be smaller. */
final class Batches {

    private final DataSet data;
    private final int batchSize;
    private final Random random;
    private final int[] order;
    private int next;

    /**
     * @param seed of the orders
     */
    Batches(DataSet data, int batchSize, long seed) {
        this.data = data;
        this.batchSize = batchSize;
        this.random = new Random(seed);
        this.order = new int[data.numExamples()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
    }

    DataSet next() {
        if (next == 0) {
            shuffle();
        }
        int size = Math.min(batchSize, order.length - next);
        int[] rows = new int[size];
        System.arraycopy(order, next, rows, 0, size);
        next = next + size == order.length ? 0 : next + size;
        return new DataSet(Nd4j.pullRows(data.getFeatures(), 1, rows), Nd4j.pullRows(data.getLabels(), 1, rows));
    }

    private void shuffle() {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }
}
