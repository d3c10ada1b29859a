package io.github.autol2.examples.training;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Mini-batches: each epoch passes over all rows once, in a new order; its last batch may be smaller. */
final class Batches implements DataSetIterator {

    private static final long serialVersionUID = 1;

    private final transient DataSet data;
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
        reset();
    }

    @Override
    public boolean hasNext() {
        return next < order.length;
    }

    @Override
    public DataSet next() {
        return next(batchSize);
    }

    @Override
    public DataSet next(int rowsAtMost) {
        if (!hasNext()) {
            throw new NoSuchElementException("the epoch is over: reset() begins a new one");
        }
        int size = Math.min(rowsAtMost, order.length - next);
        int[] rows = new int[size];
        System.arraycopy(order, next, rows, 0, size);
        next += size;
        return new DataSet(Nd4j.pullRows(data.getFeatures(), 1, rows), Nd4j.pullRows(data.getLabels(), 1, rows));
    }

    /** The next batch of this epoch, or the first of a new one. */
    DataSet nextOfEndless() {
        if (!hasNext()) {
            reset();
        }
        return next();
    }

    /** Begins a new epoch. */
    @Override
    public void reset() {
        next = 0;
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    @Override
    public boolean asyncSupported() {
        return false; // the rows are in memory
    }

    @Override
    public int batch() {
        return batchSize;
    }

    @Override
    public int inputColumns() {
        return (int) data.getFeatures().size(1);
    }

    @Override
    public int totalOutcomes() {
        return (int) data.getLabels().size(1);
    }

    @Override
    public List<String> getLabels() {
        return List.of();
    }

    @Override
    public DataSetPreProcessor getPreProcessor() {
        return null;
    }

    @Override
    public void setPreProcessor(DataSetPreProcessor preProcessor) {
        throw new UnsupportedOperationException("the rows are ready for use");
    }
}
