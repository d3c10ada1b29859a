package io.github.autol2.dl4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.theory.KernelModel;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class TangentKernelTest {

    private static final int SAMPLES = 5;

    private final INDArray features =
            Nd4j.create(new Random(5).doubles(SAMPLES * 3, -1, 1).toArray(), new long[] {SAMPLES, 3}, 'c');

    private static NeuralNetConfiguration.ListBuilder hidden(DataType type, Activation activation, boolean biases) {
        return new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(type)
                .updater(new Adam(0.1))
                .l2(0.3)
                .weightInit(WeightInit.NORMAL)
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(3)
                        .nOut(4)
                        .activation(activation)
                        .hasBias(biases)
                        .biasInit(0.2)
                        .dropOut(0.5)
                        .build());
    }

    private static MultiLayerNetwork network(DataType type, Activation activation) {
        MultiLayerNetwork network = new MultiLayerNetwork(hidden(type, activation, true)
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(4)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        return network;
    }

    /** Central differences of the outputs themselves. */
    private double[][] jacobian(MultiLayerNetwork network, Output output) {
        double h = 1e-5;
        MultiLayerNetwork moved = PlainCopy.of(network, output);
        INDArray theta = moved.params().dup();
        double[][] jacobian = new double[SAMPLES * 2][(int) theta.length()];
        for (int i = 0; i < theta.length(); i++) {
            INDArray up = theta.dup();
            up.putScalar(i, theta.getDouble(i) + h);
            moved.setParams(up);
            INDArray above = moved.output(features);
            up.putScalar(i, theta.getDouble(i) - h);
            moved.setParams(up);
            INDArray difference = above.sub(moved.output(features));
            for (int row = 0; row < jacobian.length; row++) {
                jacobian[row][i] = difference.getDouble(row / 2, row % 2) / (2 * h);
            }
        }
        return jacobian;
    }

    @Test
    void isTheProductOfTheGradientsOfAllOutputs() {
        MultiLayerNetwork network = network(DataType.DOUBLE, Activation.TANH);
        for (Output output : Output.values()) {
            double[][] jacobian = jacobian(network, output);

            double[][] kernel = TangentKernel.of(network, output).matrix(features);

            for (int row = 0; row < kernel.length; row++) {
                for (int column = 0; column < kernel.length; column++) {
                    double product = 0;
                    for (int i = 0; i < jacobian[row].length; i++) {
                        product += jacobian[row][i] * jacobian[column][i];
                    }
                    assertThat(kernel[row][column])
                            .as("%s %d %d", output, row, column)
                            .isCloseTo(product, within(1e-8));
                    assertThat(kernel[row][column]).isEqualTo(kernel[column][row]);
                }
            }
        }
    }

    @Tag("slow")
    @Test
    void isTheSameInBlocksOfAnySize() {
        MultiLayerNetwork network = network(DataType.DOUBLE, Activation.TANH);
        double[][] whole = TangentKernel.of(network, Output.LOGITS).matrix(features);
        long gradient = Double.BYTES * network.numParams();
        for (long memory : new long[] {1, 6 * gradient, 7 * gradient + 3}) {
            TangentKernel kernel = TangentKernel.of(network, Output.LOGITS, memory);
            for (int row = 0; row < whole.length; row++) {
                assertThat(kernel.matrix(features)[row]).containsExactly(whole[row], offset(1e-13));
                assertThat(kernel.matrix(features, features)[row]).containsExactly(whole[row], offset(1e-13));
            }
        }
    }

    @Test
    void goesBetweenBatches() {
        TangentKernel kernel = TangentKernel.of(network(DataType.DOUBLE, Activation.TANH), Output.ACTIVATIONS);
        INDArray others = features.getRows(3, 1);

        double[][] cross = kernel.matrix(features, others);

        double[][] whole = kernel.matrix(features);
        assertThat(cross).hasDimensions(10, 4);
        for (int row = 0; row < 10; row++) {
            double[] expected = {whole[row][6], whole[row][7], whole[row][2], whole[row][3]};
            assertThat(cross[row]).containsExactly(expected, offset(1e-13));
        }
    }

    @Test
    void isThatOfDoublePrecisionForANetworkOfFloatsToo() {
        MultiLayerNetwork single = network(DataType.FLOAT, Activation.RELU);
        double[][] kernel = TangentKernel.of(single, Output.LOGITS).matrix(features);
        double[][] exact = TangentKernel.of(single.convertDataType(DataType.DOUBLE), Output.LOGITS)
                .matrix(features);

        assertThat(kernel).isDeepEqualTo(exact);
        assertThat(KernelModel.of(kernel)
                        .initial(new double[10])
                        .labels(new double[10])
                        .eigenvalues()[0])
                .isPositive();
    }

    @Test
    void leavesTheNetworkAlone() {
        MultiLayerNetwork network = network(DataType.FLOAT, Activation.RELU);
        INDArray before = network.params().dup();
        String configuration = network.getLayerWiseConfigurations().toJson();

        TangentKernel.of(network, Output.LOGITS).matrix(features);

        assertThat(network.params()).isEqualTo(before);
        assertThat(network.getLayerWiseConfigurations().toJson()).isEqualTo(configuration);
    }

    @Test
    void tellsTheOutputs() {
        MultiLayerNetwork network = network(DataType.DOUBLE, Activation.RELU);

        assertThat(TangentKernel.of(network, Output.ACTIVATIONS).outputs(features))
                .isDeepEqualTo(network.output(features).toDoubleMatrix());
        double[] logits = TangentKernel.of(network, Output.LOGITS).outputs(features)[0];
        assertThat(1 / (1 + Math.exp(logits[1] - logits[0])))
                .isCloseTo(network.output(features).getDouble(0, 0), within(1e-12));
    }

    @Test
    void takesALossLayer() {
        MultiLayerNetwork network = new MultiLayerNetwork(hidden(DataType.DOUBLE, Activation.RELU, false)
                .layer(new LossLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
        network.init();

        assertThat(TangentKernel.of(network, Output.ACTIVATIONS).matrix(features))
                .hasDimensions(SAMPLES * 4, SAMPLES * 4);
    }

    @Test
    void refusesNetworksWithoutSuchAKernel() {
        MultiLayerNetwork normalised = new MultiLayerNetwork(hidden(DataType.DOUBLE, Activation.IDENTITY, false)
                .layer(new BatchNormalization.Builder()
                        .nIn(4)
                        .nOut(4)
                        .name("norm")
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(4)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
        normalised.init();
        MultiLayerNetwork open = new MultiLayerNetwork(
                hidden(DataType.DOUBLE, Activation.RELU, false).build());
        open.init();

        assertThatThrownBy(() -> TangentKernel.of(normalised, Output.LOGITS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the network must not normalise batches: its output at a sample then depends on the others, got norm");
        assertThatThrownBy(() -> TangentKernel.of(open, Output.LOGITS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the network must end in an output or loss layer, got DenseLayer");
        assertThatThrownBy(() -> TangentKernel.of(network(DataType.FLOAT, Activation.RELU), Output.LOGITS, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("memory must be > 0 bytes, got 0");
    }
}
