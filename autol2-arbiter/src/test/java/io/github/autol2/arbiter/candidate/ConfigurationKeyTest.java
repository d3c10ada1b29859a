package io.github.autol2.arbiter.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** Which networks share a calibration. */
class ConfigurationKeyTest {

    private static NeuralNetConfiguration.Builder network() {
        return new NeuralNetConfiguration.Builder().seed(1).updater(new Nesterovs(0.1, 0.9));
    }

    private static DenseLayer.Builder hidden() {
        return new DenseLayer.Builder().nIn(4).nOut(3);
    }

    private static String key(NeuralNetConfiguration.Builder network, DenseLayer.Builder hidden) {
        return ConfigurationKey.of(network.list()
                .layer(hidden.build())
                .layer(new OutputLayer.Builder().nIn(3).nOut(2).build())
                .build()
                .toJson());
    }

    @Test
    void lambdaAndSeedDoNotMatter() {
        String key = key(network(), hidden());

        assertThat(key(network().seed(2), hidden())).isEqualTo(key);
        assertThat(key(network().l2(0.3), hidden())).isEqualTo(key);
        assertThat(key(network().l2(1e-7), hidden())).isEqualTo(key);
    }

    @Test
    void ratiosBetweenLayersMatter() {
        String equal = key(network(), hidden());
        String tenth = key(network().l2(0.5), hidden().l2(0.05));

        assertThat(tenth).isNotEqualTo(equal);
        assertThat(key(network().l2(0.7), hidden().l2(0.1 * 0.7)))
                .as("the same ratio")
                .isEqualTo(tenth);
        assertThat(key(network().l2(0.5), hidden().l2(0.06)))
                .as("another ratio")
                .isNotEqualTo(tenth);
        assertThat(key(network(), hidden().l2(0.05)))
                .as("the other layer gets all of lambda, too")
                .isEqualTo(equal);
    }

    @Test
    void everythingElseMatters() {
        List<String> keys = List.of(
                key(network(), hidden()),
                key(network().updater(new Nesterovs(0.2, 0.9)), hidden()),
                key(network().updater(new Nesterovs(0.1, 0.8)), hidden()),
                key(network().updater(new Sgd(0.1)), hidden()),
                key(network(), hidden().activation(Activation.TANH)),
                key(network().l1(0.1), hidden()),
                key(network().weightDecay(0.1), hidden()),
                key(network().l2Bias(0.1), hidden()),
                key(network().l2Bias(0.2), hidden()),
                key(network().dropOut(0.5), hidden()));

        assertThat(keys).doesNotHaveDuplicates();
    }
}
