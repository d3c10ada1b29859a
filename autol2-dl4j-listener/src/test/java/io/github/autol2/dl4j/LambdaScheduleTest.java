package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.dl4j.LambdaSchedule.Step;
import io.github.autol2.schedule.AutoL2Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/** The found schedule, in a training without the listener. */
@Tag("slow")
class LambdaScheduleTest {

    private static final int ITERATIONS = 120;
    private static final AutoL2Options OPTIONS =
            AutoL2Options.adaptive(ITERATIONS).withInitialLambda(0.3).withRefractory(0.1);

    @TempDir
    private Path folder;

    static Stream<Arguments> runs() {
        return Stream.of(new Sgd(0.1), new Nesterovs(0.05, 0.9), new Adam(0.02))
                .flatMap(updater -> Stream.of(Penalty.values()).map(penalty -> Arguments.of(updater, penalty)));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void aMultiLayerNetworkTrainedWithItEqualsTheRecordedOneBitForBit(IUpdater updater, Penalty penalty)
            throws IOException {
        // given a run with an L1 of the user's own
        MultiLayerNetwork recorded = Networks.classifier(unequal(updater, penalty));
        String untrained = recorded.getLayerWiseConfigurations().toJson();
        AutoL2Listener listener = follow(recorded, penalty);
        assertThat(listener.changes()).hasSizeGreaterThanOrEqualTo(2);

        // when it is repeated by a configuration that has been written to JSON, and stops and goes on in between
        MultiLayerConfiguration with = listener.schedule().applyTo(MultiLayerConfiguration.fromJson(untrained));
        assertThat(with.toJson()).doesNotContain("autol2");
        MultiLayerNetwork again = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(with.toJson()));
        again.init();
        train(again, 0, 50);
        again.save(folder.resolve("again.zip").toFile(), true);
        MultiLayerNetwork restored =
                MultiLayerNetwork.load(folder.resolve("again.zip").toFile(), true);
        train(restored, 50, ITERATIONS);

        // then
        assertThat(restored.params().toFloatVector())
                .isEqualTo(recorded.params().toFloatVector());

        // and without the schedule it would be another network
        MultiLayerNetwork constant = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(untrained));
        constant.init();
        train(constant, 0, ITERATIONS);
        assertThat(constant.params().toFloatVector())
                .isNotEqualTo(recorded.params().toFloatVector());
    }

    @ParameterizedTest
    @MethodSource("runs")
    void aGraphTrainedWithItEqualsTheRecordedOneBitForBit(IUpdater updater, Penalty penalty) throws IOException {
        ComputationGraph recorded = Networks.graphClassifier(unequal(updater, penalty));
        String untrained = recorded.getConfiguration().toJson();
        AutoL2Listener listener = follow(recorded, penalty);
        assertThat(listener.changes()).hasSizeGreaterThanOrEqualTo(2);

        ComputationGraphConfiguration with =
                listener.schedule().applyTo(ComputationGraphConfiguration.fromJson(untrained));
        ComputationGraph again = new ComputationGraph(ComputationGraphConfiguration.fromJson(with.toJson()));
        again.init();
        train(again, 0, 50);
        again.save(folder.resolve("again.zip").toFile(), true);
        ComputationGraph restored =
                ComputationGraph.load(folder.resolve("again.zip").toFile(), true);
        train(restored, 50, ITERATIONS);

        assertThat(restored.params().toFloatVector())
                .isEqualTo(recorded.params().toFloatVector());
    }

    @Test
    void aRunWithBiasesAndThePublishedRuleIsRepeatedFromItsSavedState() throws IOException {
        // given a run that is saved, resumed and saved again
        MultiLayerNetwork first = Networks.classifier(Networks.base(new Adam(0.02)));
        String untrained = first.getLayerWiseConfigurations().toJson();
        Path file = folder.resolve("run.zip");
        AutoL2Listener before = AutoL2Listener.builder(AutoL2Options.paper()
                        .withInitialLambda(0.05)
                        .withRefractory(0.1)
                        .withDecayFactor(2)
                        .withMeasureEvery(2))
                .biases(true)
                .build();
        first.addListeners(before);
        train(first, 0, 70);
        before.save(first, file, true);
        MultiLayerNetwork second = MultiLayerNetwork.load(file.toFile(), true);
        AutoL2Listener after = AutoL2Listener.resume(SavedRun.readFrom(file)).build();
        second.addListeners(after);
        train(second, 70, ITERATIONS);
        after.save(second, file, true);
        assertThat(before.changes()).isNotEmpty();
        assertThat(after.changes()).isNotEmpty();

        // when
        MultiLayerNetwork again = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(untrained));
        again.init();
        SavedRun.readFrom(file).schedule().applyTo(again);
        train(again, 0, ITERATIONS);

        // then
        assertThat(again.params().toFloatVector()).isEqualTo(second.params().toFloatVector());
        assertThat(SavedRun.readFrom(file).schedule()).isEqualTo(after.schedule());
        assertThat(after.schedule().ratios())
                .containsOnlyKeys("layer0 weights", "layer0 biases", "layer1 weights", "layer1 biases");
    }

    @Test
    void wrappedLayersGetItToo() {
        MultiLayerConfiguration configuration = Networks.base(new Adam(0.02))
                .list()
                .layer(new Bidirectional(new LSTM.Builder().nIn(4).nOut(3).build()))
                .layer(new LastTimeStep(
                        new LSTM.Builder().name("last").nIn(6).nOut(8).build()))
                .layer(Networks.softmax(8).build())
                .build();
        MultiLayerNetwork recorded = new MultiLayerNetwork(configuration.clone());
        recorded.init();
        AutoL2Listener listener = new AutoL2Listener(OPTIONS);
        recorded.addListeners(listener);
        DataSet series = new DataSet(
                Nd4j.rand(DataType.FLOAT, 8, 4, 5), Networks.classes(8, 1).getLabels());
        for (int i = 0; i < 60; i++) {
            recorded.fit(series);
        }
        assertThat(listener.changes()).isNotEmpty();

        MultiLayerNetwork again = new MultiLayerNetwork(listener.schedule().applyTo(configuration));
        again.init();
        for (int i = 0; i < 60; i++) {
            again.fit(series);
        }

        assertThat(again.params().toFloatVector()).isEqualTo(recorded.params().toFloatVector());
    }

    @Test
    void layersKeepTheirShareOfLambda() {
        // given the output layer with half of the others' coefficient
        MultiLayerConfiguration configuration = Networks.base(new Sgd(0.1))
                .l2(0.02)
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(8).build())
                .layer(Networks.softmax(8).l2(0.01).build())
                .build();
        MultiLayerNetwork recorded = new MultiLayerNetwork(configuration.clone());
        recorded.init();
        AutoL2Listener listener = follow(recorded, Penalty.L2);

        MultiLayerNetwork again = new MultiLayerNetwork(listener.schedule().applyTo(configuration));
        again.init();
        train(again, 0, ITERATIONS);

        assertThat(listener.schedule().ratios()).isEqualTo(Map.of("layer0 weights", 1.0, "layer1 weights", 0.5));
        assertThat(again.params().toFloatVector()).isEqualTo(recorded.params().toFloatVector());
    }

    @Test
    void itsStepsAreTheFirstLambdaAndTheDivisions() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.1)));
        AutoL2Listener listener = follow(network, Penalty.L2);

        LambdaSchedule schedule = listener.schedule();

        assertThat(schedule.steps().get(0)).isEqualTo(new Step(0, 0.3));
        assertThat(schedule.steps().subList(1, schedule.steps().size()))
                .isEqualTo(listener.changes().stream()
                        .map(division -> new Step(division.iteration(), division.newLambda()))
                        .toList());
        Step second = schedule.steps().get(1);
        int at = (int) second.iteration();
        assertThat(schedule.schedule().valueAt(at - 1, 0)).isEqualTo(0.3);
        assertThat(schedule.schedule().valueAt(at, 0)).isEqualTo(second.lambda());
    }

    @Test
    void divisionsThatTheHistoryDropsAreInIt() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.1)));
        AutoL2Listener listener = AutoL2Listener.builder(OPTIONS.withDecayFactor(1.2))
                .historySize(2)
                .build();
        network.addListeners(listener);
        train(network, 0, ITERATIONS);

        assertThat(listener.changes()).hasSizeLessThanOrEqualTo(2);
        assertThat(listener.schedule().steps()).hasSizeGreaterThan(3);
    }

    @Test
    void aNetworkTrainedBeforeKeepsItsOwnCount() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.1)));
        train(network, 0, 5);
        AutoL2Listener listener = new AutoL2Listener(OPTIONS);
        network.addListeners(listener);
        train(network, 5, 10);

        assertThat(listener.schedule().steps().get(0)).isEqualTo(new Step(5, 0.3));
        assertThat(listener.schedule().schedule().valueAt(0, 0)).isEqualTo(0.3);
    }

    @Test
    void itsElementsArePlainOnes() {
        LambdaSchedule l2 = schedule(Penalty.L2);
        LambdaSchedule decay = schedule(Penalty.WEIGHT_DECAY);

        assertThat(l2.l2()).isEqualTo(new L2Regularization(l2.schedule()));
        assertThat(decay.weightDecay(false)).isEqualTo(new WeightDecay(decay.schedule(), false));
        assertThatThrownBy(decay::l2)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the run's penalty was WEIGHT_DECAY, not L2");
        assertThatThrownBy(() -> l2.weightDecay(true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the run's penalty was L2, not WEIGHT_DECAY");
    }

    private static LambdaSchedule schedule(Penalty penalty) {
        return new LambdaSchedule(List.of(new Step(0, 0.3), new Step(20, 0.1)), penalty, Map.of("layer0 weights", 1.0));
    }

    @Test
    void theCallersConfigurationAndRandomNumbersStay() {
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.1)));
        MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
        String before = configuration.toJson();
        Nd4j.getRandom().setSeed(3);
        double expected = Nd4j.getRandom().nextDouble();
        Nd4j.getRandom().setSeed(3);

        schedule(Penalty.L2).applyTo(configuration);

        assertThat(Nd4j.getRandom().nextDouble()).isEqualTo(expected);
        assertThat(configuration.toJson()).isEqualTo(before);
    }

    @Test
    void aNetworkWithoutTheLayersIsRefused() {
        ComputationGraph graph = Networks.graphClassifier(Networks.base(new Sgd(0.1)));

        assertThatThrownBy(() -> schedule(Penalty.L2).applyTo(graph))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("[layer0 weights], but this one has [hidden weights");
    }

    @Test
    void thereIsNoneBeforeTheTraining() {
        AutoL2Listener listener = new AutoL2Listener(OPTIONS);

        assertThatThrownBy(listener::schedule)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("there is no schedule of lambda before the first iteration of the training");
    }

    @Test
    void stepsThatDoNotFollowEachOtherAreRefused() {
        assertThatThrownBy(() -> new LambdaSchedule(
                        List.of(new Step(7, 0.3), new Step(7, 0.1)), Penalty.L2, Map.of("layer0 weights", 1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the iterations of lambda's steps must rise");
        assertThatThrownBy(() -> new LambdaSchedule(List.of(), Penalty.L2, Map.of("layer0 weights", 1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one step");
        assertThatThrownBy(() -> new Step(-1, 0.3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("iteration must be >= 0, got -1");
    }

    /** With an L1 beside it. */
    private static NeuralNetConfiguration.Builder unequal(IUpdater updater, Penalty penalty) {
        NeuralNetConfiguration.Builder base = Networks.base(updater);
        return penalty == Penalty.L2
                ? base.l1(0.001).l2(0.7)
                : base.regularization(List.of(new L1Regularization(0.001), new WeightDecay(0.7, true)));
    }

    private static AutoL2Listener follow(Model network, Penalty penalty) {
        AutoL2Listener listener =
                AutoL2Listener.builder(OPTIONS).penalty(penalty).build();
        network.addListeners(listener);
        train(network, 0, ITERATIONS);
        return listener;
    }

    private static void train(Model network, int from, int to) {
        for (int i = from; i < to; i++) {
            DataSet batch = Networks.classes(8, i % 5);
            if (network instanceof MultiLayerNetwork multiLayer) {
                multiLayer.fit(batch);
            } else {
                ((ComputationGraph) network).fit(batch);
            }
        }
    }
}
