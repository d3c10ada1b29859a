package io.github.autol2.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.arbiter.candidate.CandidateOutcome;
import io.github.autol2.arbiter.candidate.CandidateResult;
import io.github.autol2.arbiter.candidate.Ending;
import io.github.autol2.arbiter.candidate.LambdaOptions;
import io.github.autol2.arbiter.pruning.MedianStopping;
import io.github.autol2.arbiter.pruning.Pruning;
import io.github.autol2.arbiter.pruning.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.conf.updater.SgdSpace;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.distribution.LogUniformDistribution;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.BaseStatusListener;
import org.deeplearning4j.arbiter.scoring.impl.TestSetLossScoreFunction;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Candidates that are given up while they train. */
@Tag("slow")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PrunedSearchTest {

    private static final int CANDIDATES = 8;
    private static final long BUDGET = Searches.BATCHES * Searches.EPOCHS;
    private static final Pruning ASHA = Pruning.asha(BUDGET);

    private static SearchRunner pruned;

    @TempDir
    private Path folder;

    @BeforeAll
    static void searchWithPruning() {
        pruned = search(1, space().build(), ASHA);
    }

    /** Learning rates from useless to good. */
    private static MultiLayerSpace.Builder space() {
        return Searches.space()
                .updater(new SgdSpace(new ContinuousParameterSpace(new LogUniformDistribution(1e-4, 1))));
    }

    private static OptimizationConfiguration configuration(CandidateGenerator generator) {
        return Searches.configuration(generator, CANDIDATES).rngSeed(3).build();
    }

    private static SearchRunner search(int threads, MultiLayerSpace space, Pruning pruning) {
        SearchRunner runner = SearchRunner.builder(threads, configuration(new RandomSearchGenerator(space)))
                .pruning(pruning)
                .build();
        runner.execute();
        return runner;
    }

    private static boolean isPruned(CandidateOutcome outcome) {
        return outcome.ending() instanceof Ending.Pruned;
    }

    @Test
    void hopelessCandidatesEndAtARungAndTheOthersAsWithoutPruning() {
        SearchRunner all = search(1, space().build(), Pruning.none());

        assertThat(pruned.numCandidatesPruned()).isBetween(3, CANDIDATES - 1);
        assertThat(pruned.numCandidatesCompleted()).isEqualTo(CANDIDATES - pruned.numCandidatesPruned());
        assertThat(pruned.numCandidatesFailed()).isZero();
        assertThat(pruned.trainingIterations()).isLessThan(all.trainingIterations());
        for (int i = 0; i < CANDIDATES; i++) {
            CandidateOutcome outcome = pruned.outcomes().get(i);
            CandidateInfo info = pruned.getCandidateStatus().get(i);
            if (outcome.ending() instanceof Ending.Pruned ending) {
                Report last = outcome.reports().get(outcome.reports().size() - 1);
                assertThat(ending.last()).isEqualTo(last);
                assertThat(outcome.iterations()).isEqualTo(last.iteration()).isIn(17L, 53L);
                assertThat(info.getCandidateStatus()).isEqualTo(CandidateStatus.Cancelled);
                assertThat(info.getExceptionStackTrace()).contains("was not among the best");
                assertThat(i).isNotEqualTo(pruned.bestScoreCandidateIndex());
            } else {
                assertThat(outcome.ending()).isEqualTo(all.outcomes().get(i).ending());
                assertThat(outcome.reports()).extracting(Report::iteration).containsExactly(17L, 53L);
            }
        }
        assertThat(pruned.decidedByTiming()).isEmpty();
    }

    @Test
    void oneThreadFindsTheSameAgainAndTwoDoUnlessTheySayOtherwise() {
        SearchRunner again = search(1, space().build(), ASHA);
        SearchRunner two = search(2, space().build(), ASHA);

        assertThat(again.outcomes()).isEqualTo(pruned.outcomes());
        if (two.decidedByTiming().isEmpty()) {
            assertThat(withoutCounts(two.outcomes())).isEqualTo(withoutCounts(pruned.outcomes()));
        } else {
            int first = two.decidedByTiming().get(0);
            assertThat(withoutCounts(two.outcomes().subList(0, first)))
                    .isEqualTo(withoutCounts(pruned.outcomes().subList(0, first)));
        }
    }

    /** How many candidates a score was compared with depends on who has reported by then. */
    private static List<String> withoutCounts(List<CandidateOutcome> outcomes) {
        return outcomes.stream()
                .map(outcome -> outcome.toString().replaceAll("among the best \\d+ of \\d+", "among the best"))
                .toList();
    }

    @Test
    void medianStoppingGivesUpWhereTheLossIsToBeSmall() {
        OptimizationConfiguration configuration = configuration(new RandomSearchGenerator(space().build()));
        ScoreFunction loss = new TestSetLossScoreFunction();
        configuration.setScoreFunction(loss);
        SearchRunner runner = SearchRunner.builder(1, configuration)
                .pruning(MedianStopping.of(BUDGET).withLeastOthers(2))
                .build();

        runner.execute();

        assertThat(runner.numCandidatesPruned()).isBetween(1, CANDIDATES - 2);
        double best = runner.bestScore();
        assertThat(runner.outcomes()).filteredOn(PrunedSearchTest::isPruned).allSatisfy(outcome -> {
            assertThat(outcome.ending().reason()).contains("median of ");
            assertThat(outcome.iterations() % (BUDGET / 10)).isZero();
            assertThat(((Ending.Pruned) outcome.ending()).last().score()).isGreaterThan(best);
        });
    }

    @Test
    void earlyStoppingIsPrunedAlikeAndNoThreadIsLeftBehind() {
        EarlyStoppingConfiguration<MultiLayerNetwork> stopping = new EarlyStoppingConfiguration.Builder<
                        MultiLayerNetwork>()
                .modelSaver(new InMemoryModelSaver<>())
                .scoreCalculator(
                        new DataSetLossCalculator((DataSetIterator) new Searches.TwoClasses().testData(), true))
                .epochTerminationConditions(new MaxEpochsTerminationCondition(Searches.EPOCHS))
                .build();

        SearchRunner early =
                search(1, space().earlyStoppingConfiguration(stopping).build(), ASHA);

        assertThat(early.outcomes())
                .extracting(CandidateOutcome::reports)
                .isEqualTo(pruned.outcomes().stream()
                        .map(CandidateOutcome::reports)
                        .toList());
        assertThat(early.numCandidatesPruned()).isPositive().isEqualTo(pruned.numCandidatesPruned());
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("prefetch"));
    }

    @Test
    void aGraphIsPrunedAndListenersAndGeneratorsHearOfIt() {
        // given
        Map<Integer, Double> heard = new ConcurrentHashMap<>();
        CandidateGenerator generator = new Listening(
                new RandomSearchGenerator(Searches.graphSpace()),
                result -> heard.put(result.getIndex(), result.getScore()));
        List<CandidateOutcome> told = new CopyOnWriteArrayList<>();
        SearchRunner runner =
                SearchRunner.builder(1, configuration(generator)).pruning(ASHA).build();
        runner.addListeners(new BaseStatusListener() {
            @Override
            public void onCandidateStatusChange(
                    CandidateInfo info, IOptimizationRunner search, OptimizationResult result) {
                if (result instanceof CandidateResult ended) {
                    told.add(ended.outcome());
                }
            }
        });

        // when
        runner.execute();

        // then
        assertThat(told).isEqualTo(runner.outcomes());
        assertThat(told)
                .filteredOn(PrunedSearchTest::isPruned)
                .isNotEmpty()
                .allSatisfy(outcome -> assertThat(heard.get(outcome.candidate()))
                        .isEqualTo(((Ending.Pruned) outcome.ending()).last().score()));
        assertThat(heard).hasSize(CANDIDATES);
    }

    @Test
    void aSearchThatGoesOnKeepsItsRungs() {
        // given a search that is stopped while its third candidate trains, behind its last rung
        SearchRunner first = resumable(folder.resolve("parts"), ASHA);
        first.addListeners(new BaseStatusListener() {
            @Override
            public void onCandidateIteration(CandidateInfo info, Object candidate, int iteration) {
                if (info.getIndex() == 2 && iteration == 100) {
                    first.shutdown(false);
                }
            }
        });
        first.execute();
        assertThat(first.outcomes()).hasSize(3);

        // when
        SearchRunner second = resumable(folder.resolve("parts"), ASHA);
        Searches.Trained trained = new Searches.Trained();
        second.addListeners(trained);
        second.execute();
        SearchRunner unbroken = resumable(folder.resolve("unbroken"), ASHA);
        unbroken.execute();

        // then
        assertThat(unbroken.outcomes())
                .filteredOn(PrunedSearchTest::isPruned)
                .isNotEmpty()
                .anySatisfy(outcome -> {
                    assertThat(outcome.reports()).hasSize(1);
                    assertThat(outcome.reports().get(0).fromCalibration()).isTrue();
                    assertThat(outcome.iterations()).isZero();
                    assertThat(outcome.calibrationIterations()).isPositive();
                });
        assertThat(second.outcomes()).isEqualTo(unbroken.outcomes());
        assertThat(Searches.outcome(second)).isEqualTo(Searches.outcome(unbroken));
        assertThat(trained.candidates).isSubsetOf(2, 3, 4, 5, 6, 7);
        assertThatThrownBy(resumable(folder.resolve("parts"), Pruning.none())::execute)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not the one that this search proposes");
    }

    /** Plain SGD is too slow for the calibration, whose copies get momentum: what they show is not the candidate's own. */
    @Test
    void aCalibrationWithMoreMomentumIsNoRung() {
        LambdaOptions options = Searches.quick().withoutRace().withShare(0.1);
        MultiLayerSpace slow =
                Searches.space().updater(new SgdSpace(Searches.learningRate())).build();
        OptimizationConfiguration configuration =
                configuration(new LambdaGenerator(new RandomSearchGenerator(slow), options));
        configuration.setTerminationConditions(List.of(new MaxCandidatesCondition(2)));
        SearchRunner runner =
                SearchRunner.builder(1, configuration).pruning(ASHA).build();

        runner.execute();

        assertThat(runner.outcomes()).hasSize(2).allSatisfy(outcome -> {
            assertThat(outcome.calibrationIterations()).isPositive();
            assertThat(outcome.reports()).isNotEmpty().noneMatch(Report::fromCalibration);
        });
    }

    private static SearchRunner resumable(Path parts, Pruning pruning) {
        return SearchRunner.builder(
                        1,
                        configuration(new LambdaGenerator(
                                new RandomSearchGenerator(Searches.space().build()), Searches.shortest())))
                .folder(parts)
                .pruning(pruning)
                .build();
    }

    /** Passes everything on to another generator, and tells what that hears. */
    private record Listening(RandomSearchGenerator generator, Consumer<OptimizationResult> ear)
            implements CandidateGenerator {
        @Override
        public boolean hasMoreCandidates() {
            return generator.hasMoreCandidates();
        }

        @Override
        public Candidate<?> getCandidate() {
            return generator.getCandidate();
        }

        @Override
        public void reportResults(OptimizationResult result) {
            ear.accept(result);
        }

        @Override
        public ParameterSpace<?> getParameterSpace() {
            return generator.getParameterSpace();
        }

        @Override
        public void setRngSeed(long seed) {
            generator.setRngSeed(seed);
        }

        @Override
        public Class<?> getCandidateType() {
            return generator.getCandidateType();
        }
    }
}
