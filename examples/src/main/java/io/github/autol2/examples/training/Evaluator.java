package io.github.autol2.examples.training;

import io.github.autol2.examples.data.DataSplit;
import io.github.autol2.examples.model.TrainableNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Measures a network on all examples, some hundred at a time. */
final class Evaluator {

    private static final int ROWS_AT_A_TIME = 500;

    private final DataSplit data;
    private final Part[] training;
    private final Part[] validation;
    private final Part[] test;

    Evaluator(DataSplit data) {
        this.data = data;
        this.training = parts(data.training());
        this.validation = parts(data.validation());
        this.test = parts(data.test());
    }

    CurvePoint evaluate(TrainableNetwork network, long step, double lambda) {
        double penalty = network.penalty();
        double loss = 0;
        for (Part part : training) {
            loss += (network.score(part.data) - penalty) * part.labels.length;
        }
        return new CurvePoint(step, lambda, network.learningRate(), loss / data.training().numExamples(), penalty,
                1 - accuracy(network, training), accuracy(network, validation), accuracy(network, test));
    }

    private static double accuracy(TrainableNetwork network, Part[] parts) {
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

    private static Part[] parts(DataSet data) {
        return data.batchBy(ROWS_AT_A_TIME).stream().map(Part::new).toArray(Part[]::new);
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
