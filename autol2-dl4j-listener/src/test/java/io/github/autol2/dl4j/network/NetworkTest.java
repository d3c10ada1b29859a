package io.github.autol2.dl4j.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class NetworkTest {

    /** Both kinds: 3 inputs, 4 hidden units, 2 classes; not initialised. */
    enum Kind {
        MULTI_LAYER(base -> Network.of(new MultiLayerNetwork(base.list()
                .layer(new DenseLayer.Builder().nIn(3).nOut(4).build())
                .layer(softmax())
                .build()))),
        GRAPH(base -> Network.of(new ComputationGraph(base.graphBuilder()
                .addInputs("in")
                .addLayer("hidden", new DenseLayer.Builder().nIn(3).nOut(4).build(), "in")
                .addLayer("out", softmax(), "hidden")
                .setOutputs("out")
                .build())));

        private final Function<NeuralNetConfiguration.Builder, Network> build;

        Kind(Function<NeuralNetConfiguration.Builder, Network> build) {
            this.build = build;
        }

        Network network(IUpdater updater) {
            return build.apply(new NeuralNetConfiguration.Builder()
                    .seed(7)
                    .updater(updater)
                    .l2(0.1));
        }
    }

    private static OutputLayer softmax() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nIn(4)
                .nOut(2)
                .build();
    }

    private static DataSet batch() {
        return new DataSet(Nd4j.ones(2, 3), Nd4j.eye(2));
    }

    @ParameterizedTest
    @EnumSource
    void initialWeightsAreThoseOfTheSeedThatWasSet(Kind kind) {
        Network network = kind.network(new Sgd(0.1));
        network.setSeed(8);

        INDArray weights = network.init().model().params();

        assertThat(network.seed()).isEqualTo(8);
        assertThat(weights).isEqualTo(seeded(kind, 8)).isNotEqualTo(seeded(kind, 7));
    }

    private static INDArray seeded(Kind kind, long seed) {
        Network network = kind.network(new Sgd(0.1));
        network.setSeed(seed);
        return network.init().model().params();
    }

    @ParameterizedTest
    @EnumSource
    void aCopyHasTheConfigurationButNoTrainingBehindIt(Kind kind) {
        Network network = kind.network(new Sgd(0.1)).init();
        INDArray initial = network.model().params().dup();
        network.addListener(new ScoreIterationListener());
        network.fit(batch());

        Network copy = network.untrainedCopy();

        assertThat(network.iteration()).isEqualTo(1);
        assertThat(copy.iteration()).isZero();
        assertThat(copy.seed()).isEqualTo(7);
        assertThat(copy.either(MultiLayerNetwork::getListeners, graph -> List.copyOf(graph.getListeners())))
                .isEmpty();
        assertThat(copy.init().model().params()).isEqualTo(initial);
    }

    @ParameterizedTest
    @EnumSource
    void aCopySharesNoLayerWithTheNetwork(Kind kind) {
        Network network = kind.network(new Sgd(0.1));

        Network copy = network.untrainedCopy();
        copy.setSeed(9);
        copy.layers().forEach(layer -> layer.setLayerName("renamed"));

        assertThat(network.seed()).isEqualTo(7);
        assertThat(copy.layers()).hasSameSizeAs(network.layers());
        assertThat(network.layers()).noneMatch(layer -> "renamed".equals(layer.getLayerName()));
    }

    @ParameterizedTest
    @EnumSource
    void theScoreIsTheLossAndThePenalty(Kind kind) {
        Network network = kind.network(new Sgd(0.1)).init();
        double lossAndPenalty = network.score(batch());
        double penalty = network.penalty();
        network.layers().forEach(layer -> ((BaseLayer) layer).setRegularization(List.of()));

        double loss = network.score(batch());

        assertThat(penalty).isGreaterThan(0);
        assertThat(lossAndPenalty).isCloseTo(loss + penalty, within(1e-6));
    }

    @ParameterizedTest
    @EnumSource
    void anUpdaterHasAStateFromTheFirstUpdateOn(Kind kind) {
        Network network = kind.network(new Sgd(0.1)).init();
        assertThat(network.updater()).isNull();

        network.fit(batch());

        assertThat(network.updater()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void theLearningRateIsThatOfTheUpdaterIfItHasOne(Kind kind) {
        assertThat(kind.network(new Sgd(0.1)).init().learningRate()).isEqualTo(0.1);
        assertThat(kind.network(new AdaDelta()).init().learningRate()).isNaN();
    }

    @ParameterizedTest
    @EnumSource
    void outputsOfABatchAndOfItsFeaturesAgree(Kind kind) {
        Network network = kind.network(new Sgd(0.1)).init();

        INDArray output = network.output(batch());

        assertThat(output.shape()).containsExactly(2, 2);
        assertThat(network.output(batch().getFeatures())).isEqualTo(output);
    }

    @Test
    void onlyTheTwoKindsAreNetworks() {
        assertThat(Network.isNetwork(Kind.MULTI_LAYER.network(new Sgd(0.1)).model()))
                .isTrue();
        assertThat(Network.isNetwork(Kind.GRAPH.network(new Sgd(0.1)).model())).isTrue();
        assertThat(Network.isNetwork(null)).isFalse();
        assertThatThrownBy(() -> Network.of(null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("network must be a MultiLayerNetwork or ComputationGraph, got null");
    }

    @ParameterizedTest
    @EnumSource
    void aCopyIsAsFarAsTheNetworkAndSharesNothingWithIt(Kind kind) {
        Network network = kind.network(new Adam(0.01)).init();
        DataSet batch = new DataSet(Nd4j.rand(6, 3), Nd4j.ones(6, 2));
        network.fit(batch);
        network.fit(batch);

        Network copy = network.copy();
        copy.addListener(new ScoreIterationListener());
        copy.fit(batch);

        assertThat(network.listeners()).isEmpty();
        assertThat(network.iteration()).isEqualTo(2);
        assertThat(copy.iteration()).isEqualTo(3);
        assertThat(copy.epoch()).isEqualTo(network.epoch());
        assertThat(copy.model().params()).isNotEqualTo(network.model().params());
        network.fit(batch);
        assertThat(copy.model().params()).isEqualTo(network.model().params());
    }
}
