package io.github.autol2.program.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.config.Settings;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.InputShape;
import io.github.autol2.program.data.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

class ModelsTest {

    private static final InputShape IMAGE = new InputShape(1, 28, 28);

    @Test
    void theMlpHasTheParametersOfItsWidthAndDepth() {
        assertThat(build(IMAGE, "model.width=64", "model.depth=3").model().numParams())
                .isEqualTo(784 * 64 + 64 + 2 * (64 * 64 + 64) + 64 * 10 + 10);
    }

    @Test
    void batchNormalisationFollowsEveryHiddenLayer() {
        MultiLayerNetwork network = (MultiLayerNetwork)
                build(IMAGE, "model.depth=2", "model.batchNorm=true").model();

        assertThat(network.getnLayers()).isEqualTo(2 * 3 + 1);
    }

    @Test
    void theCnnHalvesTheImageAfterEachConvolution() {
        assertThat(build(IMAGE, "model.kind=cnn", "model.width=8", "model.depth=2")
                        .model()
                        .numParams())
                .isEqualTo(9 * 8 + 8 + 9 * 8 * 8 + 8 + 7 * 7 * 8 * 10 + 10);
    }

    @Test
    void aDeepCnnStopsHalvingBeforeNothingIsLeft() {
        assertThat(build(IMAGE, "model.kind=cnn", "model.width=2", "model.depth=8")
                        .model()
                        .numParams())
                .isPositive();
    }

    @Test
    void convolutionsHaveHelpersUnlessTheSettingsSayNo() {
        assertThat(helperOfTheFirstLayer("train.helpers=false")).isNull();
        assertThat(helperOfTheFirstLayer("train.helpers=true") != null).isEqualTo(hasOneDnn());
        assertThat(helperOfTheFirstLayer() != null).isEqualTo(hasOneDnn());
    }

    @Test
    void theScheduleBecomesDeeplearning4jsLearningRate() {
        MultiLayerNetwork network = (MultiLayerNetwork)
                build(IMAGE, "train.steps=10", "train.schedule=0.5@0.3,0.8").model();

        network.setIterationCount(2);
        assertThat(network.getLearningRate(0)).isEqualTo(0.05);
        network.setIterationCount(3);
        assertThat(network.getLearningRate(0)).isEqualTo(0.025);
        network.setIterationCount(7);
        assertThat(network.getLearningRate(0)).isEqualTo(0.025);
        network.setIterationCount(8);
        assertThat(network.getLearningRate(0)).isEqualTo(0.0125);
    }

    @Test
    void theSeedDecidesTheWeights() {
        assertThat(build(IMAGE).model().params()).isEqualTo(build(IMAGE).model().params());
        assertThat(build(IMAGE).model().params())
                .isNotEqualTo(build(IMAGE, 2).model().params());
    }

    @Test
    void convolutionsOnATableAreRefused() {
        for (String kind : List.of("cnn", "paper-cnn")) {
            assertThatThrownBy(() -> build(InputShape.row(5), "model.kind=" + kind))
                    .isInstanceOf(InvalidModelException.class)
                    .hasMessage("model.kind " + kind
                            + " needs images, but each example is a row of 5 numbers: use model.kind = mlp");
        }
        assertThatThrownBy(() -> build(InputShape.row(5), "model.kind=wrn", "model.depth=10", "model.width=1"))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageStartingWith("model.kind wrn needs images");
    }

    private static Network build(InputShape shape, String... overrides) {
        return build(shape, 1, overrides);
    }

    private static Object helperOfTheFirstLayer(String... settings) {
        List<String> all = new ArrayList<>(List.of("model.kind=cnn", "model.width=2"));
        all.addAll(List.of(settings));
        return ((MultiLayerNetwork) build(IMAGE, all.toArray(String[]::new)).model())
                .getLayer(0)
                .getHelper();
    }

    private static boolean hasOneDnn() {
        Nd4j.getBackend(); // first, since NativeOpsHolder cannot start ND4J
        return NativeOpsHolder.getInstance().getDeviceNativeOps().buildInfo().contains("HAVE_ONEDNN");
    }

    private static Network build(InputShape shape, long seed, String... overrides) {
        RunSettings settings = RunSettings.read(Settings.load(Optional.empty(), List.of(overrides)));
        return Models.build(
                settings.model(), settings.train(), settings.iterations(), shape, Target.Classes.numbered(10), seed);
    }
}
