package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What the listener measures inside a training step against Deeplearning4j's own figures for the same parameters and batch. */
@Tag("slow")
class MeasuredLossAndErrorTest {

    private static final AutoL2Options EVERY_ITERATION =
            AutoL2Options.paper().withInitialLambda(0.05).withRefractory(1e9).withMeasureEvery(1);

    @Test
    void lossEqualsTheScoreOfTheSameNetworkWithoutPenalty() {
        checkClassifier(Networks.base(new Nesterovs(0.1, 0.9)).l2(0.3));
    }

    @Test
    void lossLeavesOutTheUsersOtherPenaltiesToo() {
        checkClassifier(Networks.base(new Nesterovs(0.1, 0.9)).l1(0.01).l2Bias(0.02));
    }

    private static void checkClassifier(NeuralNetConfiguration.Builder configuration) {
        // given a network and its twin without any penalty
        MultiLayerNetwork network = Networks.classifier(configuration);
        MultiLayerNetwork twin = Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9)));
        DataSet data = Networks.classes(40, 1);
        List<Measurement> measured = new ArrayList<>();

        // when the listener measures, the twin is given the very parameters of that moment
        List<double[]> expected = new ArrayList<>();
        network.addListeners(AutoL2Listener.builder(EVERY_ITERATION)
                .observer(new AutoL2Observer() {
                    @Override
                    public void measured(Measurement measurement, double lambda) {
                        twin.setParams(network.params().dup());
                        measured.add(measurement);
                        expected.add(new double[] {
                            twin.score(data, true), error(data.getLabels(), twin.output(data.getFeatures()))
                        });
                    }
                })
                .build());
        for (int i = 0; i < 20; i++) {
            network.fit(data);
        }

        // then loss and error agree at every iteration
        compare(measured, expected);
    }

    @Test
    void regressionHasALossAndNoError() {
        // given a network with an identity output
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Nesterovs(0.01, 0.9))
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(8).build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(8)
                        .nOut(2)
                        .build())
                .build());
        network.init();
        DataSet data = new DataSet(Nd4j.rand(30, 4), Nd4j.rand(30, 2));
        AutoL2Listener listener = new AutoL2Listener(EVERY_ITERATION);
        network.addListeners(listener);

        // when
        network.fit(data);

        // then
        Measurement measurement = listener.history().get(0).measurement();
        assertThat(measurement.error()).isEmpty();
        assertThat(measurement.loss()).isPositive();
    }

    @Test
    void aSigmoidThatLearnsTheSquaredErrorIsNoClassifier() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Nesterovs(0.01, 0.9))
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(8).build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.SIGMOID)
                        .nIn(8)
                        .nOut(1)
                        .build())
                .build());
        network.init();
        AutoL2Listener listener = new AutoL2Listener(EVERY_ITERATION);
        network.addListeners(listener);

        network.fit(new DataSet(Nd4j.rand(30, 4), Nd4j.rand(30, 1)));

        assertThat(listener.history().get(0).measurement().error()).isEmpty();
    }

    @Test
    void aSingleSigmoidUnitIsJudgedAtOneHalf() {
        // given
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Nesterovs(0.1, 0.9))
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(8).build())
                .layer(new OutputLayer.Builder(LossFunction.XENT)
                        .activation(Activation.SIGMOID)
                        .nIn(8)
                        .nOut(1)
                        .build())
                .build());
        network.init();
        DataSet classes = Networks.classes(50, 2);
        DataSet data = new DataSet(
                classes.getFeatures(), classes.getLabels().getColumn(0, true).dup());

        // when, then
        checkAgainstEvaluation(network, data);
    }

    /** As Deeplearning4j imports Keras' networks. */
    @Test
    void aLossLayerIsJudgedByTheProbabilitiesOfTheLayerBefore() {
        DataSet classes = Networks.classes(50, 2);
        DataSet one = new DataSet(
                classes.getFeatures(), classes.getLabels().getColumn(0, true).dup());

        checkAgainstEvaluation(withLossLayer(3, Activation.SOFTMAX, LossFunction.MCXENT), classes);
        checkAgainstEvaluation(withLossLayer(1, Activation.SIGMOID, LossFunction.XENT), one);
    }

    @Test
    void aLossLayerThatIsNoCrossEntropyHasNoError() {
        MultiLayerNetwork network = withLossLayer(3, Activation.SOFTMAX, LossFunction.MSE);
        AutoL2Listener listener = new AutoL2Listener(EVERY_ITERATION);
        network.addListeners(listener);

        network.fit(Networks.classes(50, 2));

        assertThat(listener.history().get(0).measurement().error()).isEmpty();
    }

    private static MultiLayerNetwork withLossLayer(int units, Activation activation, LossFunction loss) {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Nesterovs(0.1, 0.9))
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(8).build())
                .layer(new DenseLayer.Builder()
                        .nIn(8)
                        .nOut(units)
                        .activation(activation)
                        .build())
                .layer(new LossLayer.Builder(loss)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
        network.init();
        return network;
    }

    @Test
    void labelsMayComeInFortranOrder() {
        DataSet data = Networks.classes(50, 2);
        checkAgainstEvaluation(
                Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9))),
                new DataSet(data.getFeatures(), data.getLabels().dup('f')));
        checkAgainstEvaluation(
                Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9))),
                new DataSet(
                        data.getFeatures(),
                        data.getLabels().transpose().dup('c').transpose()));
    }

    @Test
    void aLargeOutputLayerIsMeasuredLikeASmallOne() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Nesterovs(0.01, 0.9))
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(7000).build())
                .layer(Networks.softmax(7000).build())
                .build());
        network.init();
        checkAgainstEvaluation(network, Networks.classes(30, 3));
    }

    @Test
    void maskedTimeStepsDoNotCount() {
        for (RNNFormat format : RNNFormat.values()) {
            // given a recurrent network and sequences of different lengths
            MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Nesterovs(0.1, 0.9))
                    .activation(Activation.TANH)
                    .list()
                    .layer(new Bidirectional(
                            new LSTM.Builder().nIn(3).nOut(5).dataFormat(format).build()))
                    .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                            .activation(Activation.SOFTMAX)
                            .nIn(10)
                            .nOut(4)
                            .dataFormat(format)
                            .build())
                    .build());
            network.init();
            int examples = 6;
            int steps = 7;
            Random random = new Random(3);
            INDArray mask = Nd4j.zeros(DataType.FLOAT, examples, steps);
            INDArray labels = Nd4j.zeros(DataType.FLOAT, examples, 4, steps);
            for (int example = 0; example < examples; example++) {
                for (int step = 0; step < steps; step++) {
                    mask.putScalar(example, step, step < 2 + example % 5 ? 1 : 0);
                    labels.putScalar(example, random.nextInt(4), step, 1);
                }
            }
            INDArray features = Nd4j.rand(DataType.FLOAT, examples, 3, steps);
            boolean timeLast = format == RNNFormat.NCW;
            DataSet data = new DataSet(
                    timeLast ? features : features.permute(0, 2, 1).dup('c'),
                    timeLast ? labels : labels.permute(0, 2, 1).dup('c'),
                    null,
                    mask);

            // when, then
            checkAgainstEvaluation(network, data);
        }
    }

    @Test
    void pixelsCountOneByOne() {
        // given a network that classifies every pixel
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Nesterovs(0.01, 0.9))
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .nIn(1)
                        .nOut(3)
                        .convolutionMode(ConvolutionMode.Same)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new CnnLossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(5, 5, 1))
                .build());
        network.init();
        Random random = new Random(4);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, 4, 3, 5, 5);
        for (int i = 0; i < 4 * 25; i++) {
            labels.putScalar(new int[] {i / 25, random.nextInt(3), i % 25 / 5, i % 5}, 1);
        }

        // when
        AutoL2Listener listener = new AutoL2Listener(EVERY_ITERATION);
        network.addListeners(listener);
        DataSet data = new DataSet(Nd4j.rand(DataType.FLOAT, 4, 1, 5, 5), labels);
        INDArray output = network.output(data.getFeatures());
        network.fit(data);

        // then
        double expected = error(
                labels.permute(0, 2, 3, 1).dup('c').reshape(100, 3),
                output.permute(0, 2, 3, 1).dup('c').reshape(100, 3));
        assertThat(listener.history().get(0).measurement().error().getAsDouble())
                .isEqualTo(expected, within(1e-12));
    }

    @Test
    void withSeveralClassifiersLossesAddUpAndErrorsAreAveraged() {
        ComputationGraph graph = twoClassifiers(false);
        MultiDataSet data =
                new MultiDataSet(new INDArray[] {Networks.classes(30, 5).getFeatures()}, new INDArray[] {
                    Networks.classes(30, 5).getLabels(), Networks.classes(30, 6).getLabels()
                });
        INDArray[] outputs = graph.output(data.getFeatures());

        Measurement measurement = checkedLoss(graph, data);

        assertThat(measurement.error().getAsDouble())
                .isEqualTo(
                        (error(data.getLabels(0), outputs[0]) + error(data.getLabels(1), outputs[1])) / 2,
                        within(1e-12));
    }

    @Test
    void withARegressionBesideThemThereIsNoError() {
        ComputationGraph graph = twoClassifiers(true);
        MultiDataSet data =
                new MultiDataSet(new INDArray[] {Networks.classes(30, 5).getFeatures()}, new INDArray[] {
                    Networks.classes(30, 5).getLabels(), Networks.classes(30, 6).getLabels(), Nd4j.rand(30, 2)
                });

        assertThat(checkedLoss(graph, data).error()).isEmpty();
    }

    /** A graph with two classifiers, and perhaps a regression. */
    private static ComputationGraph twoClassifiers(boolean regression) {
        ComputationGraphConfiguration.GraphBuilder layers = Networks.base(new Nesterovs(0.05, 0.9))
                .l2(0.01)
                .graphBuilder()
                .addInputs("in")
                .addLayer("hidden", new DenseLayer.Builder().nIn(4).nOut(8).build(), "in")
                .addLayer("a", Networks.softmax(8).build(), "hidden")
                .addLayer("b", Networks.softmax(8).build(), "hidden");
        if (regression) {
            OutputLayer.Builder linear = new OutputLayer.Builder(LossFunction.MSE)
                    .activation(Activation.IDENTITY)
                    .nIn(8)
                    .nOut(2);
            layers.addLayer("c", linear.build(), "hidden").setOutputs("a", "b", "c");
        } else {
            layers.setOutputs("a", "b");
        }
        ComputationGraph graph = new ComputationGraph(layers.build());
        graph.init();
        return graph;
    }

    /** The first measurement, whose loss is that of all outputs without the penalty. */
    private static Measurement checkedLoss(ComputationGraph graph, MultiDataSet data) {
        AutoL2Listener listener = new AutoL2Listener(EVERY_ITERATION);
        graph.addListeners(listener);
        double score = graph.score(data, true);
        double penalty = graph.calcRegularizationScore(true);
        graph.fit(data);
        Measurement measurement = listener.history().get(0).measurement();
        assertThat(measurement.loss()).isCloseTo(score - penalty, within(1e-6 * score));
        return measurement;
    }

    /** A large lambda, so that the penalty is larger than the loss and falls fast: tau = 100 iterations. */
    @Test
    void windowMeansComeWithinOnePercentOfTheExactLosses() {
        checkWindows(8, AutoL2Options.adaptive(1000).withInitialLambda(0.05).withRefractory(1e9));
    }

    /** tau = 17 iterations, and a penalty that begins at 10 times the loss: a line over 20 iterations would give a negative loss. */
    @Test
    void windowMeansDoSoWhereThePenaltyFallsWithinAFewIterations() {
        checkWindows(64, AutoL2Options.adaptive(1000).withInitialLambda(0.3).withRefractory(1e9));
    }

    /** lambda changes when the first loss is known, and with it the penalty. */
    @Test
    void windowMeansDoSoWhereTheFirstLambdaComesFromTheFirstLoss() {
        checkWindows(
                64, AutoL2Options.adaptive().fromTheStart().withRefractory(1e9).withMeasureEvery(20));
    }

    private static void checkWindows(int width, AutoL2Options options) {
        // given
        MultiLayerNetwork network = wide(width);
        MultiLayerNetwork twin = wide(width);
        DataSet data = Networks.classes(60, 7);
        AutoL2Listener listener = new AutoL2Listener(options);
        network.addListeners(listener);

        // when
        double[] exact = new double[201];
        for (int i = 0; i < exact.length; i++) {
            twin.setParams(network.params().dup());
            exact[i] = twin.score(data, true);
            network.fit(data);
        }

        // then
        assertThat(listener.history()).hasSizeGreaterThanOrEqualTo(9);
        int from = 1; // the first iteration had the user's penalty
        for (HistoryPoint point : listener.history()) {
            double mean = 0;
            int to = (int) point.measurement().iteration();
            for (int i = from; i <= to; i++) {
                mean += exact[i] / (to - from + 1);
            }
            assertThat(point.measurement().loss()).isCloseTo(mean, within(1e-2 * mean));
            from = to + 1;
        }
    }

    private static MultiLayerNetwork wide(int width) {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Sgd(0.2))
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(width).build())
                .layer(Networks.softmax(width).build())
                .build());
        network.init();
        return network;
    }

    private static void checkAgainstEvaluation(MultiLayerNetwork network, DataSet data) {
        AutoL2Listener listener = new AutoL2Listener(EVERY_ITERATION);
        network.addListeners(listener);
        for (int i = 0; i < 5; i++) {
            Evaluation evaluation = new Evaluation();
            INDArray output =
                    network.output(data.getFeatures(), false, data.getFeaturesMaskArray(), data.getLabelsMaskArray());
            if (data.getLabels().rank() == 3 && data.getLabels().size(1) == 7) { // Evaluation wants the time last
                evaluation.eval(data.getLabels().permute(0, 2, 1), output.permute(0, 2, 1), data.getLabelsMaskArray());
            } else {
                evaluation.eval(data.getLabels(), output, data.getLabelsMaskArray());
            }
            network.fit(data);
            assertThat(listener.history().get(i).measurement().error().getAsDouble())
                    .isEqualTo(1 - evaluation.accuracy(), within(1e-12));
        }
    }

    private static void compare(List<Measurement> measured, List<double[]> expected) {
        assertThat(measured).hasSameSizeAs(expected).hasSize(20);
        for (int i = 0; i < measured.size(); i++) {
            assertThat(measured.get(i).loss()).isCloseTo(expected.get(i)[0], within(1e-6 * expected.get(i)[0]));
            assertThat(measured.get(i).error().getAsDouble()).isEqualTo(expected.get(i)[1], within(1e-12));
        }
    }

    private static double error(INDArray labels, INDArray output) {
        Evaluation evaluation = new Evaluation();
        evaluation.eval(labels, output);
        return 1 - evaluation.accuracy();
    }
}
