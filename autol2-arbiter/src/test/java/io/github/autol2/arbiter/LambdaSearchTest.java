package io.github.autol2.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.autol2.arbiter.candidate.CandidateLambda;
import io.github.autol2.arbiter.candidate.LambdaCandidate;
import io.github.autol2.arbiter.candidate.LambdaOptions;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.LambdaRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.deeplearning4j.arbiter.BaseNetworkSpace;
import org.deeplearning4j.arbiter.DL4JConfiguration;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.conf.updater.NesterovsSpace;
import org.deeplearning4j.arbiter.conf.updater.SgdSpace;
import org.deeplearning4j.arbiter.layers.DenseLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.api.data.DataProvider;
import org.deeplearning4j.arbiter.optimize.api.saving.InMemoryResultSaver;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultReference;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator.Mode;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.LocalOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.BaseStatusListener;
import org.deeplearning4j.arbiter.saver.local.FileModelSaver;
import org.deeplearning4j.arbiter.task.TaskListener;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.regularization.L2Regularization;

/** How candidates get their lambda. */
@Tag("slow")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LambdaSearchTest {

    /** With enough steps at a learning rate that learns: its calibrations are quick and never fail. */
    private static MultiLayerSpace.Builder twoWidths() {
        return new MultiLayerSpace.Builder()
                .seed(1)
                .activation(Activation.RELU)
                .updater(new NesterovsSpace(new FixedValue<>(0.1), new FixedValue<>(0.9)))
                .addLayer(new DenseLayerSpace.Builder()
                        .nIn(4)
                        .nOut(new DiscreteParameterSpace<>(8, 10))
                        .build())
                .addLayer(Searches.output())
                .numEpochs(Searches.EPOCHS);
    }

    private static LambdaGenerator grid(BaseNetworkSpace<?> space, LambdaOptions options) {
        return new LambdaGenerator(new GridSearchCandidateGenerator(space, 2, Mode.Sequential, null), options);
    }

    private static SearchRunner run(CandidateGenerator generator, int candidates) {
        SearchRunner runner = new SearchRunner(
                2,
                Searches.configuration(generator, candidates)
                        .modelSaver(new InMemoryResultSaver())
                        .build());
        runner.execute();
        assertThat(runner.numCandidatesFailed())
                .as("%s", runner.getCandidateStatus())
                .isZero();
        return runner;
    }

    private static List<CandidateLambda> lambdas(SearchRunner runner) throws Exception {
        List<OptimizationResult> results = new ArrayList<>();
        for (ResultReference reference : runner.getResults()) {
            results.add(reference.getResult());
        }
        return results.stream()
                .sorted(Comparator.comparing(OptimizationResult::getIndex))
                .map(result -> (CandidateLambda) result.getModelSpecificResults())
                .toList();
    }

    private static double last(double[] flat) {
        return flat[flat.length - 1];
    }

    @Test
    void lambdaStandsWhereverACandidateIsShown(@TempDir Path folder) throws Exception {
        // given
        OptimizationConfiguration configuration = Searches.configuration(
                        grid(twoWidths().build(), Searches.quick()), 1)
                .modelSaver(new FileModelSaver(folder.toString()))
                .build();
        SearchRunner runner = new SearchRunner(1, configuration);
        List<Double> heard = new ArrayList<>();
        List<CandidateLambda> results = new ArrayList<>();
        runner.addListeners(new BaseStatusListener() {
            @Override
            public void onCandidateStatusChange(
                    CandidateInfo info, IOptimizationRunner search, OptimizationResult result) {
                heard.add(last(info.getFlatParams()));
                if (result != null) {
                    results.add((CandidateLambda) result.getModelSpecificResults());
                }
            }
        });

        // when
        runner.execute();

        // then
        double lambda = results.get(0).lambda();
        assertThat(heard).containsExactly(Double.NaN, lambda);
        assertThat(last(runner.getCandidateStatus().get(0).getFlatParams())).isEqualTo(lambda);
        OptimizationResult read = runner.getResults().get(0).getResult();
        assertThat(read.getModelSpecificResults()).isEqualTo(results.get(0));
        MultiLayerNetwork network =
                (MultiLayerNetwork) runner.getResults().get(0).getResultModel();
        assertThat(l2(network, 0)).isEqualTo(lambda);
        assertThat(l2(network, 1)).isEqualTo(lambda);
        assertThat(results.get(0).low()).isLessThanOrEqualTo(lambda);
        assertThat(results.get(0).high()).isGreaterThanOrEqualTo(lambda);
        assertThat(results.get(0).c())
                .isBetween(results.get(0).cLow(), results.get(0).cHigh());
        assertThat(results.get(0).iterations()).isEqualTo(Searches.BATCHES * Searches.EPOCHS);
        assertThat(results.get(0).calibrationIterations()).isPositive();
    }

    private static double l2(MultiLayerNetwork network, int layer) {
        return l2(network.getLayerWiseConfigurations().getConf(layer).getLayer());
    }

    private static double l2(Layer layer) {
        return ((BaseLayer) layer)
                .getRegularization().stream()
                        .filter(L2Regularization.class::isInstance)
                        .mapToDouble(l2 -> ((L2Regularization) l2).getL2().valueAt(0, 0))
                        .sum();
    }

    @Test
    void ratiosBetweenLayersAreKeptAndAnL2OfTheSpaceIsNoMore() throws Exception {
        MultiLayerSpace ratio = new MultiLayerSpace.Builder()
                .seed(1)
                .activation(Activation.RELU)
                .l2(0.2)
                .updater(new NesterovsSpace(new FixedValue<>(0.1), new FixedValue<>(0.9)))
                .addLayer(new DenseLayerSpace.Builder()
                        .nIn(4)
                        .nOut(new DiscreteParameterSpace<>(8, 10))
                        .l2(0.05)
                        .build())
                .addLayer(Searches.output())
                .numEpochs(Searches.EPOCHS)
                .build();

        SearchRunner runner = run(grid(ratio, Searches.quick()), 1);

        double lambda = lambdas(runner).get(0).lambda();
        MultiLayerNetwork network =
                (MultiLayerNetwork) runner.getResults().get(0).getResultModel();
        assertThat(l2(network, 0)).isCloseTo(lambda / 4, within(1e-9 * lambda));
        assertThat(l2(network, 1)).isEqualTo(lambda);
    }

    @Test
    void anAxisForL2ChangesNothing() throws Exception {
        LambdaGenerator with =
                grid(twoWidths().l2(new ContinuousParameterSpace(1e-6, 1e-2)).build(), Searches.quick());

        SearchRunner runner = run(with, 20);

        assertThat(runner.numCandidatesTotal()).isEqualTo(2);
        assertThat(lambdas(runner))
                .extracting(CandidateLambda::lambda)
                .isEqualTo(lambdas(run(grid(twoWidths().build(), Searches.quick()), 20)).stream()
                        .map(CandidateLambda::lambda)
                        .toList());
    }

    @Test
    void aGraphIsSearchedAlike() throws Exception {
        SearchRunner runner =
                run(new LambdaGenerator(new RandomSearchGenerator(Searches.graphSpace()), Searches.quick()), 2);

        for (ResultReference reference : runner.getResults()) {
            ComputationGraph network = (ComputationGraph) reference.getResultModel();
            double lambda = Searches.lambda(reference).lambda();
            assertThat(lambda).isPositive();
            assertThat(l2(network.getLayer("hidden").conf().getLayer())).isEqualTo(lambda);
            assertThat(l2(network.getLayer("out").conf().getLayer())).isEqualTo(lambda);
        }
    }

    @Test
    void refinedTriesNeighboursInsideTheIntervalOfOneCalibration() throws Exception {
        SearchRunner runner = run(grid(twoWidths().build(), Searches.quick().withNeighbours(2)), 3);

        List<CandidateLambda> lambdas = lambdas(runner);
        assertThat(lambdas)
                .extracting(CandidateLambda::calibration)
                .containsOnly(lambdas.get(0).calibration());
        assertThat(lambdas)
                .extracting(CandidateLambda::lambda)
                .doesNotHaveDuplicates()
                .allSatisfy(lambda -> assertThat(lambda)
                        .isBetween(lambdas.get(0).low(), lambdas.get(0).high()));
    }

    @Test
    void adaptiveStartsFromTheCalibrationAndLeavesItsLastLambdaInTheModel() throws Exception {
        SearchRunner runner =
                run(grid(twoWidths().build(), LambdaOptions.adaptive().withSeeds(List.of(1L))), 1);

        CandidateLambda lambda = lambdas(runner).get(0);
        MultiLayerNetwork network =
                (MultiLayerNetwork) runner.getResults().get(0).getResultModel();
        assertThat(l2(network, 0)).isEqualTo(lambda.finalLambda()).isLessThanOrEqualTo(lambda.lambda());
        assertThat(last(runner.getCandidateStatus().get(0).getFlatParams())).isEqualTo(lambda.lambda());
    }

    /** The same network twice, for 10 more epochs the second time and with another seed the third. */
    private static final class SameNetwork implements CandidateGenerator {
        private final MultiLayerSpace space;
        private int proposed;

        SameNetwork(MultiLayerSpace space) {
            this.space = space;
        }

        @Override
        public boolean hasMoreCandidates() {
            return proposed < 3;
        }

        @Override
        public Candidate<?> getCandidate() {
            DL4JConfiguration value = space.getValue(new double[1]);
            DL4JConfiguration changed = new DL4JConfiguration(
                    value.getMultiLayerConfiguration(), null, value.getNumEpochs() + (proposed == 1 ? 10 : 0));
            if (proposed == 2) {
                changed.getMultiLayerConfiguration().getConfs().forEach(layer -> layer.setSeed(9));
            }
            return new Candidate<>((Object) changed, proposed++, new double[1], null, null);
        }

        @Override
        public void reportResults(OptimizationResult result) {}

        @Override
        public ParameterSpace<?> getParameterSpace() {
            return space;
        }

        @Override
        public void setRngSeed(long seed) {}

        @Override
        public Class<?> getCandidateType() {
            return null;
        }
    }

    @Test
    void candidatesThatDifferInBudgetOrSeedShareACalibrationAndAreAllTrained() throws Exception {
        MultiLayerSpace space = twoWidths().build();
        new RandomSearchGenerator(space); // numbers its parameters

        List<CandidateLambda> lambdas = lambdas(run(new LambdaGenerator(new SameNetwork(space), Searches.quick()), 5));

        assertThat(lambdas)
                .hasSize(3)
                .extracting(CandidateLambda::calibration)
                .containsOnly(lambdas.get(0).calibration());
        // in a longer training lambda stays: so short a calibration does not know c well enough to let it fall
        assertThat(lambdas.get(1).lambda()).isEqualTo(lambdas.get(0).lambda());
        assertThat(lambdas.get(1).iterations()).isGreaterThan(lambdas.get(0).iterations());
        assertThat(lambdas.get(2).lambda()).isEqualTo(lambdas.get(0).lambda());
    }

    @Test
    void candidatesThatDifferInWidthOrDataDoNotShareACalibration() throws Exception {
        List<CandidateLambda> lambdas = lambdas(run(grid(twoWidths().build(), Searches.quick()), 2));
        Properties other = new Properties();
        other.setProperty("seed", "3");
        SearchRunner otherData = new SearchRunner(
                1,
                Searches.configuration(grid(twoWidths().build(), Searches.quick()), 1)
                        .dataSource(Searches.TwoClasses.class, other)
                        .modelSaver(new InMemoryResultSaver())
                        .build());
        otherData.execute();

        assertThat(lambdas.get(0).calibration()).isNotEqualTo(lambdas.get(1).calibration());
        assertThat(lambdas(otherData).get(0).calibration())
                .isNotEqualTo(lambdas.get(0).calibration());
    }

    /** Notes on which threads the data are asked for. */
    public static final class Threads extends Searches.Delegate {
        private static final long serialVersionUID = 1;
        private static final Set<String> NAMES = ConcurrentHashMap.newKeySet();

        public Threads() {
            super("threads");
        }

        @Override
        public Object trainData() {
            NAMES.add(Thread.currentThread().getName());
            return super.trainData();
        }
    }

    @Test
    void calibrationsAreMadeOnTheThreadsThatTrain() {
        SearchRunner runner = new SearchRunner(
                2,
                Searches.configuration(grid(twoWidths().build(), Searches.quick()), 2)
                        .dataSource(Threads.class, null)
                        .build());

        runner.execute();

        assertThat(runner.numCandidatesCompleted()).isEqualTo(2);
        assertThat(Threads.NAMES)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(name).isEqualTo("autol2-search"));
    }

    @Test
    void aCalibrationThatFailsFailsItsCandidates() {
        MultiLayerSpace space = twoWidths()
                .updater(new SgdSpace(new FixedValue<>(1e30))) // the weights overflow at once
                .build();
        SearchRunner runner = new SearchRunner(
                1,
                Searches.configuration(grid(space, Searches.quick().withNeighbours(1)), 2)
                        .build());

        runner.execute();

        assertThat(runner.numCandidatesFailed()).isEqualTo(2);
        assertThat(runner.getCandidateStatus()).allSatisfy(info -> {
            assertThat(info.getExceptionStackTrace()).contains("CalibrationException");
            assertThat(last(info.getFlatParams())).isNaN();
        });
    }

    @Test
    void aSpaceWithoutSeedCanBeRepeated() {
        MultiLayerSpace.Builder noSeed = new MultiLayerSpace.Builder()
                .updater(new SgdSpace(Searches.learningRate()))
                .addLayer(new DenseLayerSpace.Builder().nIn(4).nOut(3).build())
                .addLayer(Searches.output());
        List<String> fingerprints = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            LambdaGenerator generator = new LambdaGenerator(new RandomSearchGenerator(noSeed.build()));
            generator.setRngSeed(4);
            LambdaCandidate candidate = (LambdaCandidate) generator.getCandidate();
            fingerprints.add(candidate.fingerprint());
        }

        assertThat(fingerprints.get(0)).isEqualTo(fingerprints.get(1));
    }

    @Test
    void earlyStoppingTrainsWithThePrediction() throws Exception {
        EarlyStoppingConfiguration<MultiLayerNetwork> stopping = new EarlyStoppingConfiguration.Builder<
                        MultiLayerNetwork>()
                .modelSaver(new InMemoryModelSaver<>())
                .scoreCalculator(
                        new DataSetLossCalculator((DataSetIterator) new Searches.TwoClasses().testData(), true))
                .epochTerminationConditions(new MaxEpochsTerminationCondition(3))
                .build();
        LambdaGenerator generator = grid(
                twoWidths().earlyStoppingConfiguration(stopping).build(),
                Searches.quick().withIterations(Searches.BATCHES * Searches.EPOCHS));

        SearchRunner runner = run(generator, 1);

        MultiLayerNetwork network =
                (MultiLayerNetwork) runner.getResults().get(0).getResultModel();
        assertThat(l2(network, 0)).isEqualTo(lambdas(runner).get(0).lambda());
        assertThat(network.getLayerWiseConfigurations().getEpochCount()).isLessThanOrEqualTo(4);
    }

    /** Arbiter's older interface. */
    @SuppressWarnings("deprecation")
    private static final class Provider implements DataProvider {
        private static final long serialVersionUID = 1;

        @Override
        public Object trainData(Map<String, Object> parameters) {
            return new Searches.TwoClasses().trainData();
        }

        @Override
        public Object testData(Map<String, Object> parameters) {
            return new Searches.TwoClasses().testData();
        }

        @Override
        public Class<?> getDataType() {
            return DataSetIterator.class;
        }
    }

    @Test
    @SuppressWarnings("deprecation") // for programs that still use providers
    void aDataProviderGivesTheSameResultAsADataSource() {
        SearchRunner provided = new SearchRunner(
                1,
                Searches.configuration(grid(twoWidths().build(), Searches.quick()), 1)
                        .dataSource(null, null)
                        .dataProvider(new Provider())
                        .build());
        SearchRunner source = new SearchRunner(
                1,
                Searches.configuration(grid(twoWidths().build(), Searches.quick()), 1)
                        .build());

        provided.execute();
        source.execute();

        assertThat(provided.numCandidatesCompleted()).isEqualTo(1);
        assertThat(Searches.outcome(provided)).isEqualTo(Searches.outcome(source));
    }

    @Test
    void aTaskListenerSeesTheNetworkBeforeAndAfter() {
        List<String> seen = new CopyOnWriteArrayList<>();
        TaskListener listener = new TaskListener() {
            private static final long serialVersionUID = 1;

            @Override
            @SuppressWarnings("rawtypes") // Arbiter's
            public <M extends Model> M preProcess(M model, Candidate candidate) {
                seen.add("before " + model.params().length());
                return model;
            }

            @Override
            @SuppressWarnings("rawtypes") // Arbiter's
            public void postProcess(Model model, Candidate candidate) {
                seen.add("after " + model.params().length());
            }
        };
        SearchRunner runner = SearchRunner.builder(
                        1,
                        Searches.configuration(
                                        new RandomSearchGenerator(
                                                Searches.space().numEpochs(1).build()),
                                        1)
                                .build())
                .taskCreator(new LambdaTaskCreator(listener))
                .build();

        runner.execute();

        assertThat(runner.numCandidatesCompleted()).isEqualTo(1);
        assertThat(seen).hasSize(2);
        assertThat(seen.get(1)).isEqualTo(seen.get(0).replace("before", "after"));
    }

    @Test
    void arbitersOwnRunnerTrainsTheSameCandidates() {
        LocalOptimizationRunner arbiters = new LocalOptimizationRunner(
                2,
                Searches.configuration(grid(twoWidths().build(), Searches.quick()), 2)
                        .build(),
                new LambdaTaskCreator());
        SearchRunner ours = new SearchRunner(
                2,
                Searches.configuration(grid(twoWidths().build(), Searches.quick()), 2)
                        .build());

        arbiters.execute();
        ours.execute();

        assertThat(arbiters.numCandidatesCompleted()).isEqualTo(2);
        assertThat(arbiters.getCandidateStatus())
                .extracting(info -> info.getScore() + Arrays.toString(info.getFlatParams()))
                .containsExactlyInAnyOrderElementsOf(ours.getCandidateStatus().stream()
                        .map(info -> info.getScore() + Arrays.toString(info.getFlatParams()))
                        .toList());
    }

    @Test
    void aLambdaSpaceServesArbitersOwnGenerators() {
        Calibration calibration = new Calibration(0.1, 10, 5, 20, 3, 10, 0.5, List.of(), List.of(), List.of());
        LambdaRange range = calibration.range(1000);
        MultiLayerSpace space = new MultiLayerSpace.Builder()
                .seed(1)
                .l2(LambdaSpace.around(calibration, 1000))
                .updater(new SgdSpace(new FixedValue<>(0.1)))
                .addLayer(new DenseLayerSpace.Builder().nIn(4).nOut(3).build())
                .addLayer(Searches.output())
                .build();
        GridSearchCandidateGenerator grid = new GridSearchCandidateGenerator(space, 3, Mode.Sequential, null);
        RandomSearchGenerator random = new RandomSearchGenerator(space);

        List<Double> lambdas = new ArrayList<>();
        while (grid.hasMoreCandidates()) {
            lambdas.add(l2(((DL4JConfiguration) grid.getCandidate().getValue())
                    .getMultiLayerConfiguration()
                    .getConf(0)
                    .getLayer()));
        }

        assertThat(lambdas).hasSize(3);
        assertThat(lambdas.get(0)).isCloseTo(range.low(), withinPercentage(1e-6));
        assertThat(lambdas.get(1)).isCloseTo(Math.sqrt(range.low() * range.high()), withinPercentage(1e-6));
        assertThat(lambdas.get(2)).isCloseTo(range.high(), withinPercentage(1e-6));
        for (int i = 0; i < 10; i++) {
            double lambda = l2(((DL4JConfiguration) random.getCandidate().getValue())
                    .getMultiLayerConfiguration()
                    .getConf(0)
                    .getLayer());
            assertThat(lambda).isBetween(range.low(), range.high());
        }
    }
}
