package io.github.autol2.research.theory;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/**
 * The network of Figure 5c (arXiv:2006.08643v2): {@code f = width^-1/2 sum_i v_i act(w_i . x)} with all weights drawn from N(0, 1), no
 * biases, trained by SGD on the sum over the samples of {@code (f - y)^2 / 2} with L2. Inputs carry their 1/sqrt(d) already. Double
 * precision.
 *
 * @param width      of the hidden layer, at least 1
 * @param activation ReLU or identity; both make k = 2
 * @param eta        learning rate
 * @param lambda     coefficient of the penalty
 */
record TwoLayerNetwork(int width, Activation activation, double eta, double lambda) {

    static final double DEGREE = 2;

    MultiLayerNetwork build(int inputs, long seed) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(DataType.DOUBLE)
                .miniBatch(false) // the sum over the samples, not their mean
                .updater(new Sgd(eta))
                .l2(lambda)
                .weightInit(new NormalDistribution(0, 1))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(inputs)
                        .nOut(width)
                        .activation(activation)
                        .hasBias(false)
                        .build())
                .layer(new OutputLayer.Builder(new LossL2(Nd4j.createFromArray(new double[][] {{0.5}})))
                        .nIn(width)
                        .nOut(1)
                        .hasBias(false)
                        .activation(new ScaledIdentity(1 / Math.sqrt(width)))
                        .build())
                .build());
        network.init();
        return network;
    }
}
