package io.github.autol2.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.arbiter.candidate.CandidateOutcome;
import io.github.autol2.arbiter.candidate.Ending;
import io.github.autol2.arbiter.candidate.LambdaOptions;
import io.github.autol2.arbiter.pruning.MedianStopping;
import io.github.autol2.arbiter.pruning.Pruning;
import io.github.autol2.arbiter.pruning.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.deeplearning4j.arbiter.conf.updater.NesterovsSpace;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.distribution.LogUniformDistribution;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Candidates that are given up while they train on a cluster. */
@Tag("slow")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PrunedClusterSearchTest {

    private static final int CANDIDATES = 9;
    private static final Pruning ASHA = Pruning.asha(Searches.BATCHES * Searches.EPOCHS);

    private static SearchRunner alone;

    @TempDir
    private Path folder;

    private FakeCluster cluster = new FakeCluster();

    @BeforeAll
    static void searchHere() {
        alone = here(options(), ASHA);
    }

    @AfterEach
    void stopMachines() {
        cluster.close();
    }

    /** With calibrations of several runs. */
    private static LambdaOptions options() {
        return Searches.quick().withoutRace().withShare(0.2);
    }

    /** Learning rates from useless to good. */
    private static OptimizationConfiguration configuration(LambdaOptions options) {
        RandomSearchGenerator random = new RandomSearchGenerator(Searches.space()
                .updater(new NesterovsSpace(
                        new ContinuousParameterSpace(new LogUniformDistribution(1e-3, 0.3)), new FixedValue<>(0.9)))
                .build());
        return Searches.configuration(new LambdaGenerator(random, options), CANDIDATES)
                .rngSeed(5)
                .build();
    }

    private static SearchRunner here(LambdaOptions options, Pruning rule) {
        return searched(SearchRunner.builder(1, configuration(options)).pruning(rule));
    }

    private SearchRunner onCluster(int jobs, LambdaOptions options, Pruning rule) {
        return searched(SearchRunner.builder(jobs, configuration(options))
                .cluster(cluster)
                .pruning(rule));
    }

    private static SearchRunner searched(SearchRunnerBuilder builder) {
        SearchRunner runner = builder.build();
        runner.execute();
        return runner;
    }

    private void startAgain(Predicate<Integer> loses) {
        cluster.close();
        cluster = new FakeCluster(loses, number -> false);
    }

    private static long pruned(SearchRunner runner, Predicate<Report> last) {
        return runner.outcomes().stream()
                .map(CandidateOutcome::ending)
                .filter(ending -> ending instanceof Ending.Pruned pruned && last.test(pruned.last()))
                .count();
    }

    private static void assertSame(SearchRunner found, SearchRunner expected) {
        assertThat(Searches.told(found)).isEqualTo(Searches.told(expected));
        assertThat(Searches.outcome(found)).isEqualTo(Searches.outcome(expected));
        assertThat(found.trainingIterations()).isEqualTo(expected.trainingIterations());
        assertThat(found.decidedByTiming()).isEmpty();
    }

    @Test
    void oneJobAtATimeIsOneThread() {
        SearchRunner runner = onCluster(1, options(), ASHA);

        assertSame(runner, alone);
        assertThat(pruned(runner, Report::fromCalibration)).isPositive();
        assertThat(pruned(runner, report -> !report.fromCalibration())).isPositive();
        assertThat(runner.numCandidatesCompleted()).isPositive();
        assertThat(cluster.thrown).isEmpty();
        assertThat(cluster.begun("TrainingJob"))
                .isEqualTo(runner.numCandidatesCompleted() + pruned(runner, report -> !report.fromCalibration()));
    }

    @Test
    void soItIsByTheMedian() {
        Pruning median = MedianStopping.of(Searches.BATCHES * Searches.EPOCHS).withLeastOthers(2);

        SearchRunner runner = onCluster(1, options(), median);

        assertSame(runner, here(options(), median));
        assertThat(runner.numCandidatesPruned()).isPositive();
    }

    /** The second of two neighbours goes on with the calibration that the first has left half made. */
    @Test
    void aCalibrationThatWasGivenUpGoesOnForItsNextCandidate() {
        LambdaOptions neighbours = options().withNeighbours(2);

        SearchRunner runner = onCluster(1, neighbours, ASHA);

        assertSame(runner, here(neighbours, ASHA));
        assertThat(pruned(runner, Report::fromCalibration)).isPositive();
    }

    @Test
    void severalJobsSayWhatTimingHasDecided() {
        SearchRunner runner = onCluster(2, options(), ASHA);

        assertThat(runner.numCandidatesPruned()).isPositive();
        int first = runner.decidedByTiming().stream().findFirst().orElse(CANDIDATES);
        assertThat(withoutCounts(runner).subList(0, first))
                .isEqualTo(withoutCounts(alone).subList(0, first));
    }

    /** How many candidates a score was compared with depends on who has reported by then. */
    private static List<String> withoutCounts(SearchRunner runner) {
        return Searches.told(runner).stream()
                .map(line -> line.replaceAll("among the best \\d+ of \\d+", "among the best"))
                .toList();
    }

    @Test
    void aLostMachineReportsAgainAndChangesNothing() {
        startAgain(Set.of(0, 1, 4)::contains);

        assertSame(onCluster(1, options(), ASHA), alone);
    }

    @Test
    void aQuestionWithoutAnAnswerLosesTheJobWhichRunsAgain() {
        cluster.unanswered.set(number -> Set.of(0, 3).contains(number) ? new IOException("no route") : null);

        assertSame(onCluster(1, options(), ASHA), alone);
        assertThat(cluster.thrown)
                .hasSize(2)
                .allSatisfy(thrown -> assertThat(thrown)
                        .hasMessage("the driver does not answer this machine: java.io.IOException: no route")
                        .hasNoCause());
    }

    /** No candidate counts as failed for it, so that the search goes on once there are answers again. */
    @Test
    void whereNobodyAnswersTheSearchEndsAndGoesOnLater() {
        cluster.unanswered.set(number -> number < 4 ? null : new IOException("no route"));
        SearchRunnerBuilder builder = SearchRunner.builder(1, configuration(options()))
                .cluster(cluster)
                .folder(folder)
                .pruning(ASHA);

        assertThatThrownBy(() -> searched(builder))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("the cluster does no more jobs")
                .hasMessageContaining("the driver does not answer this machine: java.io.IOException: no route");

        cluster.unanswered.set(number -> null);
        assertSame(
                searched(SearchRunner.builder(1, configuration(options()))
                        .cluster(cluster)
                        .folder(folder)
                        .pruning(ASHA)),
                alone);
    }

    @Test
    void aSearchThatGoesOnKeepsItsRungs() {
        OptimizationConfiguration first = configuration(options());
        first.setTerminationConditions(List.of(new MaxCandidatesCondition(4)));
        searched(SearchRunner.builder(1, first).cluster(cluster).folder(folder).pruning(ASHA));

        SearchRunner runner = searched(SearchRunner.builder(1, configuration(options()))
                .cluster(cluster)
                .folder(folder)
                .pruning(ASHA));

        assertSame(runner, alone);
    }

    @Test
    void withoutPruningNobodyAsks() {
        searched(SearchRunner.builder(1, configuration(Searches.shortest())).cluster(cluster));

        assertThat(cluster.questions).hasValue(0);
    }
}
