package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.schedule.AutoL2Options;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What a listener has left on a network is not its user's own {@code l2}. */
class SharedConfigurationTest {

    private DataSet batch;

    @BeforeEach
    void data() {
        Nd4j.getRandom().setSeed(3);
        batch = new DataSet(
                Nd4j.rand(DataType.FLOAT, 16, 4),
                Nd4j.create(new float[16][2]).castTo(DataType.FLOAT).addi(0.5));
        for (int i = 0; i < 16; i++) {
            batch.getLabels().putScalar(i, 0, i % 2);
            batch.getLabels().putScalar(i, 1, 1 - i % 2);
        }
    }

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
        network.fit(batch);

        assertThat(Lambda.get(network)).isEqualTo(0.003);
    }

    @Test
    void whatTheUserHasSetSinceIsTheUsers() {
        MultiLayerNetwork network = trained(configuration(0.003), listener(0.05));
        Lambda.set(network, 0.02);

        network.setListeners(new AutoL2Listener(AutoL2Options.adaptive(1_000)));
        network.fit(batch);

        assertThat(Lambda.get(network)).isEqualTo(0.02);
    }

    private static AutoL2Listener listener(double lambda) {
        return new AutoL2Listener(AutoL2Options.adaptive(1_000).withInitialLambda(lambda));
    }

    private MultiLayerNetwork trained(MultiLayerConfiguration configuration, AutoL2Listener listener) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        network.setListeners(listener);
        network.fit(batch);
        return network;
    }

    private static MultiLayerConfiguration configuration(double l2) {
        return new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new Sgd(0.1))
                .l2(l2)
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(4)
                        .nOut(6)
                        .activation(Activation.TANH)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(6)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build();
    }
}
