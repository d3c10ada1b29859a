package io.github.autol2.dl4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class HomogeneityTest {

    private static final double ROUNDING = 1e-12;

    private final INDArray features =
            Nd4j.create(new Random(5).doubles(18, -1, 1).toArray(), new long[] {6, 3}, 'c');

    private static NeuralNetConfiguration.ListBuilder layers() {
        return new NeuralNetConfiguration.Builder()
                .seed(7)
                .weightInit(WeightInit.NORMAL)
                .list();
    }

    private static MultiLayerNetwork network(int depth, Activation activation, double bias) {
        NeuralNetConfiguration.ListBuilder layers = layers();
        for (int i = 1; i < depth; i++) {
            layers.layer(new DenseLayer.Builder()
                    .nIn(i == 1 ? 3 : 8)
                    .nOut(8)
                    .activation(activation)
                    .biasInit(bias)
                    .build());
        }
        layers.layer(new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(depth == 1 ? 3 : 8)
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .build());
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        return network;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void isTheNumberOfLayersWithReluAndWithoutBiases(int depth) {
        Homogeneity homogeneity = Homogeneity.of(network(depth, Activation.RELU, 0), Output.LOGITS, features);

        assertThat(homogeneity.k()).isCloseTo(depth, within(ROUNDING));
        assertThat(homogeneity.isWithin(ROUNDING)).isTrue();
    }

    @Test
    void isBrokenByBiasesByOtherActivationsAndByASoftmax() {
        assertThat(Homogeneity.of(network(3, Activation.RELU, 0.5), Output.LOGITS, features)
                        .isWithin(1e-3))
                .isFalse();
        assertThat(Homogeneity.of(network(2, Activation.TANH, 0), Output.LOGITS, features)
                        .isWithin(1e-3))
                .isFalse();
        assertThat(Homogeneity.of(network(2, Activation.RELU, 0), Output.ACTIVATIONS, features)
                        .isWithin(1e-3))
                .isFalse();
    }

    /** Up to the small number that keeps Deeplearning4j's normalisation from dividing by 0. */
    @Test
    void isZeroForANormalisedNetwork() {
        MultiLayerNetwork network = new MultiLayerNetwork(layers().layer(new DenseLayer.Builder()
                        .nIn(3)
                        .nOut(4)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new BatchNormalization.Builder()
                        .nIn(4)
                        .nOut(4)
                        .lockGammaBeta(true)
                        .build())
                .layer(new LossLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
        network.init();

        Homogeneity homogeneity = Homogeneity.of(network, Output.ACTIVATIONS, features);

        assertThat(homogeneity.k()).isCloseTo(0, within(1e-3));
        assertThat(homogeneity.isWithin(1e-3)).isTrue();
    }

    @Test
    void leavesTheNetworkAlone() {
        MultiLayerNetwork network = network(2, Activation.RELU, 0);
        INDArray before = network.params().dup();

        Homogeneity.of(network, Output.LOGITS, features);

        assertThat(network.params()).isEqualTo(before);
    }

    @Test
    void refusesOutputsThatTellNothing() {
        MultiLayerNetwork network = network(2, Activation.RELU, 0);

        assertThatThrownBy(() -> Homogeneity.of(network, Output.LOGITS, Nd4j.zeros(DataType.FLOAT, 2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the outputs must be finite and not all 0 to tell their degree, got the norm 0.0");
    }
}
