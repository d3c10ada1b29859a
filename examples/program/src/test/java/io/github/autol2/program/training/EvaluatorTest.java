package io.github.autol2.program.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.autol2.dl4j.Lambda;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.program.data.ClassWeights;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.data.InputShape;
import io.github.autol2.program.data.SplitSizes;
import io.github.autol2.program.data.SyntheticDigits;
import io.github.autol2.program.data.Target;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class EvaluatorTest {

    /** Two parts of training examples, of which the second is smaller. */
    private static final DataSplit DATA = new SyntheticDigits().load(new SplitSizes(620, 40, 50), 1);

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001, 1})
    void lossIsTheScoreOfTheSameNetworkWithoutL2(double lambda) {
        // given
        MultiLayerNetwork network = network();
        double withoutL2 = network.score(DATA.training(), false);
        double halfSquares = 0;
        for (int layer = 0; layer < 2; layer++) {
            INDArray weights = network.getParam(layer + "_W");
            halfSquares += 0.5 * weights.mul(weights).sumNumber().doubleValue();
        }

        // when
        Lambda.set(network, lambda);
        CurvePoint point = new Evaluator(DATA, 500).evaluate(Network.of(network), 7, lambda);

        // then: the tolerance is for the rounding of a score of floats that holds a penalty
        assertThat(point.loss()).isCloseTo(withoutL2, within(1e-5 * (1 + lambda * halfSquares)));
        assertThat(point.penalty()).isCloseTo(lambda * halfSquares, withinPercentage(1e-3));
        assertThat(point.step()).isEqualTo(7);
        assertThat(point.lambda()).isEqualTo(lambda);
        assertThat(point.eta()).isEqualTo(0.1);
    }

    @Test
    void accuraciesAreThoseOfDeeplearning4j() {
        MultiLayerNetwork network = network();
        network.fit(DATA.training());

        CurvePoint point = new Evaluator(DATA, 500).evaluate(Network.of(network), 1, 0);

        assertThat(1 - point.trainError()).isCloseTo(accuracy(network, DATA.training()), within(1e-12));
        assertThat(point.validationAccuracy()).isEqualTo(accuracy(network, DATA.validation()));
        assertThat(point.testAccuracy()).isEqualTo(accuracy(network, DATA.test()));
    }

    @Test
    void balancedAccuracyIsTheMeanRecallOfDeeplearning4j() {
        // given
        DataSplit split = unbalanced();
        DataSet unbalanced = split.training();
        MultiLayerNetwork network = network();
        network.fit(DATA.training());

        // when
        CurvePoint point = new Evaluator(split, 50).evaluate(Network.of(network), 1, 0);

        // then
        Evaluation evaluation = new Evaluation(10);
        evaluation.eval(unbalanced.getLabels(), network.output(unbalanced.getFeatures()));
        double recalls = 0;
        for (int c : new int[] {0, 1, 2, 4, 5, 6, 7, 8, 9}) {
            recalls += evaluation.recall(c);
        }
        assertThat(point.test().second()).isCloseTo(recalls / 9, within(1e-12)).isNotEqualTo(point.testAccuracy());
        assertThat(point.training()).isEqualTo(point.test());
    }

    /** A part in which one class is much more frequent, and one is missing. */
    private static DataSplit unbalanced() {
        DataSet all = DATA.training();
        int[] classes = all.getLabels().argMax(1).toIntVector();
        int[] rows = IntStream.range(0, classes.length)
                .filter(row -> classes[row] != 3 && (classes[row] == 7 || row % 9 == 0))
                .toArray();
        DataSet unbalanced = new DataSet(
                Nd4j.pullRows(all.getFeatures(), 1, rows, 'c'), Nd4j.pullRows(all.getLabels(), 1, rows, 'c'));
        return new DataSplit(unbalanced, DATA.validation(), unbalanced, DATA.shape(), DATA.classNames());
    }

    @Test
    void figuresOfAQuantityAreThoseOfDeeplearning4jInTheUnitOfTheTable() {
        // given
        DataSplit split = quantity();
        MultiLayerNetwork network = linear();

        // when
        CurvePoint point = new Evaluator(split, 7).evaluate(Network.of(network), 1, 0);

        // then
        RegressionEvaluation evaluation = new RegressionEvaluation(1);
        evaluation.eval(split.test().getLabels(), network.output(split.test().getFeatures()));
        Figures.OfQuantity figures = (Figures.OfQuantity) point.test();
        assertThat(figures.r2()).isCloseTo(evaluation.rSquared(0), within(1e-5));
        assertThat(figures.rmse()).isCloseTo(50 * evaluation.rootMeanSquaredError(0), within(1e-3));
        Figures.OfQuantity training = (Figures.OfQuantity) point.training();
        assertThat(point.loss()).isCloseTo(Math.pow(training.rmse() / 50, 2), withinPercentage(1e-3));
    }

    @Test
    void aNetworkThatDivergedIsTheWorst() {
        MultiLayerNetwork network = linear();
        network.params().assign(Float.NaN);

        Figures figures = new Evaluator(quantity(), 500)
                .evaluate(Network.of(network), 1, 0)
                .validation();

        assertThat(figures.main()).isNaN();
        assertThat(figures.second()).isNaN();
        assertThat(figures.rank()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void aClassifierThatGivesNoNumbersIsTheWorstAndNotOneThatAlwaysSaysTheFirstClass() {
        MultiLayerNetwork network = network();
        network.params().assign(Float.NaN);

        CurvePoint point = new Evaluator(DATA, 500).evaluate(Network.of(network), 1, 0);

        for (Figures figures : List.of(point.training(), point.validation(), point.test())) {
            assertThat(figures.main()).isNaN();
            assertThat(figures.second()).isNaN();
            assertThat(figures.rank()).isEqualTo(Double.NEGATIVE_INFINITY);
        }
    }

    @Test
    void balancedAccuracyChoosesWhereClassesAreWeighted() {
        DataSplit split = unbalanced();
        DataSplit weighted = ClassWeights.BALANCED.apply(split);
        MultiLayerNetwork network = network();
        network.fit(DATA.training());

        Figures plain =
                new Evaluator(split, 500).evaluate(Network.of(network), 1, 0).training();
        Figures balanced =
                new Evaluator(weighted, 500).evaluate(Network.of(network), 1, 0).training();

        assertThat(balanced.main()).isEqualTo(plain.main()).isNotEqualTo(plain.second());
        assertThat(plain.rank()).isEqualTo(plain.main());
        assertThat(balanced.rank()).isEqualTo(plain.second());
    }

    private static DataSplit quantity() {
        return new DataSplit(
                rows(30, 1),
                rows(10, 2),
                rows(20, 3),
                InputShape.row(3),
                new Target.Quantity(1000, 50),
                Optional.empty());
    }

    private static DataSet rows(int count, int seed) {
        Random random = new Random(seed);
        float[][] features = new float[count][3];
        float[][] labels = new float[count][1];
        for (int row = 0; row < count; row++) {
            for (int i = 0; i < 3; i++) {
                features[row][i] = (float) random.nextGaussian();
                labels[row][0] += (i + 1) * features[row][i] / 3;
            }
        }
        return new DataSet(Nd4j.createFromArray(features), Nd4j.createFromArray(labels));
    }

    private static MultiLayerNetwork linear() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(0.1))
                .list()
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(3)
                        .nOut(1)
                        .build())
                .build());
        network.init();
        return network;
    }

    @Test
    void measuresAGraphLikeALayeredNetwork() {
        // given
        MultiLayerNetwork network = network();
        ComputationGraph graph = network.toComputationGraph();

        // when
        CurvePoint point = new Evaluator(DATA, 500).evaluate(Network.of(network), 1, 0);
        CurvePoint graphPoint = new Evaluator(DATA, 500).evaluate(Network.of(graph), 1, 0);

        // then
        assertThat(graphPoint).isEqualTo(point);
    }

    @Test
    void leavesTheNetworkAsItIs() {
        MultiLayerNetwork network = network();
        INDArray parameters = network.params().dup();

        new Evaluator(DATA, 500).evaluate(Network.of(network), 1, 0);

        assertThat(network.params()).isEqualTo(parameters);
        assertThat(network.getIterationCount()).isZero();
    }

    private static double accuracy(MultiLayerNetwork network, DataSet data) {
        Evaluation evaluation = new Evaluation(10);
        evaluation.eval(data.getLabels(), network.output(data.getFeatures()));
        return evaluation.accuracy();
    }

    /** With dropout, which must not act in an evaluation. */
    private static MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(0.1))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(784)
                        .nOut(8)
                        .activation(Activation.RELU)
                        .dropOut(0.5)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nIn(8)
                        .nOut(10)
                        .build())
                .build());
        network.init();
        return network;
    }
}
