package io.github.autol2.program.training;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.data.Portions;
import io.github.autol2.program.data.Target;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Measures a network on all examples, some hundred at a time. */
final class Evaluator {

    private static final int MOST_ROWS = 500;

    private final DataSplit data;
    private final List<DataSet> training;
    private final List<DataSet> validation;
    private final List<DataSet> test;
    private final long trainingFrom; // step

    /**
     * @param rowsAtATime at least 1; changes nothing but memory, speed and rounding
     */
    Evaluator(DataSplit data, int rowsAtATime) {
        this(
                data,
                Portions.of(data.training(), rowsAtATime),
                Portions.of(data.validation(), rowsAtATime),
                Portions.of(data.test(), rowsAtATime),
                0);
    }

    private Evaluator(
            DataSplit data, List<DataSet> training, List<DataSet> validation, List<DataSet> test, long trainingFrom) {
        this.data = data;
        this.training = training;
        this.validation = validation;
        this.test = test;
        this.trainingFrom = trainingFrom;
    }

    /** Returns one that measures training examples from this step on only: before it, loss and figures of these are NaN. */
    Evaluator withTrainingFrom(long step) {
        return new Evaluator(data, training, validation, test, step);
    }

    /** Some hundred; a batch of the training at the most for networks of which that many would not fit into memory. */
    static int rowsAtATime(RunSettings settings) {
        return switch (settings.model().kind()) {
            case MLP, CNN, FILE -> MOST_ROWS;
            case PAPER_CNN, WRN -> Math.min(MOST_ROWS, settings.train().batchSize());
        };
    }

    CurvePoint evaluate(Network network, long step, double lambda) {
        double penalty = network.penalty();
        List<DataSet> measured = step < trainingFrom ? List.of() : training;
        double loss = measured.isEmpty() ? Double.NaN : 0;
        for (DataSet part : measured) {
            loss += (network.score(part) - penalty) * part.numExamples();
        }
        return new CurvePoint(
                step,
                lambda,
                network.learningRate(),
                loss / data.training().numExamples(),
                penalty,
                figures(network, measured),
                figures(network, validation),
                figures(network, test));
    }

    private Figures figures(Network network, List<DataSet> parts) {
        Counting counting =
                data.target() instanceof Target.Quantity quantity ? new Errors(quantity) : new Hits(data.classes());
        for (DataSet part : parts) {
            counting.add(part.getLabels(), network.output(part.getFeatures()));
        }
        return counting.figures();
    }

    /** Goes through examples. */
    private interface Counting {

        /** Counts the labels and outputs of some rows. */
        void add(INDArray labels, INDArray outputs);

        Figures figures();
    }

    /** Counts the right answers of each class. */
    private static final class Hits implements Counting {
        private final int[] right;
        private final int[] all;
        private final boolean weighted;
        private boolean finite = true;

        private Hits(Target.Classes classes) {
            right = new int[classes.outputs()];
            all = new int[classes.outputs()];
            weighted = classes.weighted();
        }

        @Override
        public void add(INDArray labels, INDArray outputs) {
            int[] actual = labels.argMax(1).toIntVector();
            int[] predicted = outputs.argMax(1).toIntVector(); // 0 for NaN
            finite &= isFinite(outputs);
            for (int i = 0; i < actual.length; i++) {
                all[actual[i]]++;
                right[actual[i]] += predicted[i] == actual[i] ? 1 : 0;
            }
        }

        private static boolean isFinite(INDArray outputs) {
            for (float output : outputs.dup('c').data().asFloat()) {
                if (!Float.isFinite(output)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Figures figures() {
            if (!finite) {
                return new Figures.OfClasses(Double.NaN, Double.NaN, weighted);
            }
            int hits = 0;
            int examples = 0;
            double recalls = 0;
            int present = 0;
            for (int i = 0; i < all.length; i++) {
                hits += right[i];
                examples += all[i];
                if (all[i] > 0) {
                    recalls += (double) right[i] / all[i];
                    present++;
                }
            }
            return new Figures.OfClasses((double) hits / examples, recalls / present, weighted);
        }
    }

    /** Adds up squared errors, and deviations from the mean by Welford's method, which large numbers do not spoil. */
    private static final class Errors implements Counting {
        private final Target.Quantity quantity;
        private long count;
        private double mean;
        private double deviations;
        private double errors;

        private Errors(Target.Quantity quantity) {
            this.quantity = quantity;
        }

        @Override
        public void add(INDArray labels, INDArray outputs) {
            float[] actual = labels.dup('c').data().asFloat();
            float[] predicted = outputs.dup('c').data().asFloat();
            for (int i = 0; i < actual.length; i++) {
                count++;
                double above = actual[i] - mean;
                mean += above / count;
                deviations += above * (actual[i] - mean);
                double error = (double) predicted[i] - actual[i];
                errors += error * error;
            }
        }

        @Override
        public Figures figures() {
            return Double.isFinite(errors)
                    ? new Figures.OfQuantity(1 - errors / deviations, quantity.deviation() * Math.sqrt(errors / count))
                    : new Figures.OfQuantity(Double.NaN, Double.NaN);
        }
    }
}
