package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AutoL2Options;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.Regularization;

/** Networks that Deeplearning4j's TransferLearning has made of one that AutoL2 trained. */
class TransferLearningTest {

    private static final DataSet BEFORE = Networks.classes(32, 1);
    private static final DataSet AFTER = Networks.classes(32, 2);
    private static final AutoL2Options OPTIONS =
            AutoL2Options.adaptive(200).withInitialLambda(0.3).withRefractory(0.1);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void onlyNewLayersGetAPenaltyWhereTheOthersAreFrozen(boolean graph) {
        // given
        Model transferred = transfer(pretrained(graph), true);
        INDArray hidden = hidden(transferred).dup();
        List<Regularization> penalties = List.copyOf(frozen(transferred));

        // when
        AutoL2Listener listener = new AutoL2Listener(OPTIONS);
        transferred.addListeners(listener);
        Networks.fit(transferred, AFTER, 60);

        // then
        assertThat(listener.changes()).isNotEmpty();
        assertThat(coefficients(transferred)).containsExactly(listener.lambda());
        assertThat(hidden(transferred)).isEqualTo(hidden);
        assertThat(frozen(transferred)).isNotEmpty().isEqualTo(penalties);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNewLayerAndThoseThatAreKeptHaveOneLambda(boolean graph) {
        Model transferred = transfer(pretrained(graph), false);
        AutoL2Listener listener = new AutoL2Listener(OPTIONS);
        transferred.addListeners(listener);

        Networks.fit(transferred, AFTER, 60);

        assertThat(coefficients(transferred)).containsExactly(listener.lambda(), listener.lambda());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void fineTuningGoesOnFromASmallLambda(boolean graph) {
        Model pretrained = pretrained(graph);
        double last = coefficients(pretrained).get(0);
        Model transferred = transfer(pretrained, false);
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive(200).withInitialLambda(last));
        transferred.addListeners(listener);

        Networks.fit(transferred, AFTER, 30);

        assertThat(last).isLessThan(OPTIONS.fixedLambda().orElseThrow());
        assertThat(listener.history().get(0).lambda()).isEqualTo(last);
        assertThat(listener.history())
                .allSatisfy(point -> assertThat(point.lambda()).isLessThanOrEqualTo(last));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anL2OfTheFineTuningIsReplaced(boolean graph) {
        FineTuneConfiguration l2 = new FineTuneConfiguration.Builder()
                .updater(new Sgd(0.1))
                .l2(0.5)
                .build();
        Model transferred = transfer(pretrained(graph), false, l2);
        AutoL2Listener listener = new AutoL2Listener(OPTIONS.withInitialLambda(0.01));
        transferred.addListeners(listener);

        Networks.fit(transferred, AFTER, 1);

        assertThat(coefficients(transferred)).containsExactly(0.01, 0.01);
    }

    private static Model pretrained(boolean graph) {
        Model network = graph
                ? Networks.graphClassifier(Networks.base(new Sgd(0.1)))
                : Networks.classifier(Networks.base(new Sgd(0.1)));
        network.addListeners(new AutoL2Listener(OPTIONS));
        Networks.fit(network, BEFORE, 60);
        return network;
    }

    private static Model transfer(Model pretrained, boolean freeze) {
        return transfer(
                pretrained,
                freeze,
                new FineTuneConfiguration.Builder().updater(new Sgd(0.1)).build());
    }

    /** With an output layer that is new. */
    private static Model transfer(Model pretrained, boolean freeze, FineTuneConfiguration fineTuning) {
        if (pretrained instanceof MultiLayerNetwork network) {
            TransferLearning.Builder builder = new TransferLearning.Builder(network).fineTuneConfiguration(fineTuning);
            if (freeze) {
                builder.setFeatureExtractor(0);
            }
            return builder.removeOutputLayer()
                    .addLayer(Networks.softmax(8).build())
                    .build();
        }
        TransferLearning.GraphBuilder builder =
                new TransferLearning.GraphBuilder((ComputationGraph) pretrained).fineTuneConfiguration(fineTuning);
        if (freeze) {
            builder.setFeatureExtractor("hidden");
        }
        return builder.removeVertexAndConnections("out")
                .addLayer("out", Networks.softmax(8).build(), "hidden")
                .setOutputs("out")
                .build();
    }

    private static INDArray hidden(Model model) {
        return model instanceof MultiLayerNetwork network
                ? network.getParam("0_W")
                : ((ComputationGraph) model).getParam("hidden_W");
    }

    /** The penalties of the frozen layer's weights. */
    private static List<Regularization> frozen(Model model) {
        FrozenLayer layer = (FrozenLayer)
                (model instanceof MultiLayerNetwork network
                        ? network.getLayer(0)
                        : ((ComputationGraph) model).getLayer("hidden"));
        return layer.getInsideLayer().conf().getLayer().getRegularizationByParam("W");
    }

    private static List<Double> coefficients(Model model) {
        return PenalisedParameters.of(Network.of(model), Participants.WEIGHTS).stream()
                .map(parameters -> parameters.coefficient(Penalty.L2, 0, 0).orElse(0))
                .toList();
    }
}
