package io.github.autol2.program.training;

import io.github.autol2.program.data.Augmentation;
import io.github.autol2.program.data.Augmenter;
import io.github.autol2.program.data.DataSplit;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Mini-batches of training examples: each epoch passes over all rows once, in a new order; its last batch may be smaller. Augmented ones
 * are copies; those of the second epoch differ from those of the first.
 */
final class Batches implements DataSetIterator {

    private static final long serialVersionUID = 1;

    private final transient DataSet data;
    private final transient Augmenter augmenter;
    private final int batchSize;
    private final Random random;
    private final int[] order;
    private int next;

    /**
     * @param augmenter changes each batch
     * @param seed      of the orders
     */
    Batches(DataSet data, int batchSize, Augmenter augmenter, long seed) {
        this.data = data;
        this.augmenter = augmenter;
        this.batchSize = batchSize;
        this.random = new Random(seed);
        this.order = new int[data.numExamples()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        reset();
    }

    /** The training examples as the settings want them; the seed decides order and augmentation. */
    static Batches of(DataSplit data, int batchSize, Set<Augmentation> augment, long seed) {
        return new Batches(data.training(), batchSize, new Augmenter(augment, data.shape(), seed), seed);
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
        INDArray features = Nd4j.pullRows(data.getFeatures(), 1, rows, 'c');
        INDArray labels = Nd4j.pullRows(data.getLabels(), 1, rows, 'c');
        return augmenter.isIdle() ? new DataSet(features, labels) : augmented(features, labels);
    }

    /** Passes over the next batch; what comes after it is the same as if it had been asked for. */
    void skip() {
        if (!augmenter.isIdle()) {
            next();
        } else if (hasNext()) {
            next = Math.min(order.length, next + batchSize);
        } else {
            throw new NoSuchElementException("the epoch is over: reset() begins a new one");
        }
    }

    private DataSet augmented(INDArray features, INDArray labels) {
        float[] inputs = features.data().asFloat();
        float[] outputs = labels.data().asFloat();
        augmenter.apply(inputs, outputs, (int) features.size(0));
        return new DataSet(Nd4j.create(inputs, features.shape(), 'c'), Nd4j.create(outputs, labels.shape(), 'c'));
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
        return !augmenter.isIdle(); // otherwise the rows are in memory as they are
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
