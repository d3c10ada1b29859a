package io.github.autol2.program.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.dl4j.Lambda;
import io.github.autol2.dl4j.network.Network;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class FreeRuleTest {

    private static final long ITERATIONS = 100;

    private static Network network(IUpdater updater) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .updater(updater)
                .list()
                .layer(new OutputLayer.Builder()
                        .activation(Activation.SOFTMAX)
                        .nIn(2)
                        .nOut(2)
                        .build())
                .build());
        network.init();
        return Network.of(network);
    }

    private static double trained(Network network) {
        FreeRule rule = new FreeRule(network, ITERATIONS);
        DataSet batch = new DataSet(Nd4j.eye(2), Nd4j.eye(2));
        double lambda = 0;
        for (int i = 1; i <= 6; i++) {
            assertThat(lambda > 0).isEqualTo(i == 6);
            network.fit(batch);
            lambda = rule.after(i);
        }
        assertThat(Lambda.get(network.model())).isEqualTo(lambda);
        return lambda;
    }

    @Test
    void beginsAfterATwentieth() {
        assertThat(trained(network(new Sgd(0.1)))).isCloseTo(0.1, within(1e-9));
    }

    /** In the first twentieth, and when lambda is chosen, the learning rate is 0. */
    @Test
    void aWarmUpFromZeroCountsWithWhatItRisesTo() {
        Sgd warmUp = new Sgd(new MapSchedule(ScheduleType.ITERATION, Map.of(0, 0.0, 20, 0.1)));

        assertThat(trained(network(warmUp))).isCloseTo(0.1, within(1e-9));
    }

    @Test
    void refusesALearningRateThatStaysZeroBeforeTheTraining() {
        Network network = network(new Sgd(0));

        assertThatThrownBy(() -> new FreeRule(network, ITERATIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the learning rate must be greater than 0 somewhere in a training of 100 iterations, got 0 all along: look at "
                                + "its schedule");
    }

    @Test
    void takesAnUpdaterWithoutALearningRate() {
        assertThatCode(() -> new FreeRule(network(new AdaDelta()), ITERATIONS)).doesNotThrowAnyException();
        assertThat(trained(network(new AdaDelta()))).isPositive().isFinite();
    }
}
