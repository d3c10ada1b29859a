package io.github.autol2.research.search;

import io.github.autol2.arbiter.GeneticGenerator;
import io.github.autol2.arbiter.LambdaGenerator;
import io.github.autol2.arbiter.SearchRunner;
import io.github.autol2.arbiter.TpeGenerator;
import io.github.autol2.arbiter.candidate.CandidateOutcome;
import io.github.autol2.arbiter.candidate.Ending;
import io.github.autol2.arbiter.candidate.LambdaOptions;
import io.github.autol2.arbiter.pruning.Pruning;
import io.github.autol2.arbiter.store.KeepsNoNetwork;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.config.TrainSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.model.Models;
import io.github.autol2.program.search.Search;
import io.github.autol2.program.search.Search.Prune;
import io.github.autol2.program.training.SearchedData;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.conf.updater.NesterovsSpace;
import org.deeplearning4j.arbiter.layers.DenseLayerSpace;
import org.deeplearning4j.arbiter.layers.OutputLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultReference;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.distribution.LogUniformDistribution;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.BaseStatusListener;
import org.deeplearning4j.arbiter.scoring.impl.TestSetAccuracyScoreFunction;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;

/**
 * One search on one thread, over networks of dense layers: depth, width, learning rate and dropout, each with its predicted lambda. Arbiter's
 * spaces have no batch size.
 */
final class SearchTrial {

    /** Learning rates and widths lie within these factors of the settings' own. */
    private static final double LEARNING_RATES = 10;

    private static final int WIDTHS = 4;

    /** The least probability that an activation is kept. */
    private static final double LEAST_KEPT = 0.5;

    private final RunSettings settings;
    private final SearchWay way;
    private final int candidates;
    private final int points;

    /** Test accuracies by the index of the candidate, as the search saves it. */
    private static final class TestAccuracies implements KeepsNoNetwork {

        private final SearchedData data;
        private final Map<Integer, Double> byCandidate = new HashMap<>();

        TestAccuracies(SearchedData data) {
            this.data = data;
        }

        @Override
        public ResultReference saveModel(OptimizationResult result, Object model) {
            byCandidate.put(result.getIndex(), data.testAccuracy((Model) model));
            return null;
        }

        @Override
        public List<Class<?>> getSupportedCandidateTypes() {
            return List.of(Object.class);
        }

        @Override
        public List<Class<?>> getSupportedModelTypes() {
            return List.of(MultiLayerNetwork.class, ComputationGraph.class);
        }
    }

    /**
     * @param candidates the most, at least 1
     * @param points     values of each hyperparameter in a grid, at least 2
     */
    SearchTrial(RunSettings settings, SearchWay way, int candidates, int points) {
        this.settings = settings;
        this.way = way;
        this.candidates = candidates;
        this.points = points;
    }

    /**
     * Searches.
     *
     * @param seed of the data's division, of the proposals, of the networks and of the order of the batches
     * @param done is told the steps of all trainings so far
     */
    SearchTrace run(long seed, LongConsumer done) {
        DataSplit split = settings.data().load(seed);
        SearchedData data = new SearchedData(split, settings, seed);
        TestAccuracies test = new TestAccuracies(data);
        SearchRunner runner = SearchRunner.builder(1, configuration(split, data, test, seed))
                .pruning(pruning())
                .build();
        runner.addListeners(new BaseStatusListener() {
            @Override
            public void onRunnerStatusChange(IOptimizationRunner search) {
                done.accept(runner.trainingIterations());
            }
        });
        runner.execute();
        return new SearchTrace(runner.outcomes().stream()
                .map(outcome -> tried(outcome, test.byCandidate.get(outcome.candidate())))
                .toList());
    }

    private static SearchedCandidate tried(CandidateOutcome outcome, Double test) {
        Double validation = outcome.ending() instanceof Ending.Finished finished ? (Double) finished.score() : null;
        return new SearchedCandidate(
                outcome.candidate(),
                outcome.ending().status(),
                outcome.trainingIterations(),
                validation,
                validation == null ? null : test);
    }

    @SuppressWarnings(
            "deprecation") // Arbiter's DataSource must be made by its class's name, without the examples at hand
    private OptimizationConfiguration configuration(
            DataSplit split, SearchedData data, TestAccuracies test, long seed) {
        return new OptimizationConfiguration.Builder()
                .candidateGenerator(new LambdaGenerator(generator(space(split, seed), seed), lambda(seed)))
                .rngSeed(seed)
                .dataProvider(data)
                .scoreFunction(new TestSetAccuracyScoreFunction())
                .modelSaver(test)
                .terminationConditions(new MaxCandidatesCondition(candidates))
                .build();
    }

    private Pruning pruning() {
        return way.prune() == Prune.ASHA ? Pruning.asha(Search.iterations(settings)) : Pruning.none();
    }

    private LambdaOptions lambda(long seed) {
        LambdaOptions options = LambdaOptions.predicted()
                .withShare(settings.calibration().share())
                .withSeeds(List.of(seed, seed + 1, seed + 2));
        return settings.calibration().race() ? options : options.withoutRace();
    }

    private CandidateGenerator generator(MultiLayerSpace space, long seed) {
        return switch (way.generator()) {
            case RANDOM -> new RandomSearchGenerator(space);
            case GRID ->
                new GridSearchCandidateGenerator(space, points, GridSearchCandidateGenerator.Mode.Sequential, null);
            case GENETIC -> new GeneticGenerator(space, false, seed);
            case TPE -> new TpeGenerator(space, false, seed);
        };
    }

    private MultiLayerSpace space(DataSplit split, long seed) {
        int width = settings.model().width();
        TrainSettings train = settings.train();
        return new MultiLayerSpace.Builder()
                .seed(seed)
                .numEpochs(settings.epochs())
                .activation(Activation.RELU)
                .weightInit(WeightInit.RELU)
                .updater(new NesterovsSpace(
                        new ContinuousParameterSpace(new LogUniformDistribution(
                                train.learningRate() / LEARNING_RATES, train.learningRate() * LEARNING_RATES)),
                        new FixedValue<>(train.momentum())))
                .setInputType(InputType.feedForward(split.shape().inputs()))
                .addLayer(
                        new DenseLayerSpace.Builder()
                                .nOut(new IntegerParameterSpace(Math.max(1, width / WIDTHS), width * WIDTHS))
                                .dropOut(new ContinuousParameterSpace(LEAST_KEPT, 1))
                                .build(),
                        new IntegerParameterSpace(
                                1, Math.max(2, settings.model().depth())))
                .addLayer(new OutputLayerSpace.Builder()
                        .nOut(split.classes().outputs())
                        .activation(Models.activation(split.classes()))
                        .iLossFunction(Models.loss(split.classes()))
                        .build())
                .build();
    }
}
