package io.github.autol2.program.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.autol2.dl4j.Lambda;
import io.github.autol2.program.data.InputShape;
import io.github.autol2.program.data.Target;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

@Tag("slow")
class WideResNetTest {

    private static final InputShape COLOUR = new InputShape(3, 32, 32);

    /**
     * 36.5 million in arXiv:1605.07146, Table 1 (depth 28, k = 10). With n = 4 blocks in each group of 160, 320 and 640 channels:
     * first convolution 3 * 16 * 9; a group of c channels after b: b * c * 9 + 7 * c * c * 9 and the shortcut b * c; two numbers for each
     * normalised channel, of which a group has b + 7 c, and 640 at the end; output 640 * 10 + 10.
     */
    @Test
    void wrn2810Has36MillionParameters() {
        ComputationGraphConfiguration configuration = configuration(28, 10);

        long weights = 3 * 16 * 9
                + 16 * 160 * 9
                + 7 * 160 * 160 * 9
                + 16 * 160
                + 160 * 320 * 9
                + 7 * 320 * 320 * 9
                + 160 * 320
                + 320 * 640 * 9
                + 7 * 640 * 640 * 9
                + 320 * 640
                + 640 * 10;
        long normalised = 16 + 7 * 160 + 160 + 7 * 320 + 320 + 7 * 640 + 640;
        assertThat(weights + 10 + 2 * normalised).isEqualTo(36_479_194);
        assertThat(trained(configuration)).isEqualTo(36_479_194);
        assertThat(normalisedChannels(configuration)).isEqualTo(normalised).isEqualTo(8_976);
        assertThat(all(configuration)).isEqualTo(36_497_146);
    }

    /** Table 1 of arXiv:1605.07146 has, in millions, for depth and k. */
    @ParameterizedTest
    @CsvSource({
        "40, 1, 0.6",
        "40, 2, 2.2",
        "40, 4, 8.9",
        "28, 10, 36.5",
        "28, 12, 52.5",
        "22, 8, 17.2",
        "16, 8, 11.0",
        "16, 10, 17.1"
    })
    void hasTheParametersOfTheOriginal(int depth, int width, double millions) {
        assertThat(trained(configuration(depth, width)) / 1e6).isCloseTo(millions, within(0.051));
    }

    /** One block in each group; with k = 1 the first needs no shortcut. */
    @Test
    void wrn101IsBuiltAsItIsCounted() {
        ComputationGraph network = network(10, 1);

        assertThat(network.numParams()).isEqualTo(all(configuration(10, 1)));
        assertThat(network.getVertex("g1b1-shortcut")).isNull();
        assertThat(network.getVertex("g2b1-shortcut")).isNotNull();
        assertThat(network.getVertex("g3b2")).isNull();
    }

    @Test
    void halvesTheImageInTheSecondAndThirdGroup() {
        Map<String, INDArray> activations = network(10, 2).feedForward(Nd4j.rand(2, 3 * 32 * 32), false);

        assertThat(activations.get("conv").shape()).containsExactly(2, 16, 32, 32);
        assertThat(activations.get("g1b1").shape()).containsExactly(2, 32, 32, 32);
        assertThat(activations.get("g2b1").shape()).containsExactly(2, 64, 16, 16);
        assertThat(activations.get("g3b1").shape()).containsExactly(2, 128, 8, 8);
        assertThat(activations.get("output").shape()).containsExactly(2, 10);
    }

    /** What makes it a residual network of pre-activated blocks. */
    @Test
    void aBlockAddsItsConvolutionsToItsInputOrShortcut() {
        Map<String, INDArray> activations = network(16, 1).feedForward(Nd4j.rand(2, 3 * 32 * 32), false);

        assertThat(activations.get("g2b1"))
                .isEqualTo(activations.get("g2b1-2-conv").add(activations.get("g2b1-shortcut")));
        assertThat(activations.get("g2b2"))
                .isEqualTo(activations.get("g2b2-2-conv").add(activations.get("g2b1")));
        ComputationGraphConfiguration configuration = configuration(16, 1);
        assertThat(configuration.getVertexInputs().get("g2b1-shortcut")).containsExactly("g2b1-1-relu");
        assertThat(configuration.getVertexInputs().get("g2b1-1-relu")).containsExactly("g2b1-1-norm");
        assertThat(configuration.getVertexInputs().get("g2b1-1-norm")).containsExactly("g1b2");
        assertThat(configuration.getVertexInputs().get("mean")).containsExactly("final-relu");
    }

    @Test
    void takesGreyImagesOfOddSize() {
        ComputationGraph network = new ComputationGraph(new WideResNet(10, 1)
                .configuration(
                        new NeuralNetConfiguration.Builder(), new InputShape(1, 29, 27), Target.Classes.numbered(3)));
        network.init();

        assertThat(network.outputSingle(Nd4j.rand(2, 29 * 27)).shape()).containsExactly(2, 3);
    }

    @Test
    void thePenaltyIsThatOfTheWeightsAlone() {
        // given
        ComputationGraph network = network(10, 1);
        double squares = 0;
        for (Map.Entry<String, INDArray> parameter : network.paramTable().entrySet()) {
            boolean weight = parameter.getKey().endsWith("conv_W")
                    || parameter.getKey().endsWith("shortcut_W")
                    || parameter.getKey().equals("output_W");
            parameter.getValue().addi(weight ? 0 : 1); // no bias or shift that would be missed for being zero
            squares += weight
                    ? parameter.getValue().norm2Number().doubleValue()
                            * parameter.getValue().norm2Number().doubleValue()
                    : 0;
        }

        // when
        Lambda.set(network, 0.01);

        // then
        assertThat(network.calcRegularizationScore(true)).isCloseTo(0.5 * 0.01 * squares, withinPercentage(1e-3));
    }

    @Test
    void itsJsonIsPlainDeeplearning4j() {
        String json = configuration(28, 10).toJson();

        assertThat(ComputationGraphConfiguration.fromJson(json).toJson()).isEqualTo(json);
        assertThat(json).doesNotContain("autol2");
        assertThat(trained(ComputationGraphConfiguration.fromJson(json))).isEqualTo(36_479_194);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 9, 11, 15, 27, -2})
    void refusesDepthsBetweenWholeBlocks(int depth) {
        assertThatThrownBy(() -> new WideResNet(depth, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("depth must be 6n + 4 with n >= 1, such as 10, 16 or 28")
                .hasMessageContaining("got " + depth);
    }

    @Test
    void refusesNoWidth() {
        assertThatThrownBy(() -> new WideResNet(10, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("width must be >= 1");
    }

    private static ComputationGraphConfiguration configuration(int depth, int width) {
        return new WideResNet(depth, width)
                .configuration(
                        new NeuralNetConfiguration.Builder().seed(1).updater(new Sgd(0.1)),
                        COLOUR,
                        Target.Classes.numbered(10));
    }

    private static ComputationGraph network(int depth, int width) {
        ComputationGraph network = new ComputationGraph(configuration(depth, width));
        network.init();
        return network;
    }

    /** Deeplearning4j's count, which needs no memory for them. */
    private static long all(ComputationGraphConfiguration configuration) {
        return configuration.getVertices().values().stream()
                .mapToLong(vertex -> vertex.numParams(true))
                .sum();
    }

    private static long trained(ComputationGraphConfiguration configuration) {
        return all(configuration) - 2 * normalisedChannels(configuration);
    }

    private static long normalisedChannels(ComputationGraphConfiguration configuration) {
        return configuration.getVertices().values().stream()
                .filter(LayerVertex.class::isInstance)
                .map(vertex -> ((LayerVertex) vertex).getLayerConf().getLayer())
                .filter(BatchNormalization.class::isInstance)
                .mapToLong(layer -> ((BatchNormalization) layer).getNOut())
                .sum();
    }
}
