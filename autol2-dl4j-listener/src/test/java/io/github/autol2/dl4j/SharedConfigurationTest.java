package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.schedule.AutoL2Options;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;

/** What a listener has left on a network is not its user's own {@code l2}. */
class SharedConfigurationTest {

    private static final DataSet BATCH = Networks.classes(16, 1);

    @Test
    void aNetworkOfTheSameConfigurationBeginsWithItsUsersCoefficient() {
        MultiLayerConfiguration configuration = configuration(0.003);
        AutoL2Listener listener = listener(0.05);
        trained(configuration, listener);

        MultiLayerNetwork second = trained(configuration, new AutoL2Listener(AutoL2Options.adaptive(1_000)));

        assertThat(listener.lambda()).isEqualTo(0.05);
        assertThat(Lambda.get(second)).isEqualTo(0.003);
    }

    @Test
    void aNetworkOfTheSameConfigurationWithoutOneBeginsWithout() {
        MultiLayerConfiguration configuration = configuration(0);
        trained(configuration, listener(0.05));

        MultiLayerNetwork second = trained(configuration, new AutoL2Listener(AutoL2Options.adaptive(1_000)));

        assertThat(Lambda.get(second)).isZero();
        assertThat(second.params())
                .isEqualTo(trained(configuration(0), new AutoL2Listener(AutoL2Options.adaptive(1_000)))
                        .params());
    }

    @Test
    void aSecondTrainingOfTheSameNetworkBeginsWithItsUsersCoefficient() {
        MultiLayerNetwork network = trained(configuration(0.003), listener(0.05));

        network.setListeners(new AutoL2Listener(AutoL2Options.adaptive(1_000)));
        network.fit(BATCH);

        assertThat(Lambda.get(network)).isEqualTo(0.003);
    }

    @Test
    void whatTheUserHasSetSinceIsTheUsers() {
        MultiLayerNetwork network = trained(configuration(0.003), listener(0.05));
        Lambda.set(network, 0.02);

        network.setListeners(new AutoL2Listener(AutoL2Options.adaptive(1_000)));
        network.fit(BATCH);

        assertThat(Lambda.get(network)).isEqualTo(0.02);
    }

    private static AutoL2Listener listener(double lambda) {
        return new AutoL2Listener(AutoL2Options.adaptive(1_000).withInitialLambda(lambda));
    }

    private static MultiLayerNetwork trained(MultiLayerConfiguration configuration, AutoL2Listener listener) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        network.setListeners(listener);
        network.fit(BATCH);
        return network;
    }

    private static MultiLayerConfiguration configuration(double l2) {
        return Networks.classifier(Networks.base(new Sgd(0.1)).l2(l2)).getLayerWiseConfigurations();
    }
}
