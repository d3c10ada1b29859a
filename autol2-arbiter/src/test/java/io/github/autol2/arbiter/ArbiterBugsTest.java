package io.github.autol2.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.arbiter.candidate.LambdaCandidate;
import io.github.autol2.arbiter.candidate.LambdaOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deeplearning4j.arbiter.DL4JConfiguration;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.conf.updater.SgdSpace;
import org.deeplearning4j.arbiter.layers.DenseLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.api.TaskCreator;
import org.deeplearning4j.arbiter.optimize.api.data.DataProvider;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxTimeCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator.Mode;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.BooleanSpace;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.BaseStatusListener;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;
import org.deeplearning4j.arbiter.saver.local.FileModelSaver;
import org.deeplearning4j.arbiter.scoring.impl.TestSetAccuracyScoreFunction;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.ScoreCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What Arbiter 1.0.0-beta7 does wrong, in the order of the README's table, and that it does not reach a search with a LambdaGenerator and a
 * SearchRunner.
 */
@Tag("slow")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ArbiterBugsTest {

    @TempDir
    private Path folder;

    /** Trains the candidates of any generator as they are, without calibrations: that is quick. */
    private static SearchRunner run(CandidateGenerator generator, int threads, int candidates) {
        SearchRunner runner = new SearchRunner(
                threads, Searches.configuration(generator, candidates).build());
        runner.execute();
        return runner;
    }

    private static MultiLayerSpace quickSpace() {
        return Searches.space().numEpochs(1).build();
    }

    private static List<Candidate<?>> all(LambdaGenerator generator) {
        List<Candidate<?>> candidates = new ArrayList<>();
        while (generator.hasMoreCandidates()) {
            candidates.add(generator.getCandidate());
        }
        return candidates;
    }

    private static LambdaGenerator grid(MultiLayerSpace space, int points) {
        return new LambdaGenerator(new GridSearchCandidateGenerator(space, points, Mode.Sequential, null));
    }

    @Test
    void candidatesThatCannotBeGeneratedAreFailedAndCount() {
        LambdaGenerator generator = new LambdaGenerator(new RandomSearchGenerator(Searches.space()
                .addLayer(new DenseLayerSpace.Builder()
                        .nOut(new IntegerParameterSpace(-9, -1))
                        .build())
                .build()));

        SearchRunner runner = run(generator, 2, 3);

        assertThat(runner.numCandidatesFailed()).isEqualTo(3);
        assertThat(runner.getCandidateStatus())
                .hasSize(3)
                .allSatisfy(info -> assertThat(info.getExceptionStackTrace()).isNotBlank());
    }

    @Test
    void aGridThatIsSmallerThanTheSearchEndsIt() {
        SearchRunner runner = run(new GridSearchCandidateGenerator(quickSpace(), 2, Mode.Sequential, null), 2, 100);

        assertThat(runner.numCandidatesCompleted()).isEqualTo(4);
    }

    @Test
    void aScoreThatIsNotANumberIsNeverTheBest() {
        OptimizationConfiguration configuration = Searches.configuration(new RandomSearchGenerator(quickSpace()), 3)
                .build();
        configuration.setScoreFunction(new NaNFirst());
        SearchRunner runner = new SearchRunner(1, configuration);

        runner.execute();

        assertThat(runner.numCandidatesFailed()).isEqualTo(1);
        assertThat(runner.getCandidateStatus().get(0).getCandidateStatus()).isEqualTo(CandidateStatus.Failed);
        assertThat(runner.getCandidateStatus().get(0).getExceptionStackTrace()).contains("the score is NaN");
        assertThat(runner.bestScore()).isNotNaN();
        assertThat(runner.bestScoreCandidateIndex()).isPositive();
    }

    /** The first score is NaN. */
    @SuppressWarnings("deprecation") // the shortest to extend
    public static final class NaNFirst extends TestSetAccuracyScoreFunction {
        private static final long serialVersionUID = 1;
        private int scores;

        @Override
        public double score(MultiLayerNetwork network, DataSetIterator data) {
            return scores++ == 0 ? Double.NaN : super.score(network, data);
        }
    }

    @Test
    void asManyCandidatesStartAsWereAskedForOnAnyNumberOfThreads() {
        SearchRunner runner = run(new RandomSearchGenerator(quickSpace()), 4, 3);

        assertThat(runner.numCandidatesTotal()).isEqualTo(3);
        assertThat(runner.numCandidatesCompleted()).isEqualTo(3);
    }

    @Test
    void aGridWithASingleValueIsRefused() {
        MultiLayerSpace oneValue =
                Searches.space().l1(new DiscreteParameterSpace<>(0.1)).build();

        assertThatThrownBy(() -> grid(oneValue, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "every axis of a grid must have at least 2 values, but DiscreteParameterSpace(0.1) has 1");
        assertThatThrownBy(() -> run(grid(quickSpace(), 1), 1, 4))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the discretizationCount must be at least 2");
    }

    @Test
    void aGridProposesEachNetworkOnce() {
        MultiLayerSpace fixedLayers = new MultiLayerSpace.Builder()
                .seed(1)
                .updater(new SgdSpace(Searches.learningRate()))
                .layer(new DenseLayer.Builder().nIn(4).nOut(3).build())
                .layer(new DenseLayer.Builder().nIn(3).nOut(3).build())
                .addLayer(Searches.output())
                .build();
        MultiLayerSpace flags = Searches.space().miniBatch(new BooleanSpace()).build();
        MultiLayerSpace lambdas =
                Searches.space().l2(new ContinuousParameterSpace(1e-5, 1e-1)).build();

        assertThat(all(grid(fixedLayers, 4))).hasSize(4);
        assertThat(all(grid(flags, 3))).hasSize(2 * 3 * 3);
        assertThat(all(grid(lambdas, 3))).hasSize(3 * 3);
    }

    @Test
    void aGridFromJsonWhoseLayersShareASpaceIsRefused() {
        IntegerParameterSpace shared = new IntegerParameterSpace(3, 4);
        MultiLayerSpace space = new MultiLayerSpace.Builder()
                .updater(new SgdSpace(Searches.learningRate()))
                .addLayer(new DenseLayerSpace.Builder().nIn(4).nOut(shared).build())
                .addLayer(new DenseLayerSpace.Builder().nOut(shared).build())
                .addLayer(Searches.output())
                .build();
        GridSearchCandidateGenerator grid = new GridSearchCandidateGenerator(space, 2, Mode.Sequential, null);
        OptimizationConfiguration read = OptimizationConfiguration.fromJson(
                Searches.configuration(grid, 2).build().toJson());

        assertThat(all(new LambdaGenerator(grid))).hasSize(4);
        assertThatThrownBy(() -> new LambdaGenerator(read.getCandidateGenerator()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two layers share the search space")
                .hasMessageContaining("must be built in the program");
    }

    @Test
    void aSeedIsKeptInJsonAndSeedsTheGeneticSearch() {
        LambdaGenerator generator = new LambdaGenerator(new GeneticGenerator(quickSpace(), false, 1));
        OptimizationConfiguration configuration =
                Searches.configuration(generator, 3).rngSeed(77).build();
        OptimizationConfiguration read = OptimizationConfiguration.fromJson(configuration.toJson());
        LambdaGenerator other = new LambdaGenerator(new GeneticGenerator(quickSpace(), false, 78));

        double[] first = generator.getCandidate().getFlatParameters();

        assertThat(read.getCandidateGenerator().getCandidate().getFlatParameters())
                .isEqualTo(first);
        assertThat(other.getCandidate().getFlatParameters()).isNotEqualTo(first);
    }

    @Test
    void theEndOfTheTimeStopsCandidatesThatTrain() {
        LambdaGenerator generator = new LambdaGenerator(
                new RandomSearchGenerator(
                        Searches.space().numEpochs(1_000_000_000).build()),
                LambdaOptions.predicted().withIterations(100));
        OptimizationConfiguration configuration =
                Searches.configuration(generator, 3).build();
        configuration.setTerminationConditions(List.of(new MaxTimeCondition(4, TimeUnit.SECONDS)));
        SearchRunner runner = new SearchRunner(2, configuration);

        runner.execute();

        assertThat(runner.numCandidatesCompleted()).isZero();
    }

    @Test
    void listenersThatThrowAndTasksThatThrowDoNotEndTheSearch() {
        SearchRunner runner = new SearchRunner(
                1,
                Searches.configuration(new RandomSearchGenerator(quickSpace()), 2)
                        .build());
        runner.addListeners(new BaseStatusListener() {
            @Override
            public void onCandidateStatusChange(
                    CandidateInfo info, IOptimizationRunner search, OptimizationResult result) {
                throw new IllegalStateException("a listener's own fault");
            }
        });
        runner.execute();
        SearchRunner broken = SearchRunner.builder(
                        1,
                        Searches.configuration(new RandomSearchGenerator(quickSpace()), 2)
                                .build())
                .taskCreator(new BrokenCreator())
                .build();
        broken.execute();

        assertThat(runner.numCandidatesCompleted()).isEqualTo(2);
        assertThat(broken.numCandidatesFailed()).isEqualTo(2);
        assertThat(broken.getCandidateStatus()).allSatisfy(info -> {
            assertThat(info.getCandidateStatus()).isEqualTo(CandidateStatus.Failed);
            assertThat(info.getExceptionStackTrace()).contains("a task's own fault");
        });
    }

    /** Its tasks throw. */
    private static final class BrokenCreator implements TaskCreator {
        @Override
        @SuppressWarnings({"rawtypes", "deprecation"}) // Arbiter's
        public Callable<OptimizationResult> create(
                Candidate candidate,
                DataProvider provider,
                ScoreFunction score,
                List<StatusListener> listeners,
                IOptimizationRunner runner) {
            throw new UnsupportedOperationException();
        }

        @Override
        @SuppressWarnings({"rawtypes", "deprecation"}) // Arbiter's
        public Callable<OptimizationResult> create(
                Candidate candidate,
                Class<? extends DataSource> source,
                Properties properties,
                ScoreFunction score,
                List<StatusListener> listeners,
                IOptimizationRunner runner) {
            return () -> {
                throw new IllegalStateException("a task's own fault");
            };
        }
    }

    @Test
    void aGeneratorThatThrowsEndsTheSearchWithItsReasonAfterTheRunningCandidates() {
        CandidateGenerator breaks = new RandomSearchGenerator(quickSpace()) {
            private int proposed;

            @Override
            public Candidate<?> getCandidate() {
                if (proposed++ == 2) {
                    throw new IllegalStateException("a generator's own fault");
                }
                return super.getCandidate();
            }
        };
        SearchRunner runner =
                new SearchRunner(2, Searches.configuration(breaks, 5).build());

        assertThatThrownBy(runner::execute)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a generator's own fault");
        assertThat(runner.numCandidatesCompleted()).isEqualTo(2);
    }

    @Test
    void earlyStoppingThatFailsTellsTheRealCause() {
        EarlyStoppingConfiguration<MultiLayerNetwork> stopping = new EarlyStoppingConfiguration.Builder<
                        MultiLayerNetwork>()
                .modelSaver(new InMemoryModelSaver<>())
                .scoreCalculator(new NoScore())
                .epochTerminationConditions(new MaxEpochsTerminationCondition(3))
                .build();
        OptimizationConfiguration configuration = Searches.configuration(
                        new RandomSearchGenerator(Searches.space()
                                .earlyStoppingConfiguration(stopping)
                                .build()),
                        1)
                .dataSource(FiveFeatures.class, null)
                .modelSaver(new FileModelSaver(folder.toString()))
                .build();
        SearchRunner runner = new SearchRunner(1, configuration);

        runner.execute();

        assertThat(runner.getCandidateStatus().get(0).getCandidateStatus()).isEqualTo(CandidateStatus.Failed);
        assertThat(runner.getCandidateStatus().get(0).getExceptionStackTrace())
                .contains("Input size (5 columns; shape = [4, 5]) is invalid");
    }

    /** Is not reached. */
    private static final class NoScore implements ScoreCalculator<MultiLayerNetwork> {
        private static final long serialVersionUID = 1;

        @Override
        public double calculateScore(MultiLayerNetwork network) {
            return 0;
        }

        @Override
        public boolean minimizeScore() {
            return true;
        }
    }

    /** Another number of features than the network's. */
    public static final class FiveFeatures implements DataSource {
        private static final long serialVersionUID = 1;

        @Override
        public void configure(Properties properties) {}

        @Override
        public Object trainData() {
            return new ListDataSetIterator<>(List.of(new DataSet(Nd4j.zeros(4, 5), Nd4j.ones(4, 2))));
        }

        @Override
        public Object testData() {
            return trainData();
        }

        @Override
        public Class<?> getDataType() {
            return DataSetIterator.class;
        }
    }

    @Test
    void aSearchGoesOnWhereItWasInterruptedAndOverwritesNothing() throws Exception {
        Path models = Files.createDirectory(folder.resolve("models"));
        Path parts = folder.resolve("parts");
        new SearchRunner(1, resumable(models, 1), parts).execute();
        byte[] before = Files.readAllBytes(models.resolve("0/model.bin"));

        SearchRunner second = new SearchRunner(1, resumable(models, 2), parts);
        second.execute();

        assertThat(second.numCandidatesCompleted()).isEqualTo(2);
        assertThat(Files.readAllBytes(models.resolve("0/model.bin"))).isEqualTo(before);
        assertThat(models.resolve("1/model.bin")).exists();
    }

    private static OptimizationConfiguration resumable(Path models, int candidates) {
        return Searches.configuration(
                        new LambdaGenerator(
                                new RandomSearchGenerator(Searches.space().build()),
                                LambdaOptions.predicted().withSeeds(List.of(1L))),
                        candidates)
                .modelSaver(new FileModelSaver(models.toString()))
                .rngSeed(5)
                .build();
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void aWrapperLayerGivenAsItIsHasTheHyperparametersOfEachCandidate(Layer wrapper) {
        RandomSearchGenerator plain = new RandomSearchGenerator(wrapped(wrapper));
        LambdaGenerator generator = new LambdaGenerator(new RandomSearchGenerator(wrapped(wrapper.clone())));

        Set<String> here = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            here.addAll(learningRates(((LambdaCandidate) generator.getCandidate()).inner()));
        }
        Set<String> inArbiter = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            inArbiter.addAll(learningRates(plain.getCandidate()));
        }

        assertThat(here).hasSize(3);
        assertThat(inArbiter).hasSize(1);
    }

    static Stream<Layer> wrappers() {
        LSTM inside = new LSTM.Builder().nIn(4).nOut(3).build();
        return Stream.of(
                new LastTimeStep(inside.clone()),
                new Bidirectional(inside.clone()),
                new LastTimeStep(new Bidirectional(inside.clone())));
    }

    private static MultiLayerSpace wrapped(Layer wrapper) {
        return new MultiLayerSpace.Builder()
                .seed(1)
                .updater(new SgdSpace(Searches.learningRate()))
                .layer(wrapper)
                .addLayer(Searches.output())
                .build();
    }

    private static List<String> learningRates(Candidate<?> candidate) {
        DL4JConfiguration configuration = (DL4JConfiguration) candidate.getValue();
        return Pattern.compile("\"learningRate\" : [^,\n]+")
                .matcher(configuration.getMultiLayerConfiguration().getConf(0).toJson())
                .results()
                .map(MatchResult::group)
                .toList();
    }

    @Test
    void aGridTriesAllValuesOfAnAxisBehindAFixedLayer() {
        MultiLayerSpace space = new MultiLayerSpace.Builder()
                .seed(1)
                .updater(new SgdSpace(Searches.learningRate()))
                .addLayer(new DenseLayerSpace.Builder()
                        .nIn(4)
                        .nOut(new DiscreteParameterSpace<>(5, 6, 7))
                        .build())
                .layer(new DenseLayer.Builder().nOut(3).build())
                .addLayer(Searches.output())
                .build();
        GridSearchCandidateGenerator plain = new GridSearchCandidateGenerator(space, 2, Mode.Sequential, null);

        List<Candidate<?>> here = all(grid(space, 2));
        List<Candidate<?>> inArbiter = new ArrayList<>();
        while (plain.hasMoreCandidates()) {
            inArbiter.add(plain.getCandidate());
        }

        assertThat(here.stream().map(candidate -> width(((LambdaCandidate) candidate).inner())))
                .containsExactlyInAnyOrder(5, 5, 6, 6, 7, 7);
        assertThat(inArbiter.stream().map(ArbiterBugsTest::width))
                .contains(5, 7)
                .doesNotContain(6);
    }

    private static int width(Candidate<?> candidate) {
        MultiLayerConfiguration network = ((DL4JConfiguration) candidate.getValue()).getMultiLayerConfiguration();
        return (int) ((DenseLayer) network.getConf(0).getLayer()).getNOut();
    }

    @Test
    void maxCandidatesHoldsTogetherWithOtherConditions() {
        OptimizationConfiguration configuration = Searches.configuration(new RandomSearchGenerator(quickSpace()), 2)
                .build();
        configuration.setTerminationConditions(
                List.of(new MaxTimeCondition(1, TimeUnit.HOURS), new MaxCandidatesCondition(2)));
        SearchRunner runner = new SearchRunner(2, configuration);

        runner.execute();

        assertThat(runner.numCandidatesTotal()).isEqualTo(2);
    }

    @Test
    void parameterSpacesAreThoseOfTheInnerGenerator() {
        MultiLayerSpace space = quickSpace();
        ParameterSpace<?> seen = new LambdaGenerator(new RandomSearchGenerator(space)).getParameterSpace();

        assertThat(seen).isSameAs(space);
    }
}
