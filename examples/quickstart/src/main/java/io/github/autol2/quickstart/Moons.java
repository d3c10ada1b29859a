package io.github.autol2.quickstart;

import java.util.Random;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Stands for your own data and network: two noisy half moons, and a small classifier. */
final class Moons {

    /** Batches of 32 in the training data. */
    static final int BATCHES_PER_EPOCH = 4;

    private Moons() {}

    static DataSetIterator training() {
        return new ListDataSetIterator<>(rows(128, 1).asList(), 32);
    }

    static DataSetIterator validation() {
        return new ListDataSetIterator<>(rows(500, 2).asList(), 500);
    }

    /** Points [rows, 2] and their classes [rows, 2], one-hot. */
    static DataSet rows(int count, long seed) {
        Random random = new Random(seed);
        INDArray points = Nd4j.zeros(count, 2);
        INDArray classes = Nd4j.zeros(count, 2);
        for (int row = 0; row < count; row++) {
            double angle = Math.PI * random.nextDouble();
            int moon = row % 2;
            points.putScalar(row, 0, (moon == 0 ? Math.cos(angle) : 1 - Math.cos(angle)) + 0.3 * random.nextGaussian());
            points.putScalar(
                    row, 1, (moon == 0 ? Math.sin(angle) : 0.5 - Math.sin(angle)) + 0.3 * random.nextGaussian());
            classes.putScalar(row, moon, 1);
        }
        return new DataSet(points, classes);
    }

    static MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Nesterovs(0.1, 0.9))
                .activation(Activation.RELU)
                .list()
                .layer(new DenseLayer.Builder().nIn(2).nOut(32).build())
                .layer(new DenseLayer.Builder().nIn(32).nOut(32).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(32)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        return network;
    }

    /** Two layers without biases, for one number, trained by plain SGD: what the theory is about. */
    static MultiLayerNetwork wideNetwork(double eta, double lambda) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(eta))
                .l2(lambda)
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(2)
                        .nOut(4096)
                        .activation(Activation.RELU)
                        .hasBias(false)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(4096)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .hasBias(false)
                        .build())
                .build());
        network.init();
        return network;
    }
}
