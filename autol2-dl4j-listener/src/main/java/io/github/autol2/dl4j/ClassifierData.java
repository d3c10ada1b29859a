package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** A user's iterator over training or validation data, as the calibrator needs it: labelled with classes, and without an end. */
final class ClassifierData {

    private final String name;
    private final DataSetIterator iterator;
    private double chance = Double.NaN;
    private int count;

    /**
     * @param name for messages
     */
    ClassifierData(String name, DataSetIterator iterator) {
        this.name = name;
        this.iterator = iterator;
        if (iterator == null || !iterator.resetSupported()) {
            throw new IllegalArgumentException(
                    "the " + name + " data must come from an iterator that can be reset, got "
                            + (iterator == null ? "null" : iterator.getClass().getSimpleName()));
        }
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
