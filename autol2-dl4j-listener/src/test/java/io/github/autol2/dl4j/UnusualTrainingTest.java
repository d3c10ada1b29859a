package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.schedule.AutoL2Options;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.IteratorMultiDataSetIterator;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.ClassificationScoreCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Ways to train in which Deeplearning4j calls its listeners otherwise than once for each batch. */
@Tag("slow")
class UnusualTrainingTest {

    private static final AutoL2Options EVERY_ITERATION =
            AutoL2Options.paper().withInitialLambda(0.05).withRefractory(0).withMeasureEvery(1);

    @Test
    void eachSegmentOfTruncatedBackpropagationIsAnIteration() {
        // given sequences of 12 steps in segments of 4
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Nesterovs(0.1, 0.9))
                .activation(Activation.TANH)
                .list()
                .layer(new LSTM.Builder().nIn(3).nOut(5).build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nIn(5)
                        .nOut(2)
                        .build())
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(4)
                .build());
        network.init();
        INDArray labels = Nd4j.zeros(2, 2, 12);
        for (int step = 0; step < 12; step++) {
            labels.putScalar(0, step % 2, step, 1);
            labels.putScalar(1, 0, step, 1);
        }
        AutoL2Listener listener = new AutoL2Listener(EVERY_ITERATION);
        network.addListeners(listener);

        // when
        network.fit(new DataSet(Nd4j.rand(2, 3, 12), labels));

        // then
        assertThat(listener.history())
                .extracting(point -> point.measurement().iteration())
                .containsExactly(0L, 1L, 2L);
        assertThat(listener.history())
                .allSatisfy(point -> assertThat(point.measurement().error().getAsDouble() * 8 % 1)
                        .as("eighths: 2 sequences of 4 steps")
                        .isZero());
    }

    @Test
    void aLineSearchCountsOnceAnIteration() {
        // given
        MultiLayerNetwork network = Networks.classifier(
                Networks.base(new Sgd(0.1)).optimizationAlgo(OptimizationAlgorithm.LINE_GRADIENT_DESCENT));
        AutoL2Listener listener = new AutoL2Listener(EVERY_ITERATION);
        network.addListeners(listener);

        // when
        for (int i = 0; i < 5; i++) {
            network.fit(Networks.classes(16, i));
        }

        // then
        assertThat(listener.history())
                .extracting(point -> point.measurement().iteration())
                .doesNotHaveDuplicates();
        assertThat(listener.history()).hasSizeLessThanOrEqualTo(5).isNotEmpty();
    }

    @Test
    void earlyStoppingKeepsTheLambdaOfTheBestModel() {
        // given
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Nesterovs(0.1, 0.9)));
        AutoL2Listener listener = new AutoL2Listener(EVERY_ITERATION);
        List<Double> lambdaAtEpochEnd = new ArrayList<>();
        network.addListeners(listener, new BaseTrainingListener() {
            @Override
            public void onEpochEnd(Model model) {
                lambdaAtEpochEnd.add(listener.lambda());
            }
        });
        DataSet validation = Networks.classes(40, 9);
        EarlyStoppingConfiguration<MultiLayerNetwork> configuration = new EarlyStoppingConfiguration.Builder<
                        MultiLayerNetwork>()
                .epochTerminationConditions(new MaxEpochsTerminationCondition(8))
                .scoreCalculator(new ClassificationScoreCalculator(
                        Evaluation.Metric.ACCURACY, new ListDataSetIterator<>(validation.asList(), 40)))
                .modelSaver(new InMemoryModelSaver<>())
                .build();

        // when
        EarlyStoppingResult<MultiLayerNetwork> result = new EarlyStoppingTrainer(
                        configuration,
                        network,
                        new ListDataSetIterator<>(Networks.classes(64, 1).asList(), 16))
                .fit();

        // then
        assertThat(listener.changes()).isNotEmpty();
        BaseLayer first = (BaseLayer) result.getBestModel().getLayer(0).conf().getLayer();
        assertThat(first.getRegularization())
                .containsExactly(new L2Regularization(lambdaAtEpochEnd.get(result.getBestModelEpoch())));
    }

    /** Time passes with iterations, whatever their batches. */
    @Test
    void anotherBatchSizeInMidTrainingDividesNothing() {
        // given batches of 8, 64 and 8 examples for 100 iterations each
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.1)));
        DataSet all = Networks.classes(640, 1);
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive().withInitialLambda(0.005));
        network.addListeners(listener);
        List<DataSet> small = all.batchBy(8);
        List<DataSet> large = all.batchBy(64);

        // when
        for (int i = 0; i < 300; i++) {
            network.fit(i / 100 == 1 ? large.get(i % 10) : small.get(i % 80));
        }

        // then
        assertThat(listener.changes()).isEmpty();
        assertThat(listener.timescales()).isBetween(279 * 0.1 * 0.005, 300 * 0.1 * 0.005);
    }

    @Test
    void aGraphIsFollowedThroughAnIteratorOfMultiDataSets() {
        // given a graph with two inputs and two outputs
        ComputationGraph graph = new ComputationGraph(Networks.base(new Sgd(0.5))
                .graphBuilder()
                .addInputs("left", "right")
                .addLayer("l", new DenseLayer.Builder().nIn(4).nOut(8).build(), "left")
                .addLayer("r", new DenseLayer.Builder().nIn(4).nOut(8).build(), "right")
                .addVertex("both", new MergeVertex(), "l", "r")
                .addLayer("a", Networks.softmax(16).build(), "both")
                .addLayer("b", Networks.softmax(16).build(), "both")
                .setOutputs("a", "b")
                .build());
        graph.init();
        List<org.nd4j.linalg.dataset.api.MultiDataSet> batches = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            DataSet a = Networks.classes(16, i);
            DataSet b = Networks.classes(16, 100 + i);
            batches.add(new MultiDataSet(
                    new INDArray[] {a.getFeatures(), b.getFeatures()}, new INDArray[] {a.getLabels(), b.getLabels()}));
        }
        AutoL2Listener listener = new AutoL2Listener(AutoL2Options.adaptive().withInitialLambda(0.05));
        graph.addListeners(listener);

        // when: tau = 40 iterations at first
        graph.fit(new IteratorMultiDataSetIterator(batches.iterator(), 16));
        double lambdaOfTheFirstPass = listener.lambda();
        for (int pass = 1; pass < 10; pass++) {
            graph.fit(new IteratorMultiDataSetIterator(batches.iterator(), 16));
        }

        // then
        assertThat(lambdaOfTheFirstPass).isEqualTo(0.05);
        assertThat(graph.getIterationCount()).isEqualTo(100);
        assertThat(listener.changes()).isNotEmpty();
        for (String layer : List.of("l", "r", "a", "b")) {
            assertThat(((BaseLayer) graph.getLayer(layer).conf().getLayer()).getRegularization())
                    .containsExactly(new L2Regularization(listener.lambda()));
        }
    }

    /** Deeplearning4j's fit has no gradient accumulation; who writes it by hand counts an iteration for each update. */
    @Test
    void gradientsAccumulatedByHandAreOneIterationForEachUpdate() {
        // given
        MultiLayerNetwork network = Networks.classifier(Networks.base(new Sgd(0.1)));
        AutoL2Listener listener = new AutoL2Listener(EVERY_ITERATION);
        network.addListeners(listener);
        network.getUpdater();

        // when: 5 updates from 4 batches each
        for (int iteration = 0; iteration < 5; iteration++) {
            INDArray sum = Nd4j.zeros(1, network.numParams());
            for (int part = 0; part < 4; part++) {
                DataSet batch = Networks.classes(8, 4 * iteration + part);
                network.setInput(batch.getFeatures());
                network.setLabels(batch.getLabels());
                network.computeGradientAndScore();
                sum.addi(network.gradient().gradient().reshape(1, -1));
            }
            INDArray gradient = network.gradient().gradient();
            gradient.assign(sum.divi(4).reshape(gradient.shape()));
            network.getUpdater().update(network, network.gradient(), iteration, 0, 8, LayerWorkspaceMgr.noWorkspaces());
            network.params().subi(gradient.reshape(network.params().shape()));
            network.setIterationCount(iteration + 1);
        }

        // then the first batch of each is measured
        assertThat(listener.history())
                .extracting(point -> point.measurement().iteration())
                .containsExactly(0L, 1L, 2L, 3L, 4L);
    }
}
