package io.github.autol2.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.schedule.AutoL2Options;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.conf.updater.SgdSpace;
import org.deeplearning4j.arbiter.layers.DenseLayerSpace;
import org.deeplearning4j.arbiter.layers.OutputLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultReference;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.deeplearning4j.arbiter.optimize.runner.LocalOptimizationRunner;
import org.deeplearning4j.arbiter.saver.local.FileModelSaver;
import org.deeplearning4j.arbiter.scoring.impl.TestSetLossScoreFunction;
import org.deeplearning4j.arbiter.task.MultiLayerNetworkTaskCreator;
import org.deeplearning4j.nn.layers.feedforward.dense.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

@Tag("slow")
class AutoL2TaskListenerTest {

    private static final double LAMBDA = 0.0123;

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void everyCandidateOfASearchEndsWithTheRulesLambda() throws Exception {
        // given a search over width and learning rate
        MultiLayerSpace space = new MultiLayerSpace.Builder()
                .updater(new SgdSpace(new ContinuousParameterSpace(0.01, 0.1)))
                .addLayer(new DenseLayerSpace.Builder()
                        .nIn(4)
                        .nOut(new IntegerParameterSpace(3, 8))
                        .activation(Activation.RELU)
                        .build())
                .addLayer(new OutputLayerSpace.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .lossFunction(LossFunction.MCXENT)
                        .build())
                .numEpochs(2)
                .build();
        OptimizationConfiguration configuration = new OptimizationConfiguration.Builder()
                .candidateGenerator(new RandomSearchGenerator(space))
                .dataSource(Searches.TwoClasses.class, new Properties())
                .modelSaver(new FileModelSaver(folder.toString()))
                .scoreFunction(new TestSetLossScoreFunction())
                .terminationConditions(new MaxCandidatesCondition(2))
                .build();
        AutoL2TaskListener listener = new AutoL2TaskListener(
                AutoL2Options.paper().withInitialLambda(LAMBDA).withRefractory(1e9));

        // when
        LocalOptimizationRunner runner =
                new LocalOptimizationRunner(configuration, new MultiLayerNetworkTaskCreator(null, listener));
        runner.execute();

        // then
        Set<Integer> candidates = new HashSet<>();
        for (ResultReference result : runner.getResults()) {
            MultiLayerNetwork network =
                    (MultiLayerNetwork) result.getResult().getResultReference().getResultModel();
            assertThat(network.getLayerWiseConfigurations().toJson()).contains("\"value\" : " + LAMBDA);
            candidates.add(result.getResult().getIndex());
        }
        assertThat(candidates).hasSize(2);
    }

    @Test
    void aModelThatIsNoNetworkIsRefused() {
        assertThatThrownBy(() ->
                        new AutoL2TaskListener(AutoL2Options.paper()).preProcess(new DenseLayer(null, null), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got DenseLayer");
    }
}
