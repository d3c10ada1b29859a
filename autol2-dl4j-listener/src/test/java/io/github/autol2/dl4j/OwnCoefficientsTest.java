package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.autol2.dl4j.log.CapturedLog;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Decision;
import io.github.autol2.validation.ValidationDecision.RestoreAndRaise;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.logging.log4j.Level;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;

/** A classifier's own {@code l2}, where the layers' differ: as it was until it fits its training data, which these never do. */
@Tag("slow")
class OwnCoefficientsTest {

    private static final double HIDDEN = 0.03;
    private static final double OUT = 0.01;
    private static final AutoL2Options OPTIONS = AutoL2Options.adaptive(1_000);
    private static final DataSet BATCH = Networks.classes(32, 1);

    @RegisterExtension
    final CapturedLog log = new CapturedLog(AutoL2Listener.class);

    @TempDir
    private Path folder;

    /** 4 inputs, 16 hidden units in two layers, 3 classes; the first layer has no {@code l2}. */
    private static MultiLayerNetwork network() {
        return network(new Sgd(0.1), OUT);
    }

    private static MultiLayerNetwork network(IUpdater updater, double out) {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(updater)
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(8).build())
                .layer(new DenseLayer.Builder().nIn(8).nOut(8).l2(HIDDEN).build())
                .layer(Networks.softmax(8).l2(out).build())
                .build());
        network.init();
        return network;
    }

    private static float[] asItWas(int iterations) {
        MultiLayerNetwork network = network();
        Networks.fit(network, BATCH, iterations);
        return network.params().toFloatVector();
    }

    private static AutoL2Listener listenTo(MultiLayerNetwork network, AutoL2ListenerBuilder builder) {
        AutoL2Listener listener = builder.build();
        network.addListeners(listener);
        return listener;
    }

    @Test
    void eachLayerKeepsItsOwnAndOneWithoutHasNone() {
        MultiLayerNetwork network = network();
        AutoL2Listener listener = listenTo(network, AutoL2Listener.builder(OPTIONS));

        Networks.fit(network, BATCH, 60);

        assertThat(listener.lambda()).isEqualTo(HIDDEN);
        assertThat(network.params().toFloatVector()).containsExactly(asItWas(60));
        assertThat(log.of(Level.INFO))
                .contains("The network's own coefficient 0.03 stays as it is until lambda changes.");
        assertThat(log.of(Level.WARN)).isEmpty();
    }

    @Test
    void aRunThatGoesOnKeepsThem() throws IOException {
        MultiLayerNetwork network = network();
        AutoL2Listener listener = listenTo(network, AutoL2Listener.builder(OPTIONS));
        Networks.fit(network, BATCH, 30);
        Path file = folder.resolve("model.zip");
        listener.save(network, file, true);

        MultiLayerNetwork loaded = ModelSerializer.restoreMultiLayerNetwork(file.toFile());
        listenTo(loaded, AutoL2Listener.resume(SavedRun.readFrom(file)));
        Networks.fit(loaded, BATCH, 30);

        assertThat(loaded.params().toFloatVector()).containsExactly(asItWas(60));
    }

    @Test
    void theScheduleHasThem() {
        MultiLayerNetwork network = network();
        AutoL2Listener listener = listenTo(network, AutoL2Listener.builder(OPTIONS));
        Networks.fit(network, BATCH, 60);

        MultiLayerNetwork again =
                new MultiLayerNetwork(listener.schedule().applyTo(network().getLayerWiseConfigurations()));
        again.init();
        Networks.fit(again, BATCH, 60);

        assertThat(again.params().toFloatVector()).containsExactly(asItWas(60));
    }

    /** A lambda of the user's is one for all, even if a layer has the same. */
    @Test
    void aLambdaOfTheUsersActsOnAllLayersAtOnce() {
        MultiLayerNetwork network = network();
        listenTo(network, AutoL2Listener.builder(OPTIONS.withInitialLambda(HIDDEN)));

        Networks.fit(network, BATCH, 1);

        assertThat(coefficients(network)).containsExactly(HIDDEN, HIDDEN, OUT);
    }

    /** To what a network without an {@code l2} has, though the one with one shows the penalty of its last layer only. */
    @Test
    void trainingSignalsRaiseLambdaForAllThatTakePart() {
        DataSet separable = Networks.classes(12, 1);
        double[] raised = new double[2];
        for (int i = 0; i < 2; i++) {
            MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Nesterovs(0.1, 0.9))
                    .list()
                    .layer(new DenseLayer.Builder().nIn(4).nOut(8).build())
                    .layer(Networks.softmax(8).l2(i * 1e-5).build())
                    .build());
            network.init();
            AutoL2Listener listener = listenTo(network, AutoL2Listener.builder(AutoL2Options.adaptive(400)));
            Networks.fit(network, separable, 400);
            raised[i] = listener.changes().get(0).newLambda();
            assertThat(listener.changes().get(0).cause()).isEqualTo(Decision.Cause.LEARNED);
        }

        assertThat(raised[1]).isCloseTo(raised[0], withinPercentage(5));
    }

    /** As when lambda is divided down to a minimum of that value. */
    @Test
    void whatTheRunDidNotBeginWithDoesNotCount() {
        Coefficients read = new Coefficients(Map.of("a", 1.0, "b", 1.0), Map.of("a", HIDDEN));
        MultiLayerNetwork network = network();
        List<PenalisedParameters> penalised = PenalisedParameters.of(Network.of(network), Participants.WEIGHTS);
        NetworkLambda lambda =
                new NetworkLambda(Network.of(network), penalised, Penalty.L2, true, Coefficients.NOT_READ);

        assertThat(read.of("b", HIDDEN)).isZero();
        lambda.begin(2 * HIDDEN);
        lambda.set(HIDDEN);
        assertThat(coefficients(network).get(0)).isEqualTo(HIDDEN);
    }

    @Test
    void upToTheLargestOfThemRatiosAreThoseOfTheNetworksOwn() {
        Coefficients some = new Coefficients(Map.of("a", 1.0, "b", 0.5, "c", 1.0), Map.of("a", 0.3, "b", 0.15));

        assertThat(some.of("b", 0.3)).isEqualTo(0.15);
        assertThat(some.of("c", 0.3)).isZero();
        assertThat(some.of("b", 0.1)).isCloseTo(0.05, within(1e-15));
        assertThat(some.of("c", 0.1)).isZero();
        assertThat(some.of("b", 0.6)).isEqualTo(0.3);
        assertThat(some.of("c", 0.6)).isEqualTo(0.6);
        assertThat(some.of("c", 0)).isZero();
        assertThat(Coefficients.NOT_READ.leaveSomeOut(0)).isFalse();
    }

    @Test
    void allLayersTakePartOnceLambdaIsRaised() {
        double small = 1e-5;
        MultiLayerNetwork network = network(new Nesterovs(0.1, 0.9), small);
        AutoL2Listener listener = listenTo(
                network,
                AutoL2Listener.builder(AutoL2Options.adaptive(200))
                        .layers(name -> !name.equals("layer1"))
                        .validation(
                                new ExistingDataSetIterator(
                                        Networks.classes(600, 2).batchBy(200)),
                                5));
        Networks.fit(network, BATCH, 15);
        assertThat(coefficients(network)).containsExactly(0.0, HIDDEN, small);

        network.params().muli(-1); // harmed, but not dead
        Networks.fit(network, BATCH, 15);

        assertThat(listener.validationDecisions()).first().isInstanceOf(RestoreAndRaise.class);
        double raised = listener.lambda();
        assertThat(raised).isGreaterThan(small);
        assertThat(coefficients(network)).containsExactly(raised, HIDDEN, raised);
    }

    private static List<Double> coefficients(MultiLayerNetwork network) {
        return IntStream.range(0, 3)
                .mapToObj(layer -> network.getLayer(layer).conf().getLayer().getRegularizationByParam("W"))
                .map(elements -> ((L2Regularization) elements.get(0)).getL2().valueAt(0, 0))
                .toList();
    }
}
