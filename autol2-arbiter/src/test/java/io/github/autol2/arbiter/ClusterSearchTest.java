package io.github.autol2.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.arbiter.candidate.CandidateLambda;
import io.github.autol2.arbiter.candidate.Ending;
import io.github.autol2.arbiter.candidate.LambdaOptions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.saving.InMemoryResultSaver;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultReference;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.dataset.DataSet;

/** A search on a cluster finds what it finds on one machine. */
@Tag("slow")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClusterSearchTest {

    private static final int CANDIDATES = 5;

    @TempDir
    private Path folder;

    private static SearchRunner alone;

    private FakeCluster cluster = new FakeCluster();

    @BeforeAll
    static void searchHere() {
        alone = here(random());
    }

    @AfterEach
    void stopMachines() {
        cluster.close();
    }

    private static OptimizationConfiguration configuration(CandidateGenerator generator, LambdaOptions options) {
        return Searches.configuration(new LambdaGenerator(generator, options), CANDIDATES)
                .rngSeed(5)
                .build();
    }

    /** Of trainings with 40 iterations. */
    private static MultiLayerSpace space() {
        return Searches.space().numEpochs(10).build();
    }

    private static OptimizationConfiguration random(LambdaOptions options) {
        return configuration(new RandomSearchGenerator(space()), options);
    }

    /** Of trainings with 160 iterations. */
    private static OptimizationConfiguration longer(LambdaOptions options) {
        return configuration(new RandomSearchGenerator(Searches.space().build()), options);
    }

    private static OptimizationConfiguration random() {
        return random(shortest());
    }

    /** With a race, which is what takes long. */
    private static OptimizationConfiguration twoWithARace() {
        OptimizationConfiguration configuration = longer(Searches.quick());
        configuration.setTerminationConditions(List.of(new MaxCandidatesCondition(2)));
        return configuration;
    }

    /** With runs of 8 iterations for {@link #space}. */
    private static LambdaOptions shortest() {
        return Searches.shortest().withShare(0.2);
    }

    private SearchRunner onCluster(OptimizationConfiguration configuration) {
        return SearchRunner.builder(2, configuration).cluster(cluster).build();
    }

    private static SearchRunner here(OptimizationConfiguration configuration) {
        SearchRunner runner = new SearchRunner(1, configuration);
        runner.execute();
        return runner;
    }

    private static void assertSame(SearchRunner found, SearchRunner expected) {
        assertThat(Searches.outcome(found)).isNotEmpty().isEqualTo(Searches.outcome(expected));
        assertThat(Searches.told(found)).isEqualTo(Searches.told(expected));
        assertThat(found.bestScoreCandidateIndex()).isEqualTo(expected.bestScoreCandidateIndex());
        assertThat(found.numCandidatesFailed()).isEqualTo(expected.numCandidatesFailed());
    }

    @Test
    void findsTheSameAsOneMachineAndKeepsTheSameNetwork() throws Exception {
        OptimizationConfiguration configuration = twoWithARace();
        BestModelSaver saver = new BestModelSaver(folder.resolve("cluster.zip").toString(), false);
        configuration.setResultSaver(saver);
        OptimizationConfiguration onOneMachine = twoWithARace();
        BestModelSaver saverHere = new BestModelSaver(folder.resolve("here.zip").toString(), false);
        onOneMachine.setResultSaver(saverHere);
        SearchRunner runner = onCluster(configuration);

        runner.execute();

        assertSame(runner, here(onOneMachine));
        assertThat(runner.numCandidatesCompleted()).isPositive();
        assertThat(Searches.lambda(runner.getResults().get(0))).isInstanceOf(CandidateLambda.class);
        MultiLayerNetwork best = (MultiLayerNetwork) saver.best();
        MultiLayerNetwork bestHere = (MultiLayerNetwork) saverHere.best();
        assertThat(best.params()).isEqualTo(bestHere.params());
        assertThat(best.updaterState()).isEqualTo(bestHere.updaterState());
        assertThat(best.getLayerWiseConfigurations().toJson())
                .isEqualTo(bestHere.getLayerWiseConfigurations().toJson());
        assertThat(cluster.begun("TrainingJob")).isEqualTo(runner.numCandidatesCompleted());
    }

    @Test
    void neighboursShareTheirCalibrationThroughTheDriver() {
        LambdaOptions options = shortest().withNeighbours(2);
        SearchRunner runner = onCluster(random(options));

        runner.execute();

        assertSame(runner, here(random(options)));
        assertThat(cluster.begun("CalibrationJob")).isEqualTo(2);
        assertThat(cluster.begun("TrainingJob")).isEqualTo(CANDIDATES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"graph", "grid", "genetic", "tpe", "validated"})
    void isTheSameForEveryKindOfSearch(String kind) {
        SearchRunner runner = onCluster(kind(kind));

        runner.execute();

        assertSame(runner, here(kind(kind)));
        assertThat(runner.numCandidatesCompleted()).isPositive();
    }

    private static OptimizationConfiguration kind(String kind) {
        MultiLayerSpace space = space();
        return switch (kind) {
            case "graph" -> configuration(new RandomSearchGenerator(Searches.graphSpace()), Searches.shortest());
            case "grid" ->
                configuration(
                        new GridSearchCandidateGenerator(space, 2, GridSearchCandidateGenerator.Mode.Sequential, null),
                        shortest());
            case "genetic" ->
                configuration(
                        new GeneticGenerator(space, false, 4)
                                .withPopulation(4)
                                .withCrossoverRate(0.8)
                                .withMutationRate(0.1),
                        shortest());
            case "validated" ->
                configuration(
                        new RandomSearchGenerator(space),
                        LambdaOptions.validated()
                                .withSeeds(List.of(1L))
                                .withoutRace()
                                .withShare(0.2));
            case "tpe" -> configuration(new TpeGenerator(space, false, 1).withStartup(2), shortest());
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @Test
    void aLostMachineMakesItsJobRunAgainAndNothingElse() {
        cluster.close();
        cluster = new FakeCluster(number -> number == 1 || number == 4, number -> false);
        SearchRunner runner = onCluster(random());

        runner.execute();

        assertSame(runner, alone);
        assertThat(cluster.begun).hasSize(CANDIDATES + runner.numCandidatesCompleted() + 2);
        assertThat(cluster.cancelled).isEmpty();
    }

    @Test
    void aJobThatTheClusterGivesUpFailsItsCandidateAlone() {
        cluster.close();
        cluster = new FakeCluster(number -> false, number -> number == 0);
        SearchRunner runner = SearchRunner.builder(1, random()).cluster(cluster).build();

        runner.execute();

        assertThat(runner.outcomes().get(0).ending())
                .isInstanceOf(Ending.Failed.class)
                .satisfies(failed -> assertThat(failed.reason()).contains("no machine does job 0"));
        assertThat(Searches.outcome(runner).subList(1, CANDIDATES))
                .isEqualTo(Searches.outcome(alone).subList(1, CANDIDATES));
        assertThat(cluster.begun.get(1)).isEqualTo("PresenceJob");
    }

    @Test
    void aClusterThatIsGoneEndsTheSearchWhichGoesOnWithAnother() {
        Path parts = folder.resolve("parts");
        try (FakeCluster gone = new FakeCluster(number -> false, number -> number >= 3)) {
            SearchRunner first = SearchRunner.builder(1, random())
                    .folder(parts)
                    .cluster(gone)
                    .build();
            assertThatThrownBy(first::execute)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("the cluster does no more jobs")
                    .hasMessageContaining("no machine does job");
            assertThat(first.outcomes())
                    .anySatisfy(outcome -> assertThat(outcome.ending()).isInstanceOf(Ending.Cancelled.class));
        }
        SearchRunner second =
                SearchRunner.builder(2, random()).folder(parts).cluster(cluster).build();

        second.execute();

        assertThat(Searches.outcome(second)).isEqualTo(Searches.outcome(alone));
        assertThat(cluster.begun("CalibrationJob")).isLessThan(CANDIDATES);
    }

    @Test
    void withoutAFolderAClusterThatIsGoneEndsTheSearchToo() {
        cluster.close();
        cluster = new FakeCluster(number -> false, number -> true);

        SearchRunner runner = SearchRunner.builder(1, random()).cluster(cluster).build();

        assertThatThrownBy(runner::execute).hasMessageContaining("the cluster does no more jobs");
        assertThat(runner.numCandidatesTotal()).isEqualTo(1);
        assertThat(runner.numCandidatesFailed()).isZero();
    }

    @Test
    void aSearchThatIsStoppedCancelsItsJobs() {
        SearchRunner runner = onCluster(random());
        cluster.endless.set(() -> runner.shutdown(false));

        runner.execute();

        assertThat(cluster.cancelled).isNotEmpty();
        assertThat(runner.outcomes())
                .filteredOn(outcome -> outcome.ending() instanceof Ending.Cancelled)
                .isNotEmpty();
        assertThat(runner.numCandidatesFailed() + runner.numCandidatesCompleted())
                .isLessThan(CANDIDATES);
    }

    @Test
    void aCandidateThatFailsElsewhereReadsAsIfItHadFailedHere() {
        OptimizationConfiguration configuration = random();
        configuration.setDataSource(Broken.class);
        OptimizationConfiguration same = random();
        same.setDataSource(Broken.class);
        SearchRunner runner = onCluster(configuration);

        runner.execute();

        assertSame(runner, here(same));
        assertThat(runner.numCandidatesFailed()).isEqualTo(CANDIDATES);
        assertThat(runner.outcomes().get(0).ending().reason())
                .isEqualTo("java.lang.IllegalStateException: the validation data are broken");
        assertThat(runner.outcomes().get(0).ending().detail()).contains("at io.github.autol2.arbiter");
    }

    /** Whose data can be opened but not read. */
    public static final class Broken extends Searches.Delegate {
        private static final long serialVersionUID = 1;

        /** By Arbiter. */
        public Broken() {
            super("broken");
        }

        @Override
        public Object testData() {
            return new ListDataSetIterator<DataSet>(List.of(new DataSet()), 1) {
                @Override
                public synchronized DataSet next() {
                    throw new IllegalStateException("the validation data are broken");
                }
            };
        }
    }

    /** Whose validation data cannot be opened when they are asked for at these times, by all searches of this test. */
    public static final class Unreliable extends Searches.Delegate {
        private static final long serialVersionUID = 1;
        private static final AtomicInteger ASKED = new AtomicInteger();
        private static volatile Set<Integer> failAt = Set.of();
        private static volatile Runnable failing = () -> {};

        /** By Arbiter. */
        public Unreliable() {
            super("unreliable");
        }

        static void shortAt(Set<Integer> times) {
            failAt(times, () -> {
                throw new OutOfMemoryError("not enough for so many rows");
            });
        }

        static void absentAt(Set<Integer> times) {
            failAt(times, () -> {
                throw new UncheckedIOException(new FileNotFoundException("rows.csv"));
            });
        }

        private static void failAt(Set<Integer> times, Runnable failure) {
            ASKED.set(0);
            failAt = times;
            failing = failure;
        }

        @Override
        public Object testData() {
            if (failAt.contains(ASKED.getAndIncrement())) {
                failing.run();
            }
            return super.testData();
        }
    }

    private static OptimizationConfiguration unreliable(int candidates) {
        OptimizationConfiguration configuration = random();
        configuration.setTerminationConditions(List.of(new MaxCandidatesCondition(candidates)));
        configuration.setDataSource(Unreliable.class);
        return configuration;
    }

    @Test
    void aMachineThatCannotOpenTheDataLosesItsJobWhichRunsAgain() {
        // given machines without the file in the calibration, and again when the network is scored
        Unreliable.absentAt(Set.of(0, 2, 3));
        SearchRunner runner =
                SearchRunner.builder(1, unreliable(2)).cluster(cluster).build();

        runner.execute();

        Unreliable.absentAt(Set.of());
        assertSame(runner, here(unreliable(2)));
        assertThat(runner.numCandidatesCompleted()).isEqualTo(2);
        assertThat(cluster.thrown)
                .hasSize(2)
                .allSatisfy(lost -> assertThat(lost)
                        .hasMessageContaining("this machine cannot open the data: ")
                        .hasMessageContaining("FileNotFoundException: rows.csv")
                        .hasNoCause());
    }

    /** Whose file is on no machine but this one. */
    public static final class OnTheDriverOnly extends Searches.Delegate {
        private static final long serialVersionUID = 1;

        /** By Arbiter. */
        public OnTheDriverOnly() {
            super("on the driver only");
            if (FakeCluster.isMachine(Thread.currentThread())) {
                throw new UncheckedIOException("no data", new FileNotFoundException("rows.csv"));
            }
        }
    }

    @Test
    void dataThatNoMachineCanOpenFailTheCandidateWithTheReasonOfTheMachine() {
        OptimizationConfiguration configuration = unreliable(1);
        configuration.setDataSource(OnTheDriverOnly.class);
        SearchRunner runner =
                SearchRunner.builder(1, configuration).cluster(cluster).build();

        runner.execute();

        assertThat(cluster.thrown).hasSize(FakeCluster.MAX_FAILURES);
        assertThat(runner.numCandidatesFailed()).isEqualTo(1);
        assertThat(runner.outcomes().get(0).ending().reason())
                .contains("the cluster has given this job up")
                .contains("this machine cannot open the data")
                .contains("FileNotFoundException: rows.csv");
    }

    @Test
    void aJobThatIsShortOfMemoryIsLostAndRunsAgain() {
        // given machines whose memory is short in the calibration, and again when the network is scored
        Unreliable.shortAt(Set.of(0, 2));
        SearchRunner runner =
                SearchRunner.builder(1, unreliable(2)).cluster(cluster).build();

        runner.execute();

        Unreliable.shortAt(Set.of());
        assertSame(runner, here(unreliable(2)));
        assertThat(runner.numCandidatesCompleted()).isEqualTo(2);
        assertThat(cluster.thrown)
                .hasSize(2)
                .allSatisfy(lost -> assertThat(lost)
                        .hasMessageContaining("OutOfMemoryError: not enough for so many rows")
                        .hasNoCause());
    }

    @Test
    void aJobThatIsShortOfMemoryEachTimeFailsItsCandidateAlone() {
        Unreliable.shortAt(Set.of(0, 1, 2, 3));
        SearchRunner runner =
                SearchRunner.builder(1, unreliable(2)).cluster(cluster).build();

        runner.execute();

        assertThat(cluster.thrown).hasSize(FakeCluster.MAX_FAILURES);
        assertThat(runner.numCandidatesCompleted()).isEqualTo(1);
        assertThat(runner.outcomes().get(0).ending().reason())
                .contains("the cluster has given this job up")
                .contains("OutOfMemoryError");
    }

    /** As if the network that comes home were too large for the driver. */
    private static final class TooLarge extends InMemoryResultSaver {
        @Override
        public ResultReference saveModel(OptimizationResult result, Object network) throws IOException {
            if (result.getIndex() == 1) {
                throw new OutOfMemoryError("no room for the network");
            }
            return super.saveModel(result, network);
        }
    }

    @Test
    void aDriverThatIsShortOfMemoryEndsTheSearchWhichGoesOnLater() {
        // given
        Path parts = folder.resolve("parts");
        OptimizationConfiguration small = random();
        small.setResultSaver(new TooLarge());
        SearchRunner first =
                SearchRunner.builder(1, small).folder(parts).cluster(cluster).build();

        // when
        assertThatThrownBy(first::execute)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("the driver has not memory enough")
                .hasMessageContaining("no room for the network");

        // then
        assertThat(first.outcomes()).hasSize(2);
        assertThat(first.outcomes().get(1).ending()).isInstanceOf(Ending.Cancelled.class);
        assertThat(first.outcomes().get(1).iterations()).isPositive();
        SearchRunner second =
                SearchRunner.builder(2, random()).folder(parts).cluster(cluster).build();
        second.execute();
        assertThat(Searches.outcome(second)).isEqualTo(Searches.outcome(alone));
    }

    @Test
    void withoutAFolderADriverThatIsShortOfMemoryFailsThatCandidateAlone() {
        OptimizationConfiguration small = random();
        small.setTerminationConditions(List.of(new MaxCandidatesCondition(3)));
        small.setResultSaver(new TooLarge());
        SearchRunner runner = SearchRunner.builder(1, small).cluster(cluster).build();

        runner.execute();

        assertThat(runner.outcomes().get(1).ending()).isInstanceOf(Ending.Failed.class);
        assertThat(runner.outcomes().get(1).ending().reason()).contains("the driver has not memory enough");
        assertThat(runner.numCandidatesTotal()).isEqualTo(3);
        assertThat(runner.numCandidatesFailed()).isEqualTo(1);
    }

    @Test
    @SuppressWarnings("deprecation") // users have providers
    void whatOnlyThisMachineCanTrainIsRefused() {
        OptimizationConfiguration plain = random();
        plain.setCandidateGenerator(new RandomSearchGenerator(Searches.space().build()));
        OptimizationConfiguration noData = random();
        noData.setDataSource(null);

        assertThatThrownBy(() -> onCluster(plain))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only the search of a LambdaGenerator runs on a cluster");
        assertThatThrownBy(() -> onCluster(noData))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("on a cluster the configuration must have a dataSource");
    }
}
