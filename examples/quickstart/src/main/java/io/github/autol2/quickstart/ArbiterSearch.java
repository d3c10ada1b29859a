package io.github.autol2.quickstart;

import io.github.autol2.arbiter.LambdaGenerator;
import io.github.autol2.arbiter.SearchRunner;
import io.github.autol2.arbiter.candidate.CandidateLambda;
import java.util.Properties;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.layers.DenseLayerSpace;
import org.deeplearning4j.arbiter.layers.OutputLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.saving.InMemoryResultSaver;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultReference;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.deeplearning4j.arbiter.scoring.impl.EvaluationScoreFunction;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** An Arbiter search over widths. The space has no axis for lambda: each candidate gets a prediction of its own. */
public final class ArbiterSearch {

    private ArbiterSearch() {}

    public static void main(String... args) throws Exception {
        OutputLayerSpace.Builder output = new OutputLayerSpace.Builder().lossFunction(LossFunction.MCXENT);
        MultiLayerSpace space = new MultiLayerSpace.Builder()
                .seed(1)
                .updater(new Nesterovs(0.1, 0.9))
                .activation(Activation.RELU)
                .addLayer(new DenseLayerSpace.Builder()
                        .nIn(2)
                        .nOut(new IntegerParameterSpace(8, 32))
                        .build())
                .addLayer(output.nOut(2).activation(Activation.SOFTMAX).build())
                .numEpochs(100)
                .build();
        SearchRunner runner = new SearchRunner(
                2,
                new OptimizationConfiguration.Builder()
                        .candidateGenerator(new LambdaGenerator(new RandomSearchGenerator(space)))
                        .dataSource(MoonsSource.class, new Properties())
                        .scoreFunction(new EvaluationScoreFunction(Evaluation.Metric.ACCURACY))
                        .modelSaver(new InMemoryResultSaver())
                        .terminationConditions(new MaxCandidatesCondition(3))
                        .build());
        runner.execute();
        for (ResultReference result : runner.getResults()) {
            CandidateLambda lambda = (CandidateLambda) result.getResult().getModelSpecificResults();
            System.out.printf("%.3f with %s%n", result.getResult().getScore(), lambda);
        }
    }
}
