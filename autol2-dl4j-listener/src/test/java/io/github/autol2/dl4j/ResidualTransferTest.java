package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AutoL2Options;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A graph with the parts of the large ones in Deeplearning4j's zoo: convolutions without biases, batch normalisations, a shortcut, a
 * global pooling, and an {@code l2} of its own. It gets a new last layer, and all others are frozen.
 */
class ResidualTransferTest {

    private static final int SIZE = 8;

    @Test
    void trainsTheNewLastLayerAndLeavesAllOthersAsTheyAre() {
        // given
        ComputationGraph transferred = transfer(residual());
        Map<String, INDArray> before = copy(transferred);
        AutoL2Listener listener = new AutoL2Listener(
                AutoL2Options.adaptive(200).withInitialLambda(0.3).withRefractory(0.1));
        transferred.addListeners(listener);

        // when
        Networks.fit(transferred, images(), 60);

        // then
        Map<String, INDArray> after = copy(transferred);
        assertThat(listener.changes()).isNotEmpty();
        assertThat(after).hasSameSizeAs(before);
        assertThat(after.entrySet())
                .filteredOn(parameters -> !parameters.getValue().equals(before.get(parameters.getKey())))
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("out_W", "out_b");
        assertThat(PenalisedParameters.of(Network.of(transferred), Participants.WEIGHTS))
                .singleElement()
                .satisfies(parameters ->
                        assertThat(parameters.coefficient(Penalty.L2, 0, 0)).hasValue(listener.lambda()));
    }

    private static Map<String, INDArray> copy(ComputationGraph graph) {
        Map<String, INDArray> copy = new LinkedHashMap<>();
        graph.paramTable().forEach((name, values) -> copy.put(name, values.dup()));
        return copy;
    }

    private static ComputationGraph transfer(ComputationGraph residual) {
        return new TransferLearning.GraphBuilder(residual)
                .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                        .updater(new Sgd(0.1))
                        .build())
                .setFeatureExtractor("pool")
                .removeVertexAndConnections("out")
                .addLayer("out", softmax(4, 2), "pool")
                .setOutputs("out")
                .build();
    }

    private static ComputationGraph residual() {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(0.1))
                .weightInit(WeightInit.RELU)
                .l2(1e-7)
                .convolutionMode(ConvolutionMode.Same)
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.convolutional(SIZE, SIZE, 1))
                .addLayer("stem", convolution(), "in")
                .addLayer("stem norm", new BatchNormalization(), "stem")
                .addLayer("stem relu", relu(), "stem norm")
                .addLayer("branch", convolution(), "stem relu")
                .addLayer("branch norm", new BatchNormalization(), "branch")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "branch norm", "stem relu")
                .addLayer("relu", relu(), "sum")
                .addLayer("pool", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "relu")
                .addLayer("out", softmax(4, 5), "pool")
                .setOutputs("out")
                .build());
        graph.init();
        return graph;
    }

    private static ConvolutionLayer convolution() {
        return new ConvolutionLayer.Builder(3, 3).nOut(4).hasBias(false).build();
    }

    private static ActivationLayer relu() {
        return new ActivationLayer(Activation.RELU);
    }

    private static OutputLayer softmax(int inputs, int classes) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(inputs)
                .nOut(classes)
                .activation(Activation.SOFTMAX)
                .build();
    }

    /** Bright ones and dark ones. */
    private static DataSet images() {
        Random random = new Random(1);
        float[] pixels = new float[16 * SIZE * SIZE];
        float[][] labels = new float[16][2];
        for (int i = 0; i < labels.length; i++) {
            labels[i][i % 2] = 1;
            for (int j = 0; j < SIZE * SIZE; j++) {
                pixels[i * SIZE * SIZE + j] = random.nextFloat() + i % 2;
            }
        }
        return new DataSet(Nd4j.create(pixels).reshape(16, 1, SIZE, SIZE), Nd4j.create(labels));
    }
}
