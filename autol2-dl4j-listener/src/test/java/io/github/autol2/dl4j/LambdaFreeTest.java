package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class LambdaFreeTest {

    @Test
    void isOneOverEtaEffAndTheLengthOfTheTraining() {
        assertThat(Lambda.freeRule(Networks.classifier(Networks.base(new Nesterovs(0.05, 0.9))), 1000))
                .isCloseTo(0.002, within(1e-12));
    }

    /** A warm-up from 0, as a network sees it before the first update and in the middle of it. */
    @Test
    void countsWithTheLearningRateThatAScheduleRisesTo() {
        for (double first : new double[] {0, 1e-4}) {
            Sgd warmUp = new Sgd(new MapSchedule(ScheduleType.ITERATION, Map.of(0, first, 100, 0.05)));
            MultiLayerNetwork network = Networks.classifier(Networks.base(warmUp));
            assertThat(Lambda.freeRule(network, 1000)).isCloseTo(0.02, within(1e-12));

            network.setIterationCount(50);
            assertThat(Lambda.freeRule(network, 1000)).isCloseTo(0.02, within(1e-12));
        }
    }

    @Test
    void aLearningRateThatFallsCountsWithWhatItIs() {
        Sgd falls = new Sgd(new MapSchedule(ScheduleType.ITERATION, Map.of(0, 0.05, 100, 0.001)));

        assertThat(Lambda.freeRule(Networks.classifier(Networks.base(falls)), 1000))
                .isCloseTo(0.02, within(1e-12));
    }

    @Test
    void refusesALearningRateThatStaysZero() {
        assertThatThrownBy(() -> Lambda.freeRule(Networks.classifier(Networks.base(new Sgd(0))), 1000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the learning rate must be greater than 0 somewhere in a training of 1000 iterations, got 0 all along: look at "
                                + "its schedule");
    }

    @Test
    void rejectsATrainingWithoutIterations() {
        assertThatThrownBy(() -> Lambda.freeRule(Networks.classifier(Networks.base(new Nesterovs(0.05, 0.9))), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("iterations must be >= 1, got 0");
    }

    private static MultiLayerNetwork withL2OnOneLayer(IUpdater updater) {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(updater)
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(8).build())
                .layer(Networks.softmax(8).l2(0.01).build())
                .build());
        network.init();
        return network;
    }

    @Test
    void leavesTheNetworkAsItWas() {
        MultiLayerNetwork network = withL2OnOneLayer(new Sgd(0.1));
        String before = network.getLayerWiseConfigurations().toJson();

        assertThat(Lambda.freeRule(network, 1000)).isCloseTo(0.01, within(1e-12));

        assertThat(network.getLayerWiseConfigurations().toJson()).isEqualTo(before);
    }

    @Test
    void leavesTheNetworkAsItWasAfterAnException() {
        MultiLayerNetwork network = withL2OnOneLayer(new AdaDelta());
        String before = network.getLayerWiseConfigurations().toJson();

        assertThatThrownBy(() -> Lambda.freeRule(network, 1000))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("AdaDelta, which has no learning rate");

        assertThat(network.getLayerWiseConfigurations().toJson()).isEqualTo(before);
    }

    @Test
    void aNetworkTellsItsLargestCoefficient() {
        MultiLayerNetwork network = withL2OnOneLayer(new Sgd(0.1));
        MultiLayerNetwork none = Networks.classifier(Networks.base(new Sgd(0.1)));

        assertThat(Lambda.get(network)).isEqualTo(0.01);
        assertThat(Lambda.get(none)).isZero();
        Lambda.set(none, 0.3);
        assertThat(Lambda.get(none)).isEqualTo(0.3);
    }

    @Test
    void withoutItAScoreIsTheLossAndTheNetworkStaysAsItWas() {
        MultiLayerNetwork network = withL2OnOneLayer(new Sgd(0.1));
        DataSet batch = Networks.classes(16, 1);
        String before = network.getLayerWiseConfigurations().toJson();
        double penalty = network.calcRegularizationScore(true);

        double loss = Lambda.without(network, () -> network.score(batch));

        assertThat(penalty).isGreaterThan(1e-3);
        assertThat(loss).isCloseTo(network.score(batch) - penalty, within(1e-6));
        assertThat(network.getLayerWiseConfigurations().toJson()).isEqualTo(before);
    }

    @Test
    void withoutItTheNetworkStaysAsItWasAfterAnException() {
        MultiLayerNetwork network = withL2OnOneLayer(new Sgd(0.1));
        double penalty = network.calcRegularizationScore(true);

        assertThatThrownBy(() -> Lambda.without(network, () -> {
                    throw new IllegalStateException("no score");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no score");

        assertThat(network.calcRegularizationScore(true)).isEqualTo(penalty);
    }
}
