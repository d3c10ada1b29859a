package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.dl4j.network.Network;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.impl.loss.SigmoidCrossEntropyLoss;
import org.nd4j.linalg.api.ops.impl.loss.SoftmaxCrossEntropyWithLogitsLoss;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Held against the score of a network whose weights are 0 and whose biases are the mean of the targets. */
class LossOfMeanTest {

    private static final int ROWS = 12;
    private static final INDArray TARGETS =
            Nd4j.tile(Nd4j.create(new double[][] {{1, 0.5}, {0, 0.25}, {0, 0.75}, {1, 0.25}}), 3, 1);
    private static final INDArray MEANS = TARGETS.mean(0);

    static Stream<Arguments> losses() {
        return Stream.of(
                Arguments.of(LossFunction.MSE, Activation.IDENTITY),
                Arguments.of(LossFunction.SQUARED_LOSS, Activation.IDENTITY),
                Arguments.of(LossFunction.MEAN_ABSOLUTE_ERROR, Activation.IDENTITY),
                Arguments.of(LossFunction.L1, Activation.IDENTITY),
                Arguments.of(LossFunction.MSE, Activation.SIGMOID));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void isTheScoreOfANetworkThatPredictsTheMean(LossFunction loss, Activation activation) {
        OutputLayer.Builder output =
                new OutputLayer.Builder(loss).activation(activation).nIn(3).nOut(2);
        INDArray biases = activation == Activation.SIGMOID ? Nd4j.math.log(MEANS.div(MEANS.rsub(1))) : MEANS;
        Seen seen = seen(output.build(), biases, new DataSet(Nd4j.rand(ROWS, 3), TARGETS));

        assertThat(seen.lossOfMean()).hasValueCloseTo(seen.score(), within(1e-6));
    }

    @Test
    void countsTimeStepsAsTheScoreDoes() {
        INDArray targets = Nd4j.rand(ROWS, 2, 5);
        RnnOutputLayer output = inTime();

        Seen seen = seen(output, targets.mean(0, 2), new DataSet(Nd4j.rand(ROWS, 3, 5), targets));

        assertThat(seen.lossOfMean()).hasValueCloseTo(seen.score(), within(1e-6));
    }

    /** The batch lacks the third class. */
    @Test
    void isTheEntropyOfTheSharesThatWereSeen() {
        INDArray labels = Nd4j.zeros(ROWS, 3);
        labels.getColumn(0).addi(1);
        labels.putScalar(0, 0, 0).putScalar(0, 1, 1);
        OutputLayer output = Networks.softmax(3).build();
        double expected = 0;
        for (double share : new double[] {11.0 / 12, 1.0 / 12}) {
            expected -= share * Math.log(share);
        }

        assertThat(seen(output, Nd4j.zeros(3), new DataSet(Nd4j.rand(ROWS, 3), labels))
                        .lossOfMean())
                .hasValueCloseTo(expected, within(1e-6));
    }

    @Test
    void countsTheOtherAnswerOfASingleOutput() {
        OutputLayer output = sigmoid(1);
        double share = 1.0 / 12;
        double expected = -share * Math.log(share) - (1 - share) * Math.log(1 - share);
        INDArray labels = Nd4j.zeros(ROWS, 1).putScalar(3, 0, 1);

        assertThat(seen(output, Nd4j.zeros(1), new DataSet(Nd4j.rand(ROWS, 3), labels))
                        .lossOfMean())
                .hasValueCloseTo(expected, within(1e-6));
    }

    @Test
    void isNotKnownFromASingleClass() {
        DataSet rareOnesLack = new DataSet(Nd4j.rand(ROWS, 3), Nd4j.zeros(ROWS, 1));

        assertThat(seen(sigmoid(1), Nd4j.zeros(1), rareOnesLack).lossOfMean()).isEmpty();
    }

    /** As with labels of -1 and 1, and with actions times their advantage. */
    @Test
    void isNotKnownFromLabelsThatAreNoShares() {
        INDArray belowZero = Nd4j.ones(ROWS, 1);
        belowZero.get(NDArrayIndex.interval(0, ROWS / 4)).muli(-1);
        INDArray aboveOne = Nd4j.tile(Nd4j.create(new double[][] {{3, 0, 0}, {0, 2, 0}}), ROWS / 2, 1);

        assertThat(seen(sigmoid(1), Nd4j.zeros(1), new DataSet(Nd4j.rand(ROWS, 3), belowZero))
                        .lossOfMean())
                .isEmpty();
        assertThat(seen(Networks.softmax(3).build(), Nd4j.zeros(3), new DataSet(Nd4j.rand(ROWS, 3), aboveOne))
                        .lossOfMean())
                .isEmpty();
    }

    @Test
    void sharesTellOnceEachClassThatWasSeenWasSeenFiveTimes() {
        INDArray common = Nd4j.tile(Nd4j.create(new double[][] {{1, 0, 0}, {0, 1, 0}}), 40, 1);
        INDArray rare = Nd4j.create(new double[][] {{0, 0, 1}});
        ClassShares shares = new ClassShares().addRows(common.get(NDArrayIndex.interval(0, 40)), 40);

        assertThat(shares.tell()).as("40 examples").isFalse();
        assertThat(shares.addRows(common.get(NDArrayIndex.interval(40, 80)), 40).tell())
                .as("a class that was never seen")
                .isTrue();
        assertThat(shares.addRows(rare, 1).tell()).as("seen once").isFalse();
        assertThat(shares.addRows(Nd4j.tile(rare, 4, 1), 4).tell()).isTrue();
    }

    @Test
    void sharesOfASingleClassNeverTell() {
        assertThat(new ClassShares().addRows(Nd4j.zeros(1_000, 1), 1_000).tell())
                .isFalse();
    }

    private static OutputLayer sigmoid(int outputs) {
        return new OutputLayer.Builder(LossFunction.XENT)
                .activation(Activation.SIGMOID)
                .nIn(3)
                .nOut(outputs)
                .build();
    }

    @Test
    void isNotKnownForSeveralLabels() {
        OutputLayer output = sigmoid(4);

        assertThat(seen(output, Nd4j.zeros(4), new DataSet(Nd4j.rand(ROWS, 3), Nd4j.ones(ROWS, 4)))
                        .lossOfMean())
                .isEmpty();
    }

    /** As they are with inputs that nobody has scaled; half of the answers are wrong by 2,000. */
    @Test
    void ofSameDiffsCrossEntropyIsKnownForLogitsBeyondWhatAnExponentialHolds() {
        INDArray labels = Nd4j.tile(Nd4j.create(new double[][] {{1, 0}, {0, 1}}), ROWS / 2, 1);
        INDArray logits = Nd4j.tile(Nd4j.create(new double[][] {{2_000, 0}}), ROWS, 1);

        OptionalDouble share = share(new SoftmaxCrossEntropyWithLogitsLoss(), logits, labels);

        assertThat(share).hasValueCloseTo(Math.log(2) / 1_000, within(1e-9));
    }

    @Test
    void ofSameDiffsSigmoidsIsNotKnownForSeveralLabels() {
        INDArray none = Nd4j.scalar(1.0);

        assertThat(share(new SigmoidCrossEntropyLoss(), Nd4j.rand(ROWS, 2), none, TARGETS))
                .isEmpty();
        assertThat(share(new SigmoidCrossEntropyLoss(), Nd4j.rand(ROWS, 1), none, TARGETS.getColumn(0, true)))
                .isPresent();
    }

    private static OptionalDouble share(DifferentialFunction loss, INDArray... inputs) {
        OpContext context = Nd4j.getExecutioner().buildContext();
        context.setInputArrays(inputs);
        return LossOfMean.share(loss, context);
    }

    @Test
    void isNotKnownWithAMask() {
        RnnOutputLayer output = inTime();
        DataSet masked = new DataSet(Nd4j.rand(ROWS, 3, 5), Nd4j.rand(ROWS, 2, 5), null, Nd4j.ones(ROWS, 5));

        assertThat(seen(output, Nd4j.zeros(2), masked).lossOfMean()).isEmpty();
    }

    @Test
    void isNotKnownFromFewerThanTenExamples() {
        OutputLayer output = new OutputLayer.Builder(LossFunction.MSE)
                .activation(Activation.IDENTITY)
                .nIn(3)
                .nOut(2)
                .build();
        DataSet few = new DataSet(Nd4j.rand(9, 3), Nd4j.rand(9, 2));

        assertThat(seen(output, Nd4j.zeros(2), few).lossOfMean()).isEmpty();
    }

    /** Their mean is what they are, without rounding. */
    @Test
    void isZeroForEqualTargets() {
        OutputLayer output = new OutputLayer.Builder(LossFunction.MSE)
                .activation(Activation.IDENTITY)
                .nIn(3)
                .nOut(2)
                .build();
        DataSet equal = new DataSet(Nd4j.rand(ROWS, 3), Nd4j.valueArrayOf(new long[] {ROWS, 2}, -0.31f));

        assertThat(seen(output, Nd4j.zeros(2), equal).lossOfMean()).hasValue(0);
    }

    @Test
    void isNotKnownForALossThatMayTakeTargetsOfAnotherKind() {
        OutputLayer output = new OutputLayer.Builder(LossFunction.POISSON)
                .activation(Activation.SOFTPLUS)
                .nIn(3)
                .nOut(2)
                .build();

        assertThat(seen(output, Nd4j.zeros(2), new DataSet(Nd4j.rand(ROWS, 3), TARGETS))
                        .lossOfMean())
                .isEmpty();
    }

    private static RnnOutputLayer inTime() {
        return new RnnOutputLayer.Builder(LossFunction.MSE)
                .activation(Activation.IDENTITY)
                .nIn(3)
                .nOut(2)
                .build();
    }

    private record Seen(double score, OptionalDouble lossOfMean) {}

    /** What a listener sees of a network without weights in its backward pass. */
    private static Seen seen(BaseOutputLayer output, INDArray biases, DataSet batch) {
        InputType input = output instanceof RnnOutputLayer ? InputType.recurrent(3) : InputType.feedForward(3);
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .updater(new NoOp())
                .list()
                .layer(output)
                .setInputType(input)
                .build());
        network.init();
        network.getParam("0_W").assign(0);
        network.getParam("0_b").assign(biases);
        Seen[] seen = new Seen[1];
        network.addListeners(new BaseTrainingListener() {
            @Override
            public void onBackwardPass(Model model) {
                seen[0] = new Seen(
                        model.score(),
                        LossOfMean.of(
                                Network.of(model).outputLayers(),
                                Network.of(model).dividesByBatch(),
                                TrainingError.classify(Network.of(model).outputLayers())));
            }
        });
        network.fit(batch);
        return seen[0];
    }
}
