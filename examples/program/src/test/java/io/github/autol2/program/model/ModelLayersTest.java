package io.github.autol2.program.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.config.Settings;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.InputShape;
import io.github.autol2.program.data.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/** The layers, updaters and weights of each kind of model. */
@Tag("slow")
class ModelLayersTest {

    private static final InputShape IMAGE = new InputShape(1, 28, 28);

    @TempDir
    private Path folder;

    @Test
    void anMlpHasDenseLayersAndASoftmaxOutput() {
        MultiLayerNetwork network = build(IMAGE, "model.width=64", "model.depth=3");

        assertThat(layers(network))
                .containsExactly("DenseLayer relu", "DenseLayer relu", "DenseLayer relu", "OutputLayer softmax");
        assertThat(network.numParams()).isEqualTo(784 * 64 + 64 + 2 * (64 * 64 + 64) + 64 * 10 + 10);
        assertThat(network.output(Nd4j.rand(3, 784)).shape()).containsExactly(3, 10);
    }

    @Test
    void normalisesBetweenALayerAndItsActivation() {
        MultiLayerNetwork network = build(InputShape.row(5), "model.width=4", "model.depth=1", "model.batchNorm=true");

        assertThat(layers(network))
                .containsExactly(
                        "DenseLayer identity",
                        "BatchNormalization identity",
                        "ActivationLayer relu",
                        "OutputLayer softmax");
        assertThat(network.numParams()).isEqualTo(5 * 4 + 4 + 4 * 4 + 4 * 10 + 10);
    }

    /** 28 pixels are halved to 14, 7, 3; a fourth convolution is not followed by pooling. */
    @Test
    void aCnnPoolsWhileTheImageIsLargeEnough() {
        MultiLayerNetwork network = build(IMAGE, "model.kind=cnn", "model.width=8", "model.depth=4");

        assertThat(layers(network))
                .containsExactly(
                        "ConvolutionLayer relu",
                        "SubsamplingLayer",
                        "ConvolutionLayer relu",
                        "SubsamplingLayer",
                        "ConvolutionLayer relu",
                        "SubsamplingLayer",
                        "ConvolutionLayer relu",
                        "OutputLayer softmax");
        assertThat(network.numParams()).isEqualTo(9 * 8 + 8 + 3 * (9 * 8 * 8 + 8) + 3 * 3 * 8 * 10 + 10);
        assertThat(network.output(Nd4j.rand(2, 784)).shape()).containsExactly(2, 10);
    }

    @ParameterizedTest
    @CsvSource({"3, 9, 0", "4, 4, 1", "9, 5, 1", "8, 8, 2"})
    void aCnnTakesSmallImages(int height, int width, long pooled) {
        MultiLayerNetwork network =
                build(new InputShape(1, height, width), "model.kind=cnn", "model.width=2", "model.depth=2");

        assertThat(layers(network).stream().filter("SubsamplingLayer"::equals)).hasSize((int) pooled);
        assertThat(network.output(Nd4j.rand(2, height * width)).shape()).containsExactly(2, 10);
    }

    @Test
    void normalisesAfterConvolutions() {
        MultiLayerNetwork network =
                build(IMAGE, "model.kind=cnn", "model.width=2", "model.depth=1", "model.batchNorm=true");

        assertThat(layers(network))
                .containsExactly(
                        "ConvolutionLayer identity",
                        "BatchNormalization identity",
                        "ActivationLayer relu",
                        "SubsamplingLayer",
                        "OutputLayer softmax");
    }

    /** 32 pixels become 32, 16, 11, 11, 6 and 1. */
    @Test
    void theCnnOfThePaperEndsAtOnePixel() {
        MultiLayerNetwork network = build(new InputShape(3, 32, 32), "model.kind=paper-cnn", "model.width=6");

        assertThat(layers(network))
                .containsExactly(
                        "ConvolutionLayer relu",
                        "ConvolutionLayer relu",
                        "SubsamplingLayer",
                        "ConvolutionLayer relu",
                        "ConvolutionLayer relu",
                        "SubsamplingLayer",
                        "DenseLayer relu",
                        "OutputLayer softmax");
        assertThat(network.numParams()).isEqualTo(9 * 3 * 6 + 6 + 3 * (9 * 6 * 6 + 6) + 6 * 10 + 10 + 10 * 10 + 10);
        assertThat(network.feedForward(Nd4j.rand(2, 3 * 32 * 32)).stream()
                        .skip(1)
                        .limit(6)
                        .map(INDArray::shape))
                .containsExactly(
                        new long[] {2, 6, 32, 32},
                        new long[] {2, 6, 16, 16},
                        new long[] {2, 6, 11, 11},
                        new long[] {2, 6, 11, 11},
                        new long[] {2, 6, 6, 6},
                        new long[] {2, 6, 1, 1});
    }

    @Test
    void theCnnOfThePaperNormalisesEveryHiddenLayerIfAsked() {
        MultiLayerNetwork network =
                build(new InputShape(3, 32, 32), "model.kind=paper-cnn", "model.width=3", "model.batchNorm=true");

        assertThat(layers(network).stream().filter("BatchNormalization identity"::equals))
                .hasSize(5);
        assertThat(layers(network))
                .startsWith("ConvolutionLayer identity", "BatchNormalization identity", "ActivationLayer relu")
                .endsWith(
                        "DenseLayer identity",
                        "BatchNormalization identity",
                        "ActivationLayer relu",
                        "OutputLayer softmax");
    }

    @ParameterizedTest
    @CsvSource({"28, 28", "4, 9", "2, 1"})
    void theCnnOfThePaperTakesSmallImages(int height, int width) {
        MultiLayerNetwork network = build(new InputShape(1, height, width), "model.kind=paper-cnn", "model.width=2");

        assertThat(network.output(Nd4j.rand(2, height * width)).shape()).containsExactly(2, 10);
    }

    /** c = 300 on 32 x 32 colours: five layers of 3 x 3 convolutions and 500 units. */
    @Test
    void theCnnOfThePaperInFullSize() {
        MultiLayerConfiguration configuration = new PaperCnn(PaperCnn.CHANNELS, false)
                .configuration(
                        new NeuralNetConfiguration.Builder(), new InputShape(3, 32, 32), Target.Classes.numbered(10));

        assertThat(configuration.getConfs().stream()
                        .mapToLong(layer -> layer.getLayer().initializer().numParams(layer))
                        .sum())
                .isEqualTo(9 * 3 * 300 + 300 + 3 * (9 * 300 * 300 + 300) + 300 * 500 + 500 + 500 * 10 + 10);
    }

    @Test
    void aWideResNetIsAGraph() {
        RunSettings settings = settings("model.kind=wrn", "model.depth=10", "model.width=1");

        Network network = Models.build(settings.model(), settings.train(), 1, IMAGE, Target.Classes.numbered(7), 1);

        assertThat(network.model()).isInstanceOf(ComputationGraph.class);
        assertThat(network.output(Nd4j.rand(2, 784)).shape()).containsExactly(2, 7);
        assertThat(network.learningRate()).isEqualTo(0.05);
    }

    @Test
    void noLayerHasAPenaltyOfItsOwn() {
        assertThat(build(IMAGE).calcRegularizationScore(true)).isZero();
    }

    @Test
    void usesTheUpdaterOfTheSettings() {
        assertThat(updater("train.updater=sgd", "train.learningRate=0.5")).isEqualTo(new Sgd(0.5));
        assertThat(updater("train.momentum=0.8")).isEqualTo(new Nesterovs(0.05, 0.8));
        assertThat(updater("train.updater=adam", "train.learningRate=0.001")).isEqualTo(new Adam(0.001));
        assertThat(updater("train.updater=rmsprop", "train.learningRate=0.002")).isEqualTo(new RmsProp(0.002));
    }

    /** 0.55 of 100 iterations: the 56th, whose number is 55, is the first with the lower learning rate. */
    @ParameterizedTest
    @CsvSource({"sgd", "nesterovs", "adam", "rmsprop"})
    void theScheduleLowersTheLearningRateExactlyAtItsBorders(String kind) {
        // given
        IUpdater updater = updater(
                "train.steps=100", "train.learningRate=0.5", "train.schedule=0.2@0.3,0.55", "train.updater=" + kind);

        // when
        List<Double> rates = Stream.of(0, 1, 29, 30, 31, 54, 55, 56, 99, 1000)
                .map(i -> updater.getLearningRate(i, 7))
                .toList();

        // then
        double second = 0.5 * 0.2;
        double third = 0.5 * (0.2 * 0.2);
        assertThat(rates).containsExactly(0.5, 0.5, 0.5, second, second, second, third, third, third, third);
    }

    @Test
    void aNetworkFromAFileTakesItsWeightsFromOurSeed() throws IOException {
        // given
        Path json = Files.writeString(
                folder.resolve("a.json"),
                network(IMAGE, 99).getLayerWiseConfigurations().toJson());
        Path graph = Files.writeString(
                folder.resolve("b.yaml"),
                network(IMAGE, 99).toComputationGraph().getConfiguration().toYaml());

        for (Path file : List.of(json, graph)) {
            // when
            INDArray weights = fromFile(file, 1).model().params();

            // then
            assertThat(fromFile(file, 1).model().params()).isEqualTo(weights);
            assertThat(fromFile(file, 2).model().params()).isNotEqualTo(weights);
        }
        assertThat(fromFile(json, 1).model()).isInstanceOf(MultiLayerNetwork.class);
        assertThat(fromFile(graph, 1).model()).isInstanceOf(ComputationGraph.class);
        assertThat(fromFile(json, 1).model().params())
                .isEqualTo(network(IMAGE, 1).params());
    }

    @Test
    void aNetworkFromAFileMustHaveAnOutputForEachClass() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.json"),
                network(IMAGE, 1).getLayerWiseConfigurations().toJson());
        RunSettings settings = settings("model.kind=file", "model.file=" + file);

        assertThatThrownBy(
                        () -> Models.build(settings.model(), settings.train(), 1, IMAGE, Target.Classes.numbered(9), 1))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("model.file " + file
                        + ": the network must have 9 outputs, one for each class of the data, got 10");
    }

    private static Network fromFile(Path file, long seed) {
        RunSettings settings = settings("model.kind=file", "model.file=" + file);
        return Models.build(
                settings.model(), settings.train(), settings.iterations(), IMAGE, Target.Classes.numbered(10), seed);
    }

    private static IUpdater updater(String... overrides) {
        MultiLayerNetwork network = build(InputShape.row(2), overrides);
        return ((BaseLayer) network.getLayer(0).conf().getLayer()).getUpdaterByParam("W");
    }

    private static MultiLayerNetwork network(InputShape shape, long seed) {
        RunSettings settings = settings("model.width=8");
        return (MultiLayerNetwork) Models.build(
                        settings.model(),
                        settings.train(),
                        settings.iterations(),
                        shape,
                        Target.Classes.numbered(10),
                        seed)
                .model();
    }

    private static MultiLayerNetwork build(InputShape shape, String... overrides) {
        RunSettings settings = settings(overrides);
        return (MultiLayerNetwork) Models.build(
                        settings.model(),
                        settings.train(),
                        settings.iterations(),
                        shape,
                        Target.Classes.numbered(10),
                        1)
                .model();
    }

    private static RunSettings settings(String... overrides) {
        return RunSettings.read(Settings.load(Optional.empty(), List.of(overrides)));
    }

    /** The kinds of the layers with their activations. */
    private static List<String> layers(MultiLayerNetwork network) {
        List<String> layers = new ArrayList<>();
        Arrays.stream(network.getLayers())
                .map(layer -> layer.conf().getLayer())
                .forEach(layer -> layers.add(layer.getClass().getSimpleName() + activation(layer)));
        return layers;
    }

    private static String activation(Layer layer) {
        if (layer instanceof BaseLayer base) {
            return " " + base.getActivationFn();
        }
        return layer instanceof org.deeplearning4j.nn.conf.layers.ActivationLayer activation
                ? " " + activation.getActivationFn()
                : "";
    }
}
