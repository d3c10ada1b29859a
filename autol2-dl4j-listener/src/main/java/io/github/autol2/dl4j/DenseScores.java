package io.github.autol2.dl4j;

import java.util.Arrays;
import org.deeplearning4j.nn.layers.OutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a dense output layer puts into its softmax, {@code x W + b}, computed in Java in arrays that are used again: for small layers, in
 * the middle of a training step, faster than ND4J's operations, and without allocation. Not thread-safe.
 */
final class DenseScores {

    private double[] scores = {}; // [classes, minibatch] in C order
    private double[] column = {};
    private int rows;
    private int classes;

    /** Computes the scores of the layer's current input. */
    void compute(OutputLayer layer) {
        INDArray input = layer.input();
        INDArray weights = layer.getParam(DefaultParamInitializer.WEIGHT_KEY);
        rows = (int) input.size(0);
        classes = (int) weights.size(1);
        prepare(
                layer.hasBias()
                        ? layer.getParam(DefaultParamInitializer.BIAS_KEY).data()
                        : null);

        DataBuffer x = input.data();
        DataBuffer w = weights.data();
        for (int k = 0; k < weights.size(0); k++) {
            for (int row = 0; row < rows; row++) {
                column[row] = x.getDouble(row * input.stride(0) + k * input.stride(1));
            }
            for (int j = 0; j < classes; j++) {
                addTo(j * rows, w.getDouble(k * weights.stride(0) + j * weights.stride(1)));
            }
        }
    }

    /** The class with the largest score, the first of several. */
    int largest(int row) {
        int best = 0;
        for (int j = 1; j < classes; j++) {
            if (scores[j * rows + row] > scores[best * rows + row]) {
                best = j;
            }
        }
        return best;
    }

    private void prepare(DataBuffer biases) {
        if (scores.length < rows * classes) {
            scores = new double[rows * classes];
        }
        if (column.length < rows) {
            column = new double[rows];
        }
        for (int j = 0; j < classes; j++) {
            Arrays.fill(scores, j * rows, (j + 1) * rows, biases == null ? 0 : biases.getDouble(j));
        }
    }

    private void addTo(int from, double weight) {
        for (int row = 0; row < rows; row++) {
            scores[from + row] += column[row] * weight;
        }
    }
}
