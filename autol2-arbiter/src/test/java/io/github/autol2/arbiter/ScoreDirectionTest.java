package io.github.autol2.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.arbiter.spark.Cluster;
import io.github.autol2.arbiter.spark.ClusterJob;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.scoring.impl.EvaluationScoreFunction;
import org.deeplearning4j.arbiter.scoring.impl.TestSetLossScoreFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.evaluation.classification.Evaluation;

/** A search is refused, before anything trains, where its parts do not agree on which scores are good. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ScoreDirectionTest {

    private static final ScoreFunction ACCURACY = new EvaluationScoreFunction(Evaluation.Metric.ACCURACY);
    private static final ScoreFunction LOSS = new TestSetLossScoreFunction();

    @TempDir
    private Path folder;

    static Stream<Arguments> parts() {
        return Stream.of(ACCURACY, LOSS)
                .flatMap(score -> Stream.of("TpeGenerator", "GeneticGenerator", "BestModelSaver")
                        .flatMap(name -> Stream.of(false, true).map(wrapped -> Arguments.of(name, score, wrapped))));
    }

    private OptimizationConfiguration configuration(
            String name, ScoreFunction score, boolean wrapped, boolean minimizeScore) {
        CandidateGenerator generator = switch (name) {
            case "TpeGenerator" -> new TpeGenerator(Searches.space().build(), minimizeScore, 1);
            case "GeneticGenerator" -> new GeneticGenerator(Searches.space().build(), minimizeScore, 1);
            default -> new RandomSearchGenerator(Searches.space().build());
        };
        OptimizationConfiguration.Builder configuration = Searches.configuration(
                        wrapped ? new LambdaGenerator(generator) : generator, 1)
                .scoreFunction(score);
        return name.equals("BestModelSaver")
                ? configuration
                        .modelSaver(
                                new BestModelSaver(folder.resolve("best.zip").toString(), minimizeScore))
                        .build()
                : configuration.build();
    }

    @ParameterizedTest(name = "{0}, {1}, inside a LambdaGenerator {2}")
    @MethodSource("parts")
    void refusesAPartThatTakesTheWorstForTheBest(String name, ScoreFunction score, boolean wrapped) {
        OptimizationConfiguration wrong = configuration(name, score, wrapped, !score.minimize());

        assertThatThrownBy(() -> new SearchRunner(1, wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("minimizeScore of " + name + " must be " + score.minimize()
                        + ", which is minimize() of the score function " + score + ", got " + !score.minimize()
                        + ": it would take the worst network for the best");
    }

    @ParameterizedTest(name = "{0}, {1}, inside a LambdaGenerator {2}")
    @MethodSource("parts")
    void takesAPartThatAgrees(String name, ScoreFunction score, boolean wrapped) {
        OptimizationConfiguration right = configuration(name, score, wrapped, score.minimize());

        assertThatCode(() -> new SearchRunner(1, right)).doesNotThrowAnyException();
    }

    @Test
    void refusesItAlsoWithAFolderOnAClusterAndFromJson() {
        OptimizationConfiguration wrong = configuration("TpeGenerator", ACCURACY, true, true);
        Cluster idle = new Cluster() {
            @Override
            public byte[] run(String name, ClusterJob job) {
                throw new AssertionError(name);
            }

            @Override
            public void cancel(String name) {}
        };

        assertThatThrownBy(() -> new SearchRunner(1, wrong, folder.resolve("parts")))
                .hasMessageContaining("minimizeScore of TpeGenerator must be false");
        assertThatThrownBy(() -> SearchRunner.builder(1, wrong).cluster(idle).build())
                .hasMessageContaining("minimizeScore of TpeGenerator must be false");
        assertThatThrownBy(() -> new SearchRunner(1, OptimizationConfiguration.fromJson(wrong.toJson())))
                .hasMessageContaining("minimizeScore of TpeGenerator must be false");
        assertThat(folder).isEmptyDirectory();
    }
}
