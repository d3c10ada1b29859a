package io.github.autol2.program.training;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Measures a network on all examples, some hundred at a time. */
final class Evaluator {

    private static final int MOST_ROWS = 500;

    private final DataSplit data;
    private final Part[] training;
    private final Part[] validation;
    private final Part[] test;

    /**
     * @param rowsAtATime at least 1; changes nothing but memory, speed and rounding
     */
    Evaluator(DataSplit data, int rowsAtATime) {
        this.data = data;
        this.training = parts(data.training(), rowsAtATime);
        this.validation = parts(data.validation(), rowsAtATime);
        this.test = parts(data.test(), rowsAtATime);
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
        double loss = 0;
        for (Part part : training) {
            loss += (network.score(part.data) - penalty) * part.labels.length;
        }
        return new CurvePoint(
                step,
                lambda,
                network.learningRate(),
                loss / data.training().numExamples(),
                penalty,
                1 - accuracy(network, training),
                accuracy(network, validation),
                accuracy(network, test));
    }

    private static double accuracy(Network network, Part[] parts) {
        int right = 0;
        int all = 0;
        for (Part part : parts) {
            int[] predicted = network.output(part.data.getFeatures()).argMax(1).toIntVector();
            for (int i = 0; i < predicted.length; i++) {
                right += predicted[i] == part.labels[i] ? 1 : 0;
            }
            all += predicted.length;
        }
        return (double) right / all;
    }

    private static Part[] parts(DataSet data, int rowsAtATime) {
        return data.batchBy(rowsAtATime).stream().map(Part::new).toArray(Part[]::new);
    }

    /** Some rows and the numbers of their classes. */
    private static final class Part {
        private final DataSet data;
        private final int[] labels;

        private Part(DataSet data) {
            this.data = data;
            INDArray classes = data.getLabels().argMax(1);
            this.labels = classes.toIntVector();
        }
    }
}
