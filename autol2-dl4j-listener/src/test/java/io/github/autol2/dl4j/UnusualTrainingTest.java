package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Window;
import java.util.ArrayList;
import java.util.List;
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
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Ways to train in which Deeplearning4j calls its listeners otherwise than once for each batch. */
class UnusualTrainingTest {

    private static final AutoL2Options EVERY_ITERATION =
            AutoL2Options.paper().withInitialLambda(0.05).withRefractory(0).withWindow(new Window.SingleBatch(1));

    @Test
    void eachSegmentOfTruncatedBackpropagationIsAnIteration() {
        // given sequences of 12 steps in segments of 4
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Nesterovs(0.1, 0.9)).activation(Activation.TANH).list()
                .layer(new LSTM.Builder().nIn(3).nOut(5).build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).nIn(5).nOut(2).build())
                .backpropType(BackpropType.TruncatedBPTT).tBPTTLength(4).build());
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
        assertThat(listener.history()).extracting(point -> point.measurement().iteration()).containsExactly(0L, 1L, 2L);
        assertThat(listener.history()).allSatisfy(point ->
                assertThat(point.measurement().error().getAsDouble() * 8 % 1).as("eighths: 2 sequences of 4 steps").isZero());
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
        assertThat(listener.history()).extracting(point -> point.measurement().iteration()).doesNotHaveDuplicates();
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
        EarlyStoppingConfiguration<MultiLayerNetwork> configuration = new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
                .epochTerminationConditions(new MaxEpochsTerminationCondition(8))
                .scoreCalculator(new ClassificationScoreCalculator(Evaluation.Metric.ACCURACY,
                        new ListDataSetIterator<>(validation.asList(), 40)))
                .modelSaver(new InMemoryModelSaver<>()).build();

        // when
        EarlyStoppingResult<MultiLayerNetwork> result = new EarlyStoppingTrainer(configuration, network,
                new ListDataSetIterator<>(Networks.classes(64, 1).asList(), 16)).fit();

        // then
        assertThat(listener.divisions()).isNotEmpty();
        BaseLayer first = (BaseLayer) result.getBestModel().getLayer(0).conf().getLayer();
        assertThat(first.getRegularization()).containsExactly(
                new L2Regularization(lambdaAtEpochEnd.get(result.getBestModelEpoch())));
    }
}
