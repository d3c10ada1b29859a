package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small networks and data that the tests of this package share. */
final class Networks {

    private Networks() {}

    static NeuralNetConfiguration.Builder base(IUpdater updater) {
        return new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(updater)
                .dataType(DataType.FLOAT)
                .weightInit(WeightInit.RELU)
                .activation(Activation.RELU);
    }

    /** 4 inputs, 8 hidden units, 3 classes. */
    static MultiLayerNetwork classifier(NeuralNetConfiguration.Builder base) {
        MultiLayerNetwork network = new MultiLayerNetwork(base.list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(8).build())
                .layer(softmax(8).build())
                .build());
        network.init();
        return network;
    }

    /** The same as a graph, with the layers named {@code hidden} and {@code out}. */
    static ComputationGraph graphClassifier(NeuralNetConfiguration.Builder base) {
        ComputationGraph graph = new ComputationGraph(base.graphBuilder()
                .addInputs("in")
                .addLayer("hidden", new DenseLayer.Builder().nIn(4).nOut(8).build(), "in")
                .addLayer("out", softmax(8).build(), "hidden")
                .setOutputs("out")
                .build());
        graph.init();
        return graph;
    }

    /** 4 inputs, a layer of hidden units, targets by the mean squared error; not initialised. */
    static MultiLayerNetwork regression(NeuralNetConfiguration.Builder base, int hidden, int targets) {
        return new MultiLayerNetwork(base.list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(hidden).build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(hidden)
                        .nOut(targets)
                        .build())
                .build());
    }

    /** A recurrent layer and one target at each step; a sequence makes an update for each so many steps. Not initialised. */
    static MultiLayerNetwork truncated(NeuralNetConfiguration.Builder base, int inputs, int hidden, int steps) {
        return new MultiLayerNetwork(base.list()
                .layer(new SimpleRnn.Builder()
                        .nIn(inputs)
                        .nOut(hidden)
                        .activation(Activation.TANH)
                        .build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(hidden)
                        .nOut(1)
                        .build())
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(steps)
                .build());
    }

    static OutputLayer.Builder softmax(int inputs) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nIn(inputs)
                .nOut(3);
    }

    /** Rows of 4 features with one of 3 classes, partly learnable. */
    static DataSet classes(int rows, long seed) {
        return classes(rows, seed, 1);
    }

    /** The same, but far apart: a classifier fits them in some dozens of iterations. */
    static DataSet separableClasses(int rows, long seed) {
        return classes(rows, seed, 4);
    }

    private static DataSet classes(int rows, long seed, double distance) {
        return clusters(rows, seed, 4, 3, 3, distance);
    }

    /** Rows in clusters, each of which lies along an axis of its own; a class has several, if there are fewer classes than clusters. */
    static DataSet clusters(int rows, long seed, int columns, int clusters, int classes, double distance) {
        Random random = new Random(seed);
        INDArray features = Nd4j.create(DataType.FLOAT, rows, columns);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, rows, classes);
        for (int row = 0; row < rows; row++) {
            int cluster = random.nextInt(clusters);
            for (int column = 0; column < columns; column++) {
                features.putScalar(row, column, random.nextGaussian() + (column == cluster ? distance : 0));
            }
            labels.putScalar(row, cluster % classes, 1);
        }
        return new DataSet(features, labels);
    }

    /** The coefficient of the first weights; 0 if they have none. */
    static double coefficient(Model network, Penalty penalty) {
        return PenalisedParameters.of(Network.of(network), Participants.WEIGHTS)
                .get(0)
                .coefficient(penalty, 0, 0)
                .orElse(0);
    }

    /** Trains a network of either kind on the same batch over and over. */
    static void fit(Model model, DataSet batch, int iterations) {
        for (int i = 0; i < iterations; i++) {
            if (model instanceof MultiLayerNetwork network) {
                network.fit(batch);
            } else {
                ((ComputationGraph) model).fit(batch);
            }
        }
    }
}
