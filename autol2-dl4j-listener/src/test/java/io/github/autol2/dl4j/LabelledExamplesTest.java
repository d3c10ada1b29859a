package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.dl4j.network.Network;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class LabelledExamplesTest {

    /** Its output is its input. */
    private static Network identity(int columns) {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Sgd(0.1))
                .list()
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(columns)
                        .nOut(columns)
                        .build())
                .build());
        network.init();
        network.setParam("0_W", Nd4j.eye(columns));
        return Network.of(network);
    }

    private static LabelledExamples examples(DataSet... batches) {
        return new LabelledExamples("validation", new ExistingDataSetIterator(List.of(batches)));
    }

    private static DataSet rows(float[][] outputs, float[][] labels) {
        return new DataSet(Nd4j.createFromArray(outputs), Nd4j.createFromArray(labels));
    }

    @Test
    void aRegressionIsJudgedByItsExplainedVarianceOverAllBatchesAndColumns() {
        LabelledExamples examples = examples(
                rows(new float[][] {{1, 10}, {2, 10}}, new float[][] {{1, 10}, {3, 10}}),
                rows(new float[][] {{5, 12}}, new float[][] {{5, 16}}));

        examples.look(identity(2));

        // The means are 3 and 12, so the squared deviations are 4 + 0 + 4 and 4 + 4 + 16; the squared errors are 1 and
        // 16.
        assertThat(examples.performance(identity(2))).isCloseTo(1 - 17.0 / 32, within(1e-9));
        assertThat(examples.classify()).isFalse();
        assertThat(examples.chance()).isZero();
        assertThat(examples.count()).isEqualTo(3);
    }

    /** The first rows of data that are sorted by their targets hardly differ, so that errors among them look large. */
    @Test
    void aPartOfSortedDataIsJudgedLikeAllOfIt() {
        DataSet[] sorted = IntStream.range(0, 40)
                .mapToObj(i -> rows(new float[][] {{i + (i % 4 < 2 ? 2 : -2)}}, new float[][] {{i}}))
                .toArray(DataSet[]::new);
        LabelledExamples examples = examples(sorted);
        TrainingPass pass = examples.pass(identity(1), 40, () -> {});

        double part = examples.performance(identity(1), false, pass.evenly(10));

        assertThat(pass).isEqualTo(new TrainingPass(40, 40, 40));
        assertThat(examples.performance(identity(1), false, batch -> batch < 10))
                .isLessThan(0.6);
        assertThat(part)
                .isCloseTo(examples.performance(identity(1), false, batch -> true), within(0.01))
                .isGreaterThan(0.95);
    }

    @Test
    void aPartHasAsManyExamplesAsAreWanted() {
        for (long wanted : new long[] {1, 10, 33, 399, 400, 1000}) {
            LongPredicate part = new TrainingPass(40, 400, 40).evenly(wanted);

            assertThat(LongStream.range(0, 40).filter(part).count())
                    .isEqualTo(Math.min(40, Math.max(2, (wanted + 9) / 10)));
        }
    }

    /** Batches of 4,096 and a last one of 8. */
    @Test
    void aSmallLastBatchIsNotTheWholePart() {
        LongPredicate part = new TrainingPass(3, 8200, 3).evenly(1000);

        assertThat(LongStream.range(0, 3).filter(part)).containsExactly(1L, 2L);
    }

    @Test
    void aNetworkThatIsWorseThanTheMeanCountsAsNothing() {
        LabelledExamples examples = examples(rows(new float[][] {{5}, {-5}}, new float[][] {{-5}, {5}}));

        examples.look(identity(1));

        assertThat(examples.performance(identity(1))).isZero();
    }

    @Test
    void largeTargetsKeepTheirDifferences() {
        LabelledExamples examples = examples(rows(
                new float[][] {{1_000_000}, {1_000_001}, {1_000_004}},
                new float[][] {{1_000_000}, {1_000_002}, {1_000_004}}));

        examples.look(identity(1));

        assertThat(examples.performance(identity(1))).isCloseTo(1 - 1.0 / 8, within(1e-3));
    }

    @Test
    void masksLeaveOutWhatDoesNotCount() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Sgd(0.1))
                .list()
                .layer(new RnnOutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(1)
                        .nOut(1)
                        .build())
                .build());
        network.init();
        network.setParam("0_W", Nd4j.eye(1));
        INDArray sequences = Nd4j.createFromArray(new float[][][] {{{1, 2, 500}}, {{3, 4, 5}}});
        INDArray labels = Nd4j.createFromArray(new float[][][] {{{1, 3, 0}}, {{3, 4, 6}}});
        INDArray mask = Nd4j.createFromArray(new float[][] {{1, 1, 0}, {1, 1, 1}});
        LabelledExamples examples = examples(new DataSet(sequences, labels, null, mask));

        examples.look(Network.of(network));

        // The labels 1, 3, 3, 4, 6 have the mean 3.4 and squared deviations of 13.2; the squared errors are 1 and 1.
        assertThat(examples.performance(Network.of(network))).isCloseTo(1 - 2 / 13.2, within(1e-6));
    }

    @Test
    void aNetworkWithoutFiniteNumbersHasNoPerformance() {
        LabelledExamples examples = examples(rows(new float[][] {{Float.NaN}, {1}}, new float[][] {{2.5f}, {1}}));

        examples.look(identity(1));

        assertThat(examples.performance(identity(1))).isNaN();
    }

    @Test
    void refusesTargetsThatTellNothing() {
        for (float constant : new float[] {2.5f, Float.NaN}) {
            LabelledExamples examples =
                    examples(rows(new float[][] {{1}, {2}}, new float[][] {{constant}, {constant}}));

            assertThatThrownBy(() -> examples.look(identity(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "the validation data must hold targets that differ from example to example and are finite, "
                                    + "got 2 examples without that");
        }
    }

    /** Rates in thousandths, and shares of a mixture, whose largest is no class. */
    @Test
    void smallTargetsAndSharesAreThoseOfARegression() {
        LabelledExamples small = examples(rows(new float[][] {{0}, {1}}, new float[][] {{0.0001f}, {0.0009f}}));
        LabelledExamples shares =
                examples(rows(new float[][] {{0, 0}, {1, 1}}, new float[][] {{0.7f, 0.3f}, {0.4f, 0.6f}}));

        small.look(identity(1));
        shares.look(identity(2));

        assertThat(small.classify()).isFalse();
        assertThat(shares.classify()).isFalse();
    }

    /** With the numbers of classes as targets, Deeplearning4j would compare columns that have nothing to do with each other. */
    @Test
    void refusesLabelsOfAnotherShapeThanTheOutputs() {
        LabelledExamples examples = examples(rows(new float[][] {{1, 2}, {2, 2}}, new float[][] {{3}, {4}}));

        assertThatThrownBy(() -> examples.look(identity(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the validation data must have labels of the shape of the network's outputs, [2, 2], got [2, 1]");
    }
}
