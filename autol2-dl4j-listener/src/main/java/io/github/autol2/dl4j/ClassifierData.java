package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import java.util.function.LongFunction;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.ops.transforms.Transforms;

/** A user's iterator over training or validation data, as the calibrator needs it: labelled with classes, and without an end. */
final class ClassifierData {

    private static final double TOLERANCE = 1e-3;

    private final String name;
    private final DataSetIterator iterator;
    private double chance = Double.NaN;
    private int count;

    /**
     * @param name for messages
     */
    ClassifierData(String name, DataSetIterator iterator) {
        this.name = name;
        this.iterator = requireReset(name, iterator);
    }

    private static DataSetIterator requireReset(String name, DataSetIterator iterator) {
        if (iterator == null || !iterator.resetSupported()) {
            throw new IllegalArgumentException(
                    "the " + name + " data must come from an iterator that can be reset, got "
                            + (iterator == null ? "null" : iterator.getClass().getSimpleName()));
        }
        return iterator;
    }

    /** One iterator over training data for all runs: each begins a new pass. */
    static LongFunction<DataSetIterator> fromTheStart(DataSetIterator iterator) {
        requireReset("training", iterator);
        return seed -> {
            iterator.reset();
            return iterator;
        };
    }

    void reset() {
        iterator.reset();
    }

    /** The number of batches in one pass, at least 1. */
    long batches() {
        iterator.reset();
        long batches = 0;
        while (iterator.hasNext()) {
            iterator.next();
            batches++;
        }
        if (batches == 0) {
            throw new IllegalArgumentException("the " + name + " data must hold at least one batch, got none");
        }
        return batches;
    }

    /** The next batch; a new pass begins when one is over. */
    DataSet nextBatch() {
        if (!iterator.hasNext()) {
            iterator.reset();
        }
        return iterator.next();
    }

    /** Looks at all labels once. */
    void requireClasses() {
        Evaluation labels = new Evaluation();
        iterator.reset();
        while (iterator.hasNext()) {
            DataSet batch = iterator.next();
            requireOneClassEach(batch);
            labels.eval(batch.getLabels(), batch.getLabels(), batch.getLabelsMaskArray());
        }
        count = labels.getNumRowCounter();
        int classes = 0;
        int largest = 0;
        if (count > 0) {
            for (int label : labels.getConfusionMatrix().getClasses()) {
                int actual = labels.getConfusionMatrix().getActualTotal(label);
                classes += actual > 0 ? 1 : 0;
                largest = Math.max(largest, actual);
            }
        }
        if (classes < 2) {
            throw new IllegalArgumentException(
                    "the " + name + " data must hold examples of at least 2 classes, got " + classes);
        }
        chance = (double) largest / count;
    }

    /**
     * Refuses targets of a regression and several classes at once: their largest entry tells nothing.
     *
     * @throws IllegalArgumentException if the labels of an example are not probabilities of classes; where a mask may leave out an
     *                                  example, they may also be 0
     */
    private void requireOneClassEach(DataSet batch) {
        INDArray labels = batch.getLabels();
        boolean oneColumn = labels.rank() < 2 || labels.size(1) == 1;
        boolean between0And1 =
                labels.minNumber().doubleValue() >= 0 && labels.maxNumber().doubleValue() <= 1;
        INDArray sums = oneColumn ? labels : labels.sum(1);
        INDArray near0 = Transforms.abs(sums).lt(TOLERANCE);
        INDArray near1 = Transforms.abs(sums.sub(1)).lt(TOLERANCE);
        boolean zeroAllowed = oneColumn || batch.getLabelsMaskArray() != null;
        if (!between0And1 || !(zeroAllowed ? Transforms.or(near0, near1) : near1).all()) {
            throw new IllegalArgumentException("the " + name
                    + " data must have labels of one class for each example (one-hot), because accuracy decides: "
                    + "targets of a regression or several classes at once do not go");
        }
    }

    /** The share of the most frequent class, known after {@link #requireClasses}. */
    double chance() {
        return chance;
    }

    /** The number of examples, known after {@link #requireClasses}. */
    int count() {
        return count;
    }

    /** The fraction classified rightly; NaN if the network gives no numbers. */
    double accuracy(Network network) {
        return accuracy(network, Integer.MAX_VALUE);
    }

    /**
     * @param examples judge no further batch after as many
     */
    double accuracy(Network network, int examples) {
        Evaluation evaluation = new Evaluation();
        iterator.reset();
        while (iterator.hasNext() && evaluation.getNumRowCounter() < examples) {
            DataSet batch = iterator.next();
            INDArray output = network.output(batch);
            if (!Double.isFinite(output.sumNumber().doubleValue())) {
                return Double.NaN;
            }
            evaluation.eval(batch.getLabels(), output, batch.getLabelsMaskArray());
        }
        return evaluation.accuracy();
    }
}
