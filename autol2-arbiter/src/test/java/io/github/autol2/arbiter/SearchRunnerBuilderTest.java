package io.github.autol2.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.arbiter.pruning.Pruning;
import io.github.autol2.arbiter.spark.Cluster;
import io.github.autol2.arbiter.spark.ClusterJob;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.arbiter.optimize.api.TaskCreator;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Without trainings: what a runner is made of. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SearchRunnerBuilderTest {

    private static final Path PARTS = Path.of("unused");
    private static final Pruning ASHA = Pruning.asha(900);
    private static final TaskCreator TASKS = new Searches.Tasks(() -> null);
    private static final Cluster CLUSTER = new Idle(false);

    /** Does nothing. */
    private record Idle(boolean jobsCanAsk) implements Cluster {
        @Override
        public byte[] run(String name, ClusterJob job) {
            throw new AssertionError(name);
        }

        @Override
        public void cancel(String name) {}

        @Override
        public String toString() {
            return "idle";
        }
    }

    @TempDir
    private Path folder;

    private static SearchRunnerBuilder builder() {
        return SearchRunner.builder(
                1,
                Searches.configuration(
                                new LambdaGenerator(new RandomSearchGenerator(
                                        Searches.space().build())),
                                1)
                        .build());
    }

    /** A builder's setting, applied. */
    private interface Setting extends UnaryOperator<SearchRunnerBuilder> {}

    static Stream<Arguments> whatDoesNotGoTogether() {
        Setting pruned = builder -> builder.pruning(ASHA);
        Setting onCluster = builder -> builder.cluster(CLUSTER);
        Setting ownTasks = builder -> builder.taskCreator(TASKS);
        Setting kept = builder -> builder.folder(PARTS);
        return Stream.of(
                Arguments.of(
                        pruned,
                        onCluster,
                        "pruning needs a cluster whose jobs can ask while they run whether to go on (Cluster.jobsCanAsk; on Spark copy "
                                + "QuestionsOnSpark, too, and name it in spark.plugins before the context is made), got idle"),
                Arguments.of(
                        pruned,
                        ownTasks,
                        "pruning does not go with a taskCreator: its tasks do not report scores while they train, got both, the latter "
                                + TASKS),
                Arguments.of(
                        onCluster,
                        ownTasks,
                        "a cluster does not go with a taskCreator: the cluster's jobs train the candidates, got both, the latter "
                                + TASKS),
                Arguments.of(
                        kept,
                        ownTasks,
                        "a folder does not go with a taskCreator: what its tasks have done cannot be resumed, got both, the latter "
                                + TASKS));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("whatDoesNotGoTogether")
    void refusesWhatDoesNotGoTogetherInWhateverOrder(Setting one, Setting other, String message) {
        SearchRunnerBuilder forwards = other.apply(one.apply(builder()));
        SearchRunnerBuilder backwards = one.apply(other.apply(builder()));

        assertThatThrownBy(forwards::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(backwards::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void takesWhatGoesTogetherAndWritesNothingYet() {
        Path parts = folder.resolve("parts");

        assertThat(builder().build().numCandidatesTotal()).isZero();
        assertThat(builder().folder(parts).pruning(ASHA).build().joining()).isNotNull();
        assertThat(builder().folder(parts).cluster(CLUSTER).build().joining()).isNotNull();
        assertThat(builder().cluster(CLUSTER).pruning(Pruning.none()).build()).isNotNull();
        assertThat(builder().cluster(new Idle(true)).pruning(ASHA).build()).isNotNull();
        assertThat(builder().taskCreator(TASKS).pruning(Pruning.none()).build()).isNotNull();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void checksWhatTheConstructorsCheck() {
        OptimizationConfiguration plain = Searches.configuration(
                        new RandomSearchGenerator(Searches.space().build()), 1)
                .build();

        assertThatThrownBy(() -> SearchRunner.builder(0, plain).build())
                .hasMessage("threads must be at least 1, got 0");
        assertThatThrownBy(() -> SearchRunner.builder(1, plain).folder(PARTS).build())
                .hasMessageContaining("only the search of a LambdaGenerator can be resumed");
        assertThatThrownBy(() -> SearchRunner.builder(1, plain).cluster(CLUSTER).build())
                .hasMessageContaining("only the search of a LambdaGenerator runs on a cluster");
        assertThatThrownBy(() -> SearchRunner.builder(1, null).build())
                .isInstanceOf(NullPointerException.class)
                .hasMessage("configuration");
    }
}
