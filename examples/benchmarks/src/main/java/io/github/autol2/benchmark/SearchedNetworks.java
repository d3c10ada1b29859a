package io.github.autol2.benchmark;

import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.training.SearchedData;
import java.util.Random;
import java.util.function.Function;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.conf.updater.NesterovsSpace;
import org.deeplearning4j.arbiter.layers.DenseLayerSpace;
import org.deeplearning4j.arbiter.layers.OutputLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.api.adapter.ParameterSpaceAdapter;
import org.deeplearning4j.arbiter.optimize.api.saving.InMemoryResultSaver;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.scoring.impl.TestSetAccuracyScoreFunction;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The networks that {@link SearchCost} searches over. */
final class SearchedNetworks {

    /** Networks that differ in more than lambda. */
    static final int COMBINATIONS = 6;

    private SearchedNetworks() {}

    /** One axis with six combinations of depth 1 to 3, width 32 to 128 and eta 0.01 to 0.2, drawn once. */
    static MultiLayerSpace.Builder space(DataSplit split, long seed, int epochs) {
        Random random = new Random(1);
        Combination[] drawn = new Combination[COMBINATIONS];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = new Combination(
                    1 + random.nextInt(3), 32 + random.nextInt(97), 0.01 * Math.pow(20, random.nextDouble()));
        }
        DiscreteParameterSpace<Combination> combinations = new DiscreteParameterSpace<>(drawn);
        return new MultiLayerSpace.Builder()
                .seed(seed)
                .activation(Activation.RELU)
                .weightInit(WeightInit.RELU)
                .updater(new NesterovsSpace(new Part<>(combinations, Combination::eta), new FixedValue<>(0.9)))
                .setInputType(InputType.feedForward(split.shape().inputs()))
                .addLayer(
                        new DenseLayerSpace.Builder()
                                .nOut(new Part<>(combinations, Combination::width))
                                .build(),
                        new Part<>(combinations, Combination::depth))
                .addLayer(new OutputLayerSpace.Builder()
                        .nOut(split.classNames().size())
                        .activation(Activation.SOFTMAX)
                        .lossFunction(LossFunction.MCXENT)
                        .build())
                .numEpochs(epochs);
    }

    /** The hyperparameters of one network but lambda. */
    private record Combination(int depth, int width, double eta) {}

    /** One hyperparameter of a combination, as a space. */
    private static final class Part<T> extends ParameterSpaceAdapter<Combination, T> {

        private final DiscreteParameterSpace<Combination> combinations;
        private final Function<Combination, T> part;

        Part(DiscreteParameterSpace<Combination> combinations, Function<Combination, T> part) {
            this.combinations = combinations;
            this.part = part;
        }

        @Override
        protected T convertValue(Combination from) {
            return part.apply(from);
        }

        @Override
        protected ParameterSpace<Combination> underlying() {
            return combinations;
        }

        @Override
        protected String underlyingName() {
            return "combination";
        }
    }

    /** A search over some of these networks, which keeps its models in memory. */
    @SuppressWarnings("deprecation") // Arbiter's DataSource cannot be given the examples
    static OptimizationConfiguration configuration(CandidateGenerator generator, SearchedData data, int candidates) {
        return new OptimizationConfiguration.Builder()
                .candidateGenerator(generator)
                .dataProvider(data)
                .scoreFunction(new TestSetAccuracyScoreFunction())
                .modelSaver(new InMemoryResultSaver())
                .terminationConditions(new MaxCandidatesCondition(candidates))
                .build();
    }
}
