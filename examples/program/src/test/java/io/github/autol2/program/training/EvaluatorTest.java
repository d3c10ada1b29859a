package io.github.autol2.program.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.autol2.dl4j.Lambda;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.data.SplitSizes;
import io.github.autol2.program.data.SyntheticDigits;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
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
