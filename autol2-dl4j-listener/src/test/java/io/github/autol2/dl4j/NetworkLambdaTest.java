package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AutoL2Options;
import java.util.Collections;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Which coefficients the listener sets, in every kind of layer, and what it leaves alone. */
@Tag("slow")
class NetworkLambdaTest {

    private static final double LAMBDA = 0.02;
    private static final AutoL2Options OPTIONS =
            AutoL2Options.paper().withInitialLambda(LAMBDA).withRefractory(1e9);

    @Test
    void layersWithoutL2GetLambda() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.1)));

        trainOnce(network, AutoL2Listener.builder(OPTIONS));

        assertThat(l2(network, 0)).isEqualTo(LAMBDA);
        assertThat(l2(network, 1)).isEqualTo(LAMBDA);
    }

    @Test
    void ratiosBetweenLayersStay() {
        // given a second layer with a quarter of the first one's coefficient
        MultiLayerNetwork network = init(Networks.base(new Sgd(0.1))
                .l2(0.4)
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(8).build())
                .layer(Networks.softmax(8).l2(0.1).build()));

        trainOnce(network, AutoL2Listener.builder(OPTIONS));

        assertThat(l2(network, 0)).isEqualTo(LAMBDA);
        assertThat(l2(network, 1)).isCloseTo(LAMBDA / 4, within(1e-17));
    }

    @Test
    void biasesAreInOnlyOnRequest() {
        MultiLayerNetwork without = Networks.classifier(Networks.base(new Sgd(0.1)));
        MultiLayerNetwork with = Networks.classifier(Networks.base(new Sgd(0.1)));

        trainOnce(without, AutoL2Listener.builder(OPTIONS));
        trainOnce(with, AutoL2Listener.builder(OPTIONS).biases(true));

        assertThat(conf(without, 0).getRegularizationBias()).isEmpty();
        assertThat(conf(with, 0).getRegularizationBias()).containsExactly(new L2Regularization(LAMBDA));
    }

    @Test
    void excludedLayersKeepWhatTheUserSet() {
        MultiLayerNetwork network = init(Networks.base(new Sgd(0.1))
                .l2(0.4)
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(8).name("first").build())
                .layer(Networks.softmax(8).build()));

        trainOnce(network, AutoL2Listener.builder(OPTIONS).layers(name -> !name.equals("first")));

        assertThat(l2(network, 0)).isEqualTo(0.4);
        assertThat(l2(network, 1)).isEqualTo(LAMBDA);
    }

    @Test
    void l1AndWeightDecayAreLeftAlone() {
        MultiLayerNetwork network =
                withHidden(List.of(new L1Regularization(0.3), new L2Regularization(0.1), new WeightDecay(0.2, true)));

        trainOnce(network, AutoL2Listener.builder(OPTIONS));

        assertThat(conf(network, 0).getRegularization())
                .containsExactlyInAnyOrder(
                        new L1Regularization(0.3), new WeightDecay(0.2, true), new L2Regularization(LAMBDA));
    }

    @Test
    void aListThatCannotBeChangedIsReplaced() {
        MultiLayerNetwork network = init(Networks.base(new Sgd(0.1))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(4)
                        .nOut(8)
                        .regularization(Collections.singletonList(new L2Regularization(0.1)))
                        .build())
                .layer(Networks.softmax(8).build()));

        trainOnce(network, AutoL2Listener.builder(OPTIONS));

        assertThat(l2(network, 0)).isEqualTo(LAMBDA);
    }

    @Test
    void aUsersScheduleForL2IsReplacedByTheRule() {
        MapSchedule schedule = new MapSchedule.Builder(ScheduleType.ITERATION)
                .add(0, 0.5)
                .add(10, 0.1)
                .build();
        MultiLayerNetwork network = Networks.classifier(
                Networks.base(new Sgd(0.1)).regularization(List.of(new L2Regularization(schedule))));

        trainOnce(network, AutoL2Listener.builder(OPTIONS));

        assertThat(conf(network, 0).getRegularization()).containsExactly(new L2Regularization(LAMBDA));
    }

    @Test
    void weightDecayCanBeDrivenInsteadOfL2AndKeepsItsLearningRateFlag() {
        MultiLayerNetwork network = withHidden(List.of(new L2Regularization(0.1), new WeightDecay(0.3, false)));

        trainOnce(network, AutoL2Listener.builder(OPTIONS).penalty(Penalty.WEIGHT_DECAY));

        assertThat(conf(network, 0).getRegularization())
                .containsExactlyInAnyOrder(new L2Regularization(0.1), new WeightDecay(LAMBDA, false));
        assertThat(conf(network, 1).getRegularization()).containsExactly(new WeightDecay(LAMBDA, true));
    }

    @Test
    void weightDecayThatDeeplearning4jHasEnteredTwiceIsReplacedAsAWhole() {
        // given Deeplearning4j's global weightDecay
        MultiLayerNetwork network =
                Networks.classifier(Networks.base(new Adam(0.01)).weightDecay(0.3, true));
        assertThat(conf(network, 0).getRegularization()).hasSize(2);

        trainOnce(network, AutoL2Listener.builder(OPTIONS).penalty(Penalty.WEIGHT_DECAY));

        assertThat(conf(network, 0).getRegularization()).containsExactly(new WeightDecay(LAMBDA, true));
    }

    @Test
    void frozenLayersAreLeftAlone() {
        MultiLayerNetwork network = init(Networks.base(new Sgd(0.1))
                .list()
                .layer(new FrozenLayer(new DenseLayer.Builder().nIn(4).nOut(8).build()))
                .layer(new FrozenLayerWithBackprop(
                        new DenseLayer.Builder().nIn(8).nOut(8).build()))
                .layer(Networks.softmax(8).build()));
        var before = network.getLayer(1).params().dup();

        trainOnce(network, AutoL2Listener.builder(OPTIONS));

        assertThat(((BaseLayer) network.getLayer(0).conf().getLayer()).getRegularization())
                .isEmpty();
        assertThat(network.getLayer(1).params()).isEqualTo(before);
        assertThat(l2(network, 2)).isEqualTo(LAMBDA);
    }

    @Test
    void layersInsideWrappersAreFound() {
        MultiLayerNetwork network = init(Networks.base(new Sgd(0.1))
                .list()
                .layer(new Bidirectional(new LSTM.Builder().nIn(4).nOut(5).build()))
                .layer(new LastTimeStep(new LSTM.Builder().nIn(10).nOut(5).build()))
                .layer(new BatchNormalization.Builder().nIn(5).nOut(5).build())
                .layer(Networks.softmax(5).build()));
        DataSet classes = Networks.classes(6, 1);

        network.addListeners(new AutoL2Listener(OPTIONS));
        network.fit(new DataSet(Nd4j.rand(6, 4, 3), classes.getLabels()));

        Bidirectional both = (Bidirectional) network.getLayer(0).conf().getLayer();
        assertThat(l2(((BaseLayer) both.getFwd()).getRegularization())).isEqualTo(LAMBDA);
        assertThat(l2(((BaseLayer) both.getBwd()).getRegularization())).isEqualTo(LAMBDA);
        assertThat(l2(conf(network, 1).getRegularization())).isEqualTo(LAMBDA);
        assertThat(conf(network, 2).getRegularization())
                .as("batch normalisation is never penalised")
                .isEmpty();
        assertThat(l2(network, 3)).isEqualTo(LAMBDA);
    }

    @Test
    void sameDiffVerticesOfAGraphAreFound() {
        // given
        ComputationGraph graph = new ComputationGraph(Networks.base(new Sgd(0.1))
                .graphBuilder()
                .addInputs("in")
                .addVertex(
                        "attention",
                        new AttentionVertex.Builder()
                                .nInQueries(4)
                                .nInKeys(4)
                                .nInValues(4)
                                .nHeads(2)
                                .headSize(3)
                                .nOut(6)
                                .projectInput(true)
                                .build(),
                        "in",
                        "in",
                        "in")
                .addLayer("pool", new GlobalPoolingLayer.Builder().build(), "attention")
                .addLayer("out", Networks.softmax(6).build(), "pool")
                .setOutputs("out")
                .setInputTypes(InputType.recurrent(4, 3))
                .build());
        graph.init();

        // when
        graph.addListeners(new AutoL2Listener(OPTIONS));
        graph.fit(new DataSet(Nd4j.rand(6, 4, 3), Networks.classes(6, 1).getLabels()));

        // then
        AttentionVertex attention =
                (AttentionVertex) graph.getConfiguration().getVertices().get("attention");
        assertThat(l2(attention.getRegularization())).isEqualTo(LAMBDA);
    }

    @Test
    void momentumEntersTheTimescaleOfL2ButNotOfWeightDecay() {
        MultiLayerNetwork network =
                Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9)).weightDecay(0.1, true));
        Network view = Network.of(network);
        List<PenalisedParameters> penalised = PenalisedParameters.of(view, Participants.WEIGHTS);

        assertThat(penalised.get(0).etaEff(Penalty.L2, 0, 0)).isCloseTo(1.0, within(1e-12));
        assertThat(penalised.get(0).etaEff(Penalty.WEIGHT_DECAY, 0, 0)).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void anUpdaterWithoutLearningRateHasATimescaleOfItsOwn() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new AdaDelta()));
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive(100));
        network.addListeners(listener);

        for (int i = 0; i < 20; i++) {
            network.fit(Networks.classes(6, 1));
        }

        assertThat(listener.timescales()).isPositive();
    }

    @Test
    void thePapersRuleDoesWithoutALearningRate() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new AdaDelta()));

        trainOnce(network, AutoL2Listener.builder(OPTIONS));

        assertThat(l2(network, 0)).isEqualTo(LAMBDA);
    }

    @Test
    void aNetworkWithoutAnyPenalisedLayerIsRefused() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.1)));
        network.addListeners(
                AutoL2Listener.builder(OPTIONS).layers(name -> false).build());

        assertThatThrownBy(() -> network.fit(Networks.classes(6, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no layer of this network takes a penalty");
    }

    private static MultiLayerNetwork withHidden(List<Regularization> regularization) {
        return init(Networks.base(new Sgd(0.1))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(4)
                        .nOut(8)
                        .regularization(regularization)
                        .build())
                .layer(Networks.softmax(8).build()));
    }

    private static MultiLayerNetwork init(NeuralNetConfiguration.ListBuilder list) {
        MultiLayerNetwork network = new MultiLayerNetwork(list.build());
        network.init();
        return network;
    }

    private static void trainOnce(MultiLayerNetwork network, AutoL2ListenerBuilder listener) {
        network.addListeners(listener.build());
        network.fit(Networks.classes(6, 1));
    }

    private static BaseLayer conf(MultiLayerNetwork network, int layer) {
        Layer implementation = network.getLayer(layer);
        return (BaseLayer) implementation.conf().getLayer();
    }

    private static double l2(MultiLayerNetwork network, int layer) {
        return l2(conf(network, layer).getRegularization());
    }

    private static double l2(List<Regularization> list) {
        assertThat(list).filteredOn(L2Regularization.class::isInstance).hasSize(1);
        return list.stream()
                .filter(L2Regularization.class::isInstance)
                .mapToDouble(element -> ((L2Regularization) element).getL2().valueAt(0, 0))
                .sum();
    }
}
