package io.github.autol2.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.conf.updater.NesterovsSpace;
import org.deeplearning4j.arbiter.conf.updater.SgdSpace;
import org.deeplearning4j.arbiter.layers.DenseLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator.Mode;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.BaseStatusListener;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;
import org.deeplearning4j.arbiter.scoring.impl.TestSetAccuracyScoreFunction;
import org.deeplearning4j.arbiter.task.MultiLayerNetworkTaskCreator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Bad input and bad luck: a clear error or a failed candidate with its reason, and never a hang. */
@Tag("slow")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SearchFailuresTest {

    private static LambdaGenerator random() {
        return new LambdaGenerator(new RandomSearchGenerator(Searches.space().build()), Searches.quick());
    }

    private static SearchRunner run(OptimizationConfiguration configuration) {
        SearchRunner runner = new SearchRunner(2, configuration);
        runner.execute();
        return runner;
    }

    private static void assertAllFail(OptimizationConfiguration configuration, String... reasons) {
        SearchRunner runner = run(configuration);
        assertThat(runner.numCandidatesFailed()).isEqualTo(2);
        assertThat(runner.bestScore()).isNull();
        assertThat(runner.bestScoreCandidateIndex()).isEqualTo(-1);
        assertThat(runner.getCandidateStatus()).allSatisfy(info -> {
            assertThat(info.getCandidateStatus()).isEqualTo(CandidateStatus.Failed);
            assertThat(info.getExceptionStackTrace()).contains(reasons);
        });
    }

    @Test
    void aTaskThatIsInterruptedWithTheSearchIsCancelledAndDidNotFail() {
        // given a task of the user's own that waits, and a search that is stopped meanwhile
        List<CandidateStatus> told = new CopyOnWriteArrayList<>();
        SearchRunner[] runner = new SearchRunner[1];
        OptimizationConfiguration configuration =
                Searches.configuration(random(), 3).build();
        runner[0] = SearchRunner.builder(1, configuration)
                .taskCreator(new Searches.Tasks(() -> {
                    runner[0].shutdown(false);
                    Thread.sleep(60_000);
                    throw new AssertionError("was not interrupted");
                }))
                .build();
        runner[0].addListeners(new BaseStatusListener() {
            @Override
            public void onCandidateStatusChange(
                    CandidateInfo info, IOptimizationRunner search, OptimizationResult result) {
                told.add(info.getCandidateStatus());
            }
        });

        // when
        runner[0].execute();

        // then
        assertThat(told).containsExactly(CandidateStatus.Created, CandidateStatus.Cancelled);
        assertThat(runner[0].numCandidatesFailed()).isZero();
        assertThat(runner[0].outcomes())
                .extracting(outcome -> outcome.ending().status())
                .containsExactly("cancelled");
    }

    @Test
    void aTaskThatIsInterruptedAloneHasFailedAndTheSearchGoesOn() {
        SearchRunner runner = SearchRunner.builder(
                        1, Searches.configuration(random(), 2).build())
                .taskCreator(new Searches.Tasks(() -> {
                    throw new InterruptedException("by somebody");
                }))
                .build();

        runner.execute();

        assertThat(runner.numCandidatesFailed()).isEqualTo(2);
        assertThat(runner.getCandidateStatus()).allSatisfy(info -> {
            assertThat(info.getCandidateStatus()).isEqualTo(CandidateStatus.Failed);
            assertThat(info.getExceptionStackTrace())
                    .isEqualTo("the candidate was interrupted while the search went on");
        });
    }

    @Test
    void refusesAConfigurationWithMissingParts() {
        OptimizationConfiguration none = new OptimizationConfiguration();
        OptimizationConfiguration noData =
                Searches.configuration(random(), 1).dataSource(null, null).build();
        OptimizationConfiguration noEnd = Searches.configuration(random(), 1)
                .terminationConditions(List.of())
                .build();
        OptimizationConfiguration noScore =
                Searches.configuration(random(), 1).scoreFunction(null).build();

        assertThatThrownBy(() -> new SearchRunner(1, none)).hasMessageContaining("must have a candidateGenerator");
        assertThatThrownBy(() -> new SearchRunner(1, noData))
                .hasMessage("the configuration must have a dataSource, got none");
        assertThatThrownBy(() -> new SearchRunner(1, noEnd))
                .hasMessageContaining("must have at least one termination condition, got none");
        assertThatThrownBy(() -> new SearchRunner(1, noScore)).hasMessageContaining("must have a scoreFunction");
        assertThatThrownBy(() -> new SearchRunner(0, noScore)).hasMessage("threads must be at least 1, got 0");
        assertThatThrownBy(() -> new SearchRunner(
                        1,
                        Searches.configuration(
                                        new RandomSearchGenerator(
                                                Searches.space().build()),
                                        1)
                                .build(),
                        Path.of("unused")))
                .hasMessageContaining("only the search of a LambdaGenerator can be resumed");
    }

    @Test
    void searchesOnce() {
        SearchRunner runner = run(Searches.configuration(
                        new RandomSearchGenerator(Searches.space().numEpochs(1).build()), 1)
                .build());

        assertThatThrownBy(runner::execute)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("searches once");
    }

    @Test
    void refusesASpaceWithoutLayersAndOneThatIsNoNetwork() {
        MultiLayerSpace empty = new MultiLayerSpace.Builder()
                .updater(new SgdSpace(Searches.learningRate()))
                .build();

        assertThatThrownBy(() -> new LambdaGenerator(new RandomSearchGenerator(empty)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the search space must have at least one layer, got none");
        assertThatThrownBy(() -> new LambdaGenerator(new RandomSearchGenerator(new FixedValue<>(3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must search a MultiLayerSpace or a ComputationGraphSpace")
                .hasMessageContaining("FixedValue");
    }

    private static MultiLayerSpace nothingFree() {
        return new MultiLayerSpace.Builder()
                .seed(1)
                .updater(new NesterovsSpace(new FixedValue<>(0.1), new FixedValue<>(0.9)))
                .addLayer(new DenseLayerSpace.Builder().nIn(4).nOut(8).build())
                .addLayer(Searches.output())
                .numEpochs(Searches.EPOCHS)
                .build();
    }

    @Test
    void aSpaceWithoutFreeParameterHasOneCandidate() {
        LambdaGenerator random = new LambdaGenerator(new RandomSearchGenerator(nothingFree()), Searches.quick());
        LambdaGenerator grid =
                new LambdaGenerator(new GridSearchCandidateGenerator(nothingFree(), 3, Mode.Sequential, null));

        SearchRunner runner = run(Searches.configuration(random, 20).build());

        assertThat(runner.numCandidatesCompleted()).isEqualTo(1);
        assertThat(grid.getCandidate().getFlatParameters()).containsExactly(Double.NaN);
        assertThat(grid.hasMoreCandidates()).isFalse();
        assertThatThrownBy(() -> new GeneticGenerator(nothingFree(), false, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a genetic search needs a space with at least one free parameter, got none");
    }

    @Test
    void anExhaustedGeneratorSaysSo() {
        MultiLayerSpace two = new MultiLayerSpace.Builder()
                .seed(1)
                .updater(new SgdSpace(new FixedValue<>(0.1)))
                .addLayer(new DenseLayerSpace.Builder()
                        .nIn(4)
                        .nOut(new DiscreteParameterSpace<>(3, 4))
                        .build())
                .addLayer(Searches.output())
                .build();
        for (CandidateGenerator inner : List.of(
                new RandomSearchGenerator(two),
                new GeneticGenerator(two, false, 1),
                new TpeGenerator(two, false, 1),
                new GridSearchCandidateGenerator(two, 2, Mode.Sequential, null))) {
            LambdaGenerator generator = new LambdaGenerator(inner);
            generator.getCandidate();
            generator.getCandidate();

            assertThat(generator.hasMoreCandidates()).as("%s", inner).isFalse();
            assertThatThrownBy(generator::getCandidate)
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessage("the search space is exhausted after 2 candidates");
        }
    }

    /** Cannot be made: it has no no-argument constructor. */
    public static final class NeedsArgument extends Searches.Delegate {
        private static final long serialVersionUID = 1;

        public NeedsArgument(int rows) {
            super(rows + " rows");
        }
    }

    /** Cannot be made from another package. */
    private static final class NotPublic extends Searches.Delegate {
        private static final long serialVersionUID = 1;

        @SuppressWarnings({"unused", "EffectivelyPrivate"}) // found by reflection: the class is at fault, not this
        public NotPublic() {
            super("not public");
        }
    }

    /** Breaks when it is made. */
    public static final class Breaks extends Searches.Delegate {
        private static final long serialVersionUID = 1;

        public Breaks() {
            super("breaks");
            throw new IllegalStateException("no such folder");
        }
    }

    @Test
    void aDataSourceThatCannotBeMadeIsNamed() {
        OptimizationConfiguration needsArgument =
                Searches.configuration(random(), 2).build();
        needsArgument.setDataSource(NeedsArgument.class); // unlike the builder, JSON does not check it
        OptimizationConfiguration notPublic = Searches.configuration(random(), 2)
                .dataSource(NotPublic.class, null)
                .build();
        OptimizationConfiguration isAbstract =
                Searches.configuration(random(), 2).build();
        isAbstract.setDataSource(DataSource.class);

        for (OptimizationConfiguration configuration : List.of(needsArgument, notPublic, isAbstract)) {
            assertThatThrownBy(() -> new SearchRunner(1, configuration))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "the data source " + configuration.getDataSource().getName()
                                    + " must be a public class with a public no-argument constructor");
        }
        assertAllFail(
                Searches.configuration(random(), 2)
                        .dataSource(Breaks.class, null)
                        .build(),
                Breaks.class.getName(),
                "no such folder");
    }

    /** Has too little memory. */
    public static final class OutOfMemory extends Searches.Delegate {
        private static final long serialVersionUID = 1;

        public OutOfMemory() {
            super("out of memory");
        }

        @Override
        public Object trainData() {
            throw new OutOfMemoryError("not enough for so many rows");
        }
    }

    @Test
    void anOutOfMemoryErrorFailsTheCandidateOnly() {
        OptimizationConfiguration calibrated = Searches.configuration(random(), 2)
                .dataSource(OutOfMemory.class, null)
                .build();
        OptimizationConfiguration plain = Searches.configuration(
                        new RandomSearchGenerator(Searches.space().build()), 2)
                .dataSource(OutOfMemory.class, null)
                .build();

        assertAllFail(calibrated, "OutOfMemoryError: not enough for so many rows");
        assertAllFail(plain, "OutOfMemoryError: not enough for so many rows");
    }

    @Test
    void anErrorOfAForeignTaskFailsTheCandidateOnly() {
        OptimizationConfiguration configuration =
                Searches.configuration(random(), 2).build();
        SearchRunner runner = SearchRunner.builder(2, configuration)
                .taskCreator(new Searches.Tasks(() -> {
                    throw new StackOverflowError("too deep");
                }))
                .build();
        List<CandidateStatus> heard = new CopyOnWriteArrayList<>();
        runner.addListeners(new BaseStatusListener() {
            @Override
            public void onCandidateStatusChange(
                    CandidateInfo info, IOptimizationRunner search, OptimizationResult result) {
                heard.add(info.getCandidateStatus());
            }
        });

        runner.execute();

        assertThat(runner.numCandidatesFailed()).isEqualTo(2);
        assertThat(runner.getCandidateStatus())
                .allSatisfy(info -> assertThat(info.getExceptionStackTrace()).contains("too deep"));
        assertThat(heard)
                .containsExactlyInAnyOrder(
                        CandidateStatus.Created,
                        CandidateStatus.Created,
                        CandidateStatus.Failed,
                        CandidateStatus.Failed);
    }

    @Test
    void anExceptionInALayersConstructorFailsTheCandidate() {
        MultiLayerSpace space = new MultiLayerSpace.Builder()
                .seed(1)
                .updater(new SgdSpace(Searches.learningRate()))
                .addLayer(new DenseLayerSpace.Builder().nIn(0).nOut(3).build())
                .addLayer(Searches.output())
                .numEpochs(Searches.EPOCHS)
                .build();

        assertAllFail(
                Searches.configuration(new LambdaGenerator(new RandomSearchGenerator(space)), 2)
                        .build(),
                "nIn");
    }

    /** Never knows. */
    @SuppressWarnings("deprecation") // the shortest to extend
    public static final class NaNScore extends TestSetAccuracyScoreFunction {
        private static final long serialVersionUID = 1;

        @Override
        public double score(MultiLayerNetwork network, DataSetIterator data) {
            return Double.NaN;
        }
    }

    @Test
    void aScoreOfNaNFailsTheCandidate() {
        assertAllFail(
                Searches.configuration(random(), 2)
                        .scoreFunction(new NaNScore())
                        .build(),
                "the score is NaN");
    }

    @Test
    void statusListenersThatThrowDoNoHarm() {
        SearchRunner runner =
                new SearchRunner(1, Searches.configuration(random(), 1).build());
        runner.addListeners(new StatusListener() {
            private RuntimeException fault() {
                return new IllegalStateException("a listener's own fault");
            }

            @Override
            public void onInitialization(IOptimizationRunner search) {
                throw fault();
            }

            @Override
            public void onShutdown(IOptimizationRunner search) {
                throw fault();
            }

            @Override
            public void onRunnerStatusChange(IOptimizationRunner search) {
                throw fault();
            }

            @Override
            public void onCandidateStatusChange(
                    CandidateInfo info, IOptimizationRunner search, OptimizationResult result) {
                throw fault();
            }

            @Override
            public void onCandidateIteration(CandidateInfo info, Object candidate, int iteration) {
                if (iteration == 3) {
                    throw fault();
                }
            }
        });

        runner.execute();

        assertThat(runner.numCandidatesCompleted()).isEqualTo(1);
    }

    @Test
    void withoutAKnownEndEarlyStoppingNeedsAStatedNumberOfIterations() {
        EarlyStoppingConfiguration<MultiLayerNetwork> stopping = new EarlyStoppingConfiguration.Builder<
                        MultiLayerNetwork>()
                .modelSaver(new InMemoryModelSaver<>())
                .epochTerminationConditions(new MaxEpochsTerminationCondition(3))
                .build();
        RandomSearchGenerator generator = new RandomSearchGenerator(
                Searches.space().earlyStoppingConfiguration(stopping).build());

        assertAllFail(
                Searches.configuration(new LambdaGenerator(generator), 2).build(),
                "LambdaOptions.withIterations must say");
    }

    @Test
    void aModelFileOfSomebodyElseIsNamed(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("best.zip"), "not a zip file");

        assertAllFail(
                Searches.configuration(
                                new RandomSearchGenerator(
                                        Searches.space().numEpochs(1).build()),
                                2)
                        .modelSaver(new BestModelSaver(file.toString(), false))
                        .build(),
                "best.zip is not a model that a search has saved");
        assertThat(file).hasContent("not a zip file");
    }

    @Test
    void arbitersOwnTaskCreatorCannotTrainACandidateWithoutLambda() {
        SearchRunner runner = SearchRunner.builder(
                        1, Searches.configuration(random(), 1).build())
                .taskCreator(new MultiLayerNetworkTaskCreator())
                .build();

        runner.execute();

        assertThat(runner.numCandidatesFailed()).isEqualTo(1);
        assertThat(runner.getCandidateStatus().get(0).getExceptionStackTrace())
                .contains(
                        "gets its lambda from a LambdaTaskCreator: give one to the optimization runner, or use a SearchRunner");
    }
}
