package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.autol2.schedule.AutoL2Options;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;

/** Which parameters etaEff is the mean of, and what it is before the first update. */
@Tag("slow")
class EffectiveLearningRateTest {

    private static final DataSet DATA = Networks.classes(32, 1);

    private static AutoL2Listener fit(MultiLayerNetwork network, AutoL2ListenerBuilder builder, int iterations) {
        AutoL2Listener listener = builder.build();
        network.addListeners(listener);
        for (int i = 0; i < iterations; i++) {
            network.fit(DATA);
        }
        return listener;
    }

    private static AutoL2ListenerBuilder adaptive() {
        return AutoL2Listener.builder(AutoL2Options.adaptive().fromTheStart().withMeasureEvery(5));
    }

    private static MultiLayerNetwork dense(DenseLayer.Builder hidden, IUpdater updater) {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(updater)
                .list()
                .layer(hidden.nIn(4).nOut(64).build())
                .layer(Networks.softmax(64).build())
                .build());
        network.init();
        return network;
    }

    /** A layer that is left out, and biases, have an l2 of the user's and learning rates of their own. */
    @Test
    void countsOnlyWhatLambdaIsSetFor() {
        MultiLayerNetwork network = dense(
                new DenseLayer.Builder()
                        .l2(0.5)
                        .l2Bias(0.5)
                        .updater(new Sgd(0.01))
                        .biasUpdater(new Sgd(0.02)),
                new Sgd(0.05));

        AutoL2Listener listener = fit(network, adaptive().layers(name -> !name.equals("layer0")), 30);

        assertThat(listener.history())
                .hasSizeGreaterThan(2)
                .allSatisfy(point -> assertThat(point.measurement().etaEff()).isEqualTo(0.05));
    }

    /** The decoder of a variational autoencoder has no gradients in supervised training, so Adam remembers nothing of it. */
    @Test
    void doesNotCountWhatOnlyPretrainingMoves() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Adam(1e-3))
                .list()
                .layer(new VariationalAutoencoder.Builder()
                        .nIn(4)
                        .nOut(8)
                        .encoderLayerSizes(16)
                        .decoderLayerSizes(16)
                        .build())
                .layer(Networks.softmax(8).build())
                .build());
        network.init();

        AutoL2Listener listener = fit(network, adaptive(), 60);

        assertThat(listener.history())
                .hasSizeGreaterThan(2)
                .allSatisfy(point -> assertThat(point.measurement().etaEff()).isLessThan(50));
        assertThat(listener.lambda()).isGreaterThan(1e-6);
    }

    /** An output that begins at 0 sends nothing back: the hidden weights' first gradients are 0. */
    @Test
    void doesNotJudgeByArraysWhoseFirstGradientIsZero() {
        MultiLayerNetwork network = dense(new DenseLayer.Builder(), new Adam(1e-3));
        network.getParam("1_W").assign(0);

        assertThat(fit(network, adaptive(), 1).lambda()).isBetween(1e-4, 0.1);
    }

    @Test
    void noArrayCountsWithMoreThanTenTimesTheMeanGain() {
        // given: the hidden weights' first gradients are a millionth of the output's
        MultiLayerNetwork network = dense(new DenseLayer.Builder(), new Adam(1e-3));
        network.getParam("1_W").muli(1e-6);
        MultiLayerNetwork twin = dense(new DenseLayer.Builder(), new Adam(1e-3));

        double small = fit(network, adaptive(), 1).lambda();
        double usual = fit(twin, adaptive(), 1).lambda();

        assertThat(small).isGreaterThan(0.01 * usual);
    }

    static Stream<Arguments> updatersWithoutALearningRate() {
        return Stream.of(Arguments.of(new AdaDelta()), Arguments.of(new NoOp()));
    }

    /** Deeplearning4j adds weight decay with a factor of 1 where an updater has no learning rate. */
    @ParameterizedTest
    @MethodSource("updatersWithoutALearningRate")
    void weightDecayCountsWithOneWhereThereIsNoLearningRate(IUpdater updater) {
        // given weights without a gradient of the loss
        MultiLayerNetwork network = dense(new DenseLayer.Builder(), updater);
        DataSet zeros = new DataSet(DATA.getFeatures().mul(0), DATA.getLabels());
        double before = network.getParam("0_W").norm2Number().doubleValue();
        AutoL2Listener listener = AutoL2Listener.builder(
                        AutoL2Options.adaptive().withInitialLambda(0.01).withMinimumLambda(0.01))
                .penalty(Penalty.WEIGHT_DECAY)
                .build();
        network.addListeners(listener);

        // when
        for (int i = 0; i < 20; i++) {
            network.fit(zeros);
        }

        // then
        assertThat(listener.history().get(0).measurement().etaEff()).isEqualTo(1);
        assertThat(network.getParam("0_W").norm2Number().doubleValue())
                .isCloseTo(before * Math.pow(0.99, 20), withinPercentage(0.1));
    }
}
