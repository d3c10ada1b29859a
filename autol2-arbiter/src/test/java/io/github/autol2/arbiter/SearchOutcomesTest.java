package io.github.autol2.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.arbiter.candidate.CandidateLambda;
import io.github.autol2.arbiter.candidate.CandidateOutcome;
import io.github.autol2.arbiter.candidate.CandidateResult;
import io.github.autol2.arbiter.candidate.Ending;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.conf.updater.SgdSpace;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.saving.InMemoryResultSaver;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.BaseStatusListener;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** What became of each candidate, and how many iterations it has cost. */
@Tag("slow")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SearchOutcomesTest {

    private static final long EACH = Searches.BATCHES * Searches.EPOCHS;

    @TempDir
    private Path folder;

    private static LambdaGenerator random(MultiLayerSpace space, int neighbours) {
        LambdaGenerator generator = new LambdaGenerator(
                new RandomSearchGenerator(space), Searches.quick().withNeighbours(neighbours));
        generator.setRngSeed(5);
        return generator;
    }

    @Test
    void iterationsAreThoseOfTheTrainingAndOfACalibrationOnce() {
        SearchRunner runner = new SearchRunner(
                2,
                Searches.configuration(random(Searches.space().build(), 1), 4)
                        .modelSaver(new InMemoryResultSaver())
                        .build());

        runner.execute();

        List<CandidateOutcome> outcomes = runner.outcomes();
        CandidateLambda first = Searches.lambda(runner.getResults().stream()
                .filter(reference -> Searches.index(reference) == 0)
                .findFirst()
                .orElseThrow());
        assertThat(outcomes).extracting(CandidateOutcome::candidate).containsExactly(0, 1, 2, 3);
        assertThat(outcomes).allSatisfy(outcome -> {
            assertThat(outcome.iterations()).isEqualTo(EACH);
            assertThat(outcome.ending().reason()).isEqualTo("trained for 40 epochs");
        });
        assertThat(outcomes.get(0).calibrationIterations()).isPositive().isEqualTo(first.calibrationIterations());
        assertThat(outcomes.get(1).calibrationIterations()).isZero();
        assertThat(outcomes.get(2).calibrationIterations()).isPositive();
        assertThat(runner.trainingIterations())
                .isEqualTo(4 * EACH
                        + outcomes.get(0).calibrationIterations()
                        + outcomes.get(2).calibrationIterations());
    }

    @Test
    void aCalibrationThatFailsHasItsCostAndItsReason() {
        MultiLayerSpace space =
                Searches.space().updater(new SgdSpace(new FixedValue<>(1e20))).build();
        SearchRunner runner =
                new SearchRunner(1, Searches.configuration(random(space, 1), 2).build());

        runner.execute();

        assertThat(runner.outcomes()).hasSize(2).allSatisfy(outcome -> {
            assertThat(outcome.ending()).isInstanceOf(Ending.Failed.class);
            assertThat(outcome.ending().reason()).contains("CalibrationException: ");
            assertThat(outcome.iterations()).isZero();
        });
        assertThat(runner.outcomes().get(0).calibrationIterations()).isPositive();
        assertThat(runner.outcomes().get(1).calibrationIterations()).isZero();
    }

    @Test
    void earlyStoppingCountsWhatItHasTrained() {
        EarlyStoppingConfiguration<MultiLayerNetwork> stopping = new EarlyStoppingConfiguration.Builder<
                        MultiLayerNetwork>()
                .modelSaver(new InMemoryModelSaver<>())
                .scoreCalculator(
                        new DataSetLossCalculator((DataSetIterator) new Searches.TwoClasses().testData(), true))
                .epochTerminationConditions(new MaxEpochsTerminationCondition(3))
                .build();
        SearchRunner runner = new SearchRunner(
                1,
                Searches.configuration(
                                new RandomSearchGenerator(Searches.space()
                                        .earlyStoppingConfiguration(stopping)
                                        .build()),
                                1)
                        .build());

        runner.execute();

        CandidateOutcome outcome = runner.outcomes().get(0);
        assertThat(outcome.iterations()).isEqualTo(3 * Searches.BATCHES);
        assertThat(outcome.calibrationIterations()).isZero();
        assertThat(outcome.ending().reason())
                .isEqualTo("early stopping after 3 epochs: MaxEpochsTerminationCondition(3)");
    }

    @Test
    void listenersAreGivenTheOutcomeAndASearchThatGoesOnKnowsIt() {
        // given a search that is stopped while its second candidate trains
        SearchRunner first = runner(2);
        List<CandidateOutcome> heard = new CopyOnWriteArrayList<>();
        first.addListeners(new BaseStatusListener() {
            @Override
            public void onCandidateStatusChange(
                    CandidateInfo info, IOptimizationRunner search, OptimizationResult result) {
                if (result instanceof CandidateResult ended) {
                    heard.add(ended.outcome());
                }
            }

            @Override
            public void onCandidateIteration(CandidateInfo info, Object candidate, int iteration) {
                if (info.getIndex() == 1 && iteration == 20) {
                    first.shutdown(false);
                }
            }
        });
        first.execute();

        // when
        SearchRunner second = runner(2);
        second.execute();
        SearchRunner unbroken = new SearchRunner(1, configuration(2));
        unbroken.execute();

        // then
        assertThat(heard).isEqualTo(first.outcomes());
        assertThat(heard.get(0).ending()).isInstanceOf(Ending.Finished.class);
        assertThat(heard.get(1).ending()).isEqualTo(new Ending.Cancelled("the search was stopped"));
        assertThat(heard.get(1).iterations()).isBetween(20L, EACH - 1);
        assertThat(second.outcomes()).isEqualTo(unbroken.outcomes());
    }

    @Test
    void aFolderOfAnEarlierVersionIsRefusedWithTheReason() throws Exception {
        Path kept = Files.writeString(
                folder.resolve("candidate-00000.json"),
                "{\"identity\":\"ab\",\"score\":0.5,\"lambda\":null,\"failure\":null,\"start\":1,\"end\":2}");

        assertThatThrownBy(runner(1)::execute)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(kept + " was kept by an earlier version of AutoL2, which did not count");
    }

    private SearchRunner runner(int candidates) {
        return new SearchRunner(1, configuration(candidates), folder);
    }

    private static OptimizationConfiguration configuration(int candidates) {
        return Searches.configuration(random(Searches.space().build(), 0), candidates)
                .build();
    }
}
