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
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Networks for a quantity. */
class QuantityModelTest {

    private static final Target QUANTITY = new Target.Quantity(1000, 50);

    @TempDir
    private Path folder;

    @Test
    void theBuiltInNetworkHasOneLinearOutputAndTheMeanSquaredError() {
        MultiLayerNetwork network = (MultiLayerNetwork) build("model.width=8").model();

        BaseOutputLayer output =
                (BaseOutputLayer) network.getOutputLayer().conf().getLayer();
        assertThat(output.getNOut()).isEqualTo(1);
        assertThat(output.getActivationFn()).isEqualTo(new ActivationIdentity());
        assertThat(output.getLossFn()).isEqualTo(new LossMSE());
    }

    @Test
    void aNetworkFromAFileMustHaveOneLinearOutput() throws IOException {
        Path linear = file(1, Activation.IDENTITY, false);
        assertThat(build("model.kind=file", "model.file=" + linear).model().numParams())
                .isEqualTo(3 * 4 + 4 + 4 + 1);
        Path graph = file(1, Activation.IDENTITY, true);
        assertThat(build("model.kind=file", "model.file=" + graph).model().numParams())
                .isEqualTo(3 * 4 + 4 + 4 + 1);

        Path two = file(2, Activation.IDENTITY, false);
        assertRefused(two, "the network must have 1 output, the quantity, got 2");
        Path bounded = file(1, Activation.TANH, false);
        assertRefused(bounded, "the output of a network for a quantity must have the activation identity, got tanh");
        Path boundedGraph = file(1, Activation.SIGMOID, true);
        assertRefused(
                boundedGraph, "the output of a network for a quantity must have the activation identity, got sigmoid");
    }

    private static void assertRefused(Path file, String problem) {
        assertThatThrownBy(() -> build("model.kind=file", "model.file=" + file))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("model.file " + file + ": " + problem);
    }

    private Path file(int outputs, Activation activation, boolean graph) throws IOException {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .updater(new Sgd(0.1))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(3)
                        .nOut(4)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .activation(activation)
                        .nIn(4)
                        .nOut(outputs)
                        .build())
                .build());
        network.init();
        return Files.writeString(
                folder.resolve(outputs + "-" + activation + graph + ".json"),
                graph
                        ? network.toComputationGraph().getConfiguration().toJson()
                        : network.getLayerWiseConfigurations().toJson());
    }

    private static Network build(String... overrides) {
        RunSettings settings = RunSettings.read(Settings.load(Optional.empty(), List.of(overrides)));
        return Models.build(settings.model(), settings.train(), settings.iterations(), InputShape.row(3), QUANTITY, 1);
    }
}
