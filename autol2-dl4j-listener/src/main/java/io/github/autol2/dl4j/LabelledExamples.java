package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import org.nd4j.evaluation.IEvaluation;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * A user's iterator over training or validation data, as the calibrator needs it: with labels to judge networks by, and without an end. Where
 * each example has one class, networks are judged by their accuracy. Elsewhere it is R2, the explained variance: 1 - (squared errors) / (squared
 * deviations of the labels from the means of their columns), over all columns together; a network that does worse than the means counts as 0.
 */
final class LabelledExamples {

    private final String name;
    private final DataSetIterator iterator;
    private boolean classes = true;
    private double chance = Double.NaN;
    private int count;

    /**
     * @param name for messages
     */
    LabelledExamples(String name, DataSetIterator iterator) {
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

    /**
     * An iterator has one position: evaluations would take training back to its first batches.
     *
     * @throws IllegalArgumentException if both are the same one
     */
    static void requireTwo(DataSetIterator training, DataSetIterator validation) {
        if (training == validation) {
            throw new IllegalArgumentException(
                    "training and validation data must come from an iterator each, got the same one");
        }
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

    /**
     * Counts one pass.
     *
     * @param network that trains
     * @param budget  of the training, in iterations
     * @param before  is called before each batch; what it throws ends the count
     * @throws IllegalArgumentException if it has no batch, or is longer than the budget
     */
    TrainingPass pass(Network network, long budget, Runnable before) {
        requireBatch();
        return TrainingPass.of(network, iterator, budget, before);
    }

    /**
     * Begins a pass.
     *
     * @throws IllegalArgumentException if it has no batch
     */
    void requireBatch() {
        iterator.reset();
        if (!iterator.hasNext()) {
            throw new IllegalArgumentException("the " + name + " data must hold at least one batch, got none");
        }
    }

    /** Trains a network on the next batch; a new pass begins when one is over, and the network counts it. */
    void fitNext(Network network) {
        network.fit(next(network));
    }

    /** The batch that a network is to be trained on next; a new pass begins when one is over, and the network counts it. */
    DataSet next(Network network) {
        if (!iterator.hasNext()) {
            iterator.reset();
            network.countEpoch();
        }
        return iterator.next();
    }

    /**
     * Goes to the batch behind the first ones of an endless series of passes.
     *
     * @param batches that are passed over, at least 0
     */
    void skipTo(long batches) {
        iterator.reset();
        for (long i = 0; i < batches; i++) {
            if (!iterator.hasNext()) {
                iterator.reset();
            }
            iterator.next();
        }
    }

    /**
     * Looks at all labels once.
     *
     * @param network that is to be judged, not trained yet
     * @throws IllegalArgumentException if its outputs cannot be compared with them, or if they are all alike
     */
    void look(Network network) {
        Labels labels = new Labels(ClassAxis.of(network));
        boolean first = true;
        iterator.reset();
        while (iterator.hasNext()) {
            DataSet batch = iterator.next();
            if (first) {
                requireShape(batch.getLabels(), network.output(batch));
                first = false;
            }
            labels.add(batch);
        }
        boolean probabilities = TrainingError.takesProbabilities(network);
        labels.requireTwoClasses(name, probabilities);
        classes = labels.areClasses(probabilities);
        if (classes) {
            count = labels.count();
            chance = labels.chance();
        } else {
            lookAtTargets(network);
        }
    }

    /** Deeplearning4j compares some other shapes, and what it says then means nothing. */
    private void requireShape(INDArray labels, INDArray output) {
        if (!Arrays.equals(labels.shape(), output.shape())) {
            throw new IllegalArgumentException(
                    "the " + name + " data must have labels of the shape of the network's outputs, "
                            + Arrays.toString(output.shape()) + ", got " + Arrays.toString(labels.shape()));
        }
    }

    private void lookAtTargets(Network network) {
        if (TrainingError.takesProbabilities(network)) {
            throw new IllegalArgumentException("the " + name
                    + " data must have labels of one class for each example (one-hot), because the network's output is a softmax: "
                    + "targets of a regression or several classes at once do not go");
        }
        RegressionEvaluation targets = new RegressionEvaluation();
        count = 0;
        iterator.reset();
        while (iterator.hasNext()) {
            DataSet batch = iterator.next();
            add(targets, ClassAxis.of(network), batch, batch.getLabels());
            count += batch.numExamples();
        }
        if (!(deviations(targets) > 0)) {
            throw new IllegalArgumentException(
                    "the " + name + " data must hold targets that differ from example to example and are finite, got "
                            + count + " examples without that");
        }
        chance = 0;
    }

    /** Whether accuracy judges, known after {@link #look}; otherwise R2 does. */
    boolean classify() {
        return classes;
    }

    /** What a network has that has learned nothing, known after {@link #look}: the share of the most frequent class, or 0. */
    double chance() {
        return chance;
    }

    /** The number of examples, known after {@link #look}. */
    int count() {
        return count;
    }

    /** Accuracy or R2, in [0, 1]; NaN if the network gives no numbers. */
    double performance(Network network) {
        return performance(network, classes, batch -> true);
    }

    /**
     * @param classify whether by accuracy
     * @param judged   whether a batch counts, by its number in the pass, from 0
     */
    double performance(Network network, boolean classify, LongPredicate judged) {
        ClassAxis axis = ClassAxis.of(network);
        Evaluation classification = new Evaluation();
        RegressionEvaluation regression = new RegressionEvaluation();
        iterator.reset();
        for (long number = 0; iterator.hasNext(); number++) {
            DataSet batch = iterator.next();
            if (!judged.test(number)) {
                continue;
            }
            INDArray output = network.output(batch);
            if (!Double.isFinite(output.sumNumber().doubleValue())) {
                return Double.NaN;
            }
            add(classify ? classification : regression, axis, batch, output);
        }
        if (classify) {
            return classification.accuracy();
        }
        double errors = regression.getSumSquaredErrorsPerColumn().sumNumber().doubleValue();
        return Math.max(0, 1 - errors / deviations(regression));
    }

    private static void add(IEvaluation<?> evaluation, ClassAxis axis, DataSet batch, INDArray output) {
        boolean doubles = evaluation instanceof RegressionEvaluation; // squares of large numbers keep their digits
        INDArray labels = axis.toSecond(batch.getLabels());
        INDArray outputs = axis.toSecond(output);
        evaluation.eval(
                doubles ? labels.castTo(DataType.DOUBLE) : labels,
                doubles ? outputs.castTo(DataType.DOUBLE) : outputs,
                batch.getLabelsMaskArray());
    }

    /** The sum of the squared deviations of the labels from the means of their columns. */
    private static double deviations(RegressionEvaluation evaluation) {
        INDArray sums = evaluation.getLabelsSumPerColumn();
        INDArray squares = evaluation.getSumSquaredLabels();
        INDArray counts = evaluation.getExampleCountPerColumn();
        double deviations = 0;
        for (long i = 0; i < counts.length(); i++) {
            double count = counts.getDouble(i);
            deviations += count == 0 ? 0 : squares.getDouble(i) - sums.getDouble(i) * sums.getDouble(i) / count;
        }
        return deviations;
    }
}
