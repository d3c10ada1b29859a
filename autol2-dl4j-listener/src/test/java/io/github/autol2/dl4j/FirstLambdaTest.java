package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Decision;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected1D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Where lambda begins and how time is counted, on real networks. */
class FirstLambdaTest {

    private static MultiLayerNetwork init(NeuralNetConfiguration.ListBuilder layers) {
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        return network;
    }

    private static MultiLayerNetwork dense(boolean normalised) {
        return dense(Networks.base(new Sgd(1e-3)), normalised);
    }

    private static MultiLayerNetwork dense(NeuralNetConfiguration.Builder base, boolean normalised) {
        NeuralNetConfiguration.ListBuilder layers =
                base.list().layer(new DenseLayer.Builder().nIn(4).nOut(64).build());
        if (normalised) {
            layers.layer(new BatchNormalization.Builder().nIn(64).nOut(64).build());
        }
        return init(layers.layer(Networks.softmax(64).build()));
    }

    private static double halfSquares(MultiLayerNetwork network, String parameter) {
        return network.getParam(parameter).norm2Number().doubleValue()
                * network.getParam(parameter).norm2Number().doubleValue()
                / 2;
    }

    static Stream<AutoL2Options> fromTheStart() {
        return Stream.of(AutoL2Options.adaptive(), AutoL2Options.adaptive(300)).map(AutoL2Options::fromTheStart);
    }

    @ParameterizedTest
    @MethodSource("fromTheStart")
    void beginsWhereThePenaltyIsATenthOfTheFirstLoss(AutoL2Options options) {
        // given
        MultiLayerNetwork network = dense(false);
        DataSet data = Networks.classes(32, 1);
        double loss = network.score(data);
        double penaltyAtOne = halfSquares(network, "0_W") + halfSquares(network, "1_W");
        AutoL2Listener listener = new AutoL2Listener(options);
        network.addListeners(listener);

        // when
        network.fit(data);

        // then
        assertThat(0.1 * loss / penaltyAtOne).as("not at the ceiling").isLessThan(0.1);
        assertThat(listener.lambda()).isCloseTo(0.1 * loss / penaltyAtOne, withinPercentage(0.01));
    }

    @Test
    void leavesAClassifierNearlyAloneUntilItFitsAndThenTakesATenthOfTheFirstLoss() {
        // given
        MultiLayerNetwork network = dense(Networks.base(new Sgd(0.3)), false);
        DataSet data = Networks.classes(32, 1);
        double loss = network.score(data);
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive(2_000));
        network.addListeners(listener);

        // when
        network.fit(data);
        double first = listener.lambda();
        while (listener.changes().isEmpty() && network.getIterationCount() < 2_000) {
            network.fit(data);
        }

        // then
        assertThat(first).isLessThanOrEqualTo(0.03 / (0.3 * 2_000) * 1.001);
        Decision.Change raise = listener.changes().get(0);
        assertThat(raise.cause()).isEqualTo(Decision.Cause.LEARNED);
        assertThat(raise.measurement().error().orElseThrow()).isLessThanOrEqualTo(0.1);
        assertThat(network.score(data)).as("with its penalty").isLessThan(0.3 * loss);
        double penaltyAtOne = raise.measurement().penalty() / first;
        assertThat(raise.newLambda())
                .isCloseTo(Math.min(0.1 * loss / penaltyAtOne, 1 / (200 * 0.3)), withinPercentage(1));
    }

    @Test
    void aClassifierWithAnL2OfItsOwnTrainsAsItDidBitForBitUntilItFits() {
        // given
        MultiLayerNetwork plain = withL2(0.01);
        MultiLayerNetwork listened = withL2(0.01);
        listened.setParams(plain.params());
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive(1_000));
        listened.addListeners(listener);

        // when
        DataSet data = Networks.classes(32, 1);
        for (int i = 0; i < 40; i++) {
            plain.fit(data);
            listened.fit(data);
        }

        // then
        assertThat(listener.lambda()).isEqualTo(0.01);
        assertThat(listened.params().toFloatVector())
                .containsExactly(plain.params().toFloatVector());
    }

    private static MultiLayerNetwork withL2(double l2) {
        return dense(Networks.base(new Adam(1e-3)).l2(l2), false);
    }

    /** One of 100 rows is of the second class: answering with the shares has a loss of 0.056, less than a tenth of ln 2. */
    @Test
    void aNetworkThatOnlyKnowsHowRareAClassIsDoesNotFit() {
        // given
        MultiLayerNetwork network = init(Networks.base(new Sgd(0.3))
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(8).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nIn(8)
                        .nOut(2)
                        .build()));
        INDArray labels = Nd4j.zeros(DataType.FLOAT, 400, 2);
        for (int row = 0; row < 400; row++) {
            labels.putScalar(row, row % 100 == 0 ? 1 : 0, 1);
        }
        DataSet noise = new DataSet(Nd4j.randn(DataType.FLOAT, 400, 4).muli(1e-3), labels);
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive(400));
        network.addListeners(listener);

        // when
        for (int i = 0; i < 400; i++) {
            network.fit(noise);
        }

        // then
        assertThat(network.score(noise)).isLessThan(0.07);
        assertThat(listener.changes()).isEmpty();
    }

    /** The first loss is about 2,500; predicting the mean leaves the variance of the targets. */
    @Test
    void doesNotCountTheMeanOfTargets() {
        // given
        MultiLayerNetwork network = init(Networks.base(new Sgd(1e-6))
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(64).build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(64)
                        .nOut(1)
                        .build()));
        INDArray targets = Nd4j.linspace(49, 51, 32, DataType.FLOAT).reshape(32, 1);
        double penaltyAtOne = halfSquares(network, "0_W") + halfSquares(network, "1_W");
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive().fromTheStart());
        network.addListeners(listener);

        // when
        network.fit(new DataSet(Nd4j.rand(32, 4), targets));

        // then
        double variance = targets.var(false, 0).getDouble(0);
        assertThat(listener.lambda()).isCloseTo(0.03 * 0.1 * variance / penaltyAtOne, withinPercentage(0.1));
    }

    @Test
    void doesNotCountWeightsBeforeABatchNormalisation() {
        // given: more than half of the penalty is that of the layer before the normalisation
        MultiLayerNetwork network = dense(true);
        network.setParam("0_W", network.getParam("0_W").mul(100));
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive().fromTheStart());
        network.addListeners(listener);

        // when
        network.fit(Networks.classes(32, 1));

        // then
        assertThat(listener.lambda()).isEqualTo(0.1);
    }

    /** Fine-tuning: the layers of a trained network in a new one, which does not know of its training. */
    @Test
    void countsAllWeightsOfANetworkThatWasTrainedBefore() {
        // given
        MultiLayerNetwork trained = dense(true);
        DataSet data = Networks.classes(32, 1);
        for (int i = 0; i < 20; i++) {
            trained.fit(data);
        }
        MultiLayerNetwork network = dense(true);
        network.setParams(trained.params());
        network.setParam("0_W", network.getParam("0_W").mul(100));
        double penaltyAtOne = halfSquares(network, "0_W") + halfSquares(network, "2_W");
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive().fromTheStart());
        network.addListeners(listener);

        // when
        network.fit(data);

        // then
        assertThat(network.getIterationCount()).isEqualTo(1);
        assertThat(listener.lambda())
                .isLessThan(0.01)
                .isBetween(0.03 * Math.log(3) / penaltyAtOne, 0.3 * Math.log(3) / penaltyAtOne);
    }

    /** Deeplearning4j counts no penalty for it, but lambda acts on it. */
    @Test
    void countsTheWeightsOfALayerOfSameDiff() {
        // given
        MultiLayerNetwork network = init(Networks.base(new Sgd(1e-3))
                .list()
                .layer(new LocallyConnected1D.Builder()
                        .kernelSize(1)
                        .nIn(4)
                        .nOut(8)
                        .build())
                .layer(new GlobalPoolingLayer(PoolingType.AVG))
                .layer(Networks.softmax(8).build())
                .setInputType(InputType.recurrent(4, 3)));
        DataSet flat = Networks.classes(32, 1);
        DataSet data = new DataSet(Nd4j.tile(flat.getFeatures().reshape(32, 4, 1), 1, 1, 3), flat.getLabels());
        double loss = network.score(data);
        double penaltyAtOne = halfSquares(network, "0_W") + halfSquares(network, "2_W");
        AutoL2Listener whole = new AutoL2Listener(AutoL2Options.adaptive().fromTheStart());
        network.addListeners(whole);

        // when
        network.fit(data);
        network.fit(data);

        // then
        assertThat(whole.lambda()).isCloseTo(0.1 * Math.min(loss, baseline(data)) / penaltyAtOne, withinPercentage(1));
        assertThat(whole.history().get(0).measurement().penalty())
                .isCloseTo(whole.lambda() * penaltyAtOne, withinPercentage(1));
    }

    private static double baseline(DataSet data) {
        INDArray shares = data.getLabels().sum(0).addi(1).divi(data.numExamples() + 3);
        return -shares.mul(Transforms.log(shares)).sumNumber().doubleValue();
    }

    @Test
    void countsThemWithoutIt() {
        // given
        MultiLayerNetwork network = dense(false);
        network.setParam("0_W", network.getParam("0_W").mul(100));
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive().fromTheStart());
        network.addListeners(listener);

        // when
        network.fit(Networks.classes(32, 1));

        // then
        assertThat(listener.lambda()).isLessThan(0.01);
    }

    /** All gradients are tiny beside Adam's epsilon of 1, so that its divisor is 1 and time passes as with the plain learning rate. */
    @Test
    void countsTimeWithWhatAdamDividesBy() {
        // given
        double plain = elapsed(new Adam(1e-3, 0.9, 0.999, 1));
        double divided = elapsed(new Adam(1e-3));

        // then: lambda 0.1, about 40 iterations; Adam's correction of the bias makes the first steps smaller beside an
        // epsilon of 1
        assertThat(plain).isBetween(1e-4, 1e-3 * 0.1 * 41);
        assertThat(divided).isGreaterThan(3 * plain);
    }

    private static double elapsed(Adam adam) {
        MultiLayerNetwork network = Networks.classifier(Networks.base(adam));
        AutoL2Listener listener = new AutoL2Listener(
                AutoL2Options.adaptive().withInitialLambda(0.1).withMeasureEvery(20));
        network.addListeners(listener);
        DataSet data = Networks.classes(32, 1);
        for (int i = 0; i < 41; i++) {
            network.fit(data);
        }
        return listener.timescalesSinceDivision();
    }
}
