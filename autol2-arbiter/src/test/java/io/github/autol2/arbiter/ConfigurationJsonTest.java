package io.github.autol2.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.arbiter.candidate.LambdaOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.deeplearning4j.arbiter.BaseNetworkSpace;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultSaver;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxTimeCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.saver.local.FileModelSaver;
import org.deeplearning4j.arbiter.scoring.impl.EvaluationScoreFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.evaluation.classification.Evaluation;

/** A search goes to JSON and YAML through Arbiter's mapper, and comes back as it was. */
@Tag("slow")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConfigurationJsonTest {

    @TempDir
    private Path folder;

    static Stream<Arguments> generators() {
        List<Arguments> generators = new ArrayList<>();
        for (boolean graph : new boolean[] {false, true}) {
            generators.add(
                    Arguments.of("random", graph, new RandomSearchGenerator(space(graph)), LambdaOptions.predicted()));
            generators.add(Arguments.of(
                    "grid", graph, grid(space(graph)), LambdaOptions.refined(2).withSeeds(List.of(4L))));
            generators.add(Arguments.of(
                    "genetic",
                    graph,
                    new GeneticGenerator(space(graph), false, 8)
                            .withPopulation(5)
                            .withCrossoverRate(0.7)
                            .withMutationRate(0.2),
                    LambdaOptions.adaptive().withShare(0.2).withIterations(500)));
            generators.add(Arguments.of(
                    "tpe", graph, new TpeGenerator(space(graph), true, 8).withStartup(3), LambdaOptions.validated()));
        }
        return generators.stream();
    }

    private static BaseNetworkSpace<?> space(boolean graph) {
        return graph ? Searches.graphSpace() : Searches.space().build();
    }

    private static GridSearchCandidateGenerator grid(BaseNetworkSpace<?> space) {
        return new GridSearchCandidateGenerator(space, 3, GridSearchCandidateGenerator.Mode.Sequential, null);
    }

    @ParameterizedTest(name = "{0}, graph {1}")
    @MethodSource("generators")
    void comesBackAsItWas(String name, boolean graph, CandidateGenerator inner, LambdaOptions options) {
        // given
        LambdaGenerator generator = new LambdaGenerator(inner, options);
        Properties properties = new Properties();
        properties.setProperty("rows", "80");
        for (ResultSaver saver : List.of(
                new FileModelSaver(folder.toString()),
                new BestModelSaver(folder.resolve("best.zip").toString(), false))) {
            OptimizationConfiguration configuration = new OptimizationConfiguration.Builder()
                    .candidateGenerator(generator)
                    .dataSource(Searches.TwoClasses.class, properties)
                    .scoreFunction(new EvaluationScoreFunction(Evaluation.Metric.ACCURACY))
                    .modelSaver(saver)
                    .terminationConditions(new MaxCandidatesCondition(7), new MaxTimeCondition(3, TimeUnit.HOURS))
                    .rngSeed(11)
                    .build();

            // when
            OptimizationConfiguration fromJson = OptimizationConfiguration.fromJson(configuration.toJson());
            OptimizationConfiguration fromYaml = OptimizationConfiguration.fromYaml(configuration.toYaml());

            // then
            for (OptimizationConfiguration read : List.of(fromJson, fromYaml)) {
                assertThat(read).isEqualTo(configuration);
                if (!graph) { // Arbiter compares the input types of a graph by identity
                    assertThat(read.getCandidateGenerator()).isEqualTo(generator);
                }
                assertThat(((LambdaGenerator) read.getCandidateGenerator()).options())
                        .isEqualTo(options);
                assertThat(read.getTerminationConditions()).isEqualTo(configuration.getTerminationConditions());
                assertThat(read.getResultSaver().toString()).isEqualTo(saver.toString());
                assertThat(read.toJson()).isEqualTo(configuration.toJson());
            }
        }
    }

    @Test
    void settingsOfGeneratorsHaveTheirNamesInJson() {
        TpeGenerator tpe = new TpeGenerator(space(false), false, 8).withStartup(3);
        GeneticGenerator genetic = new GeneticGenerator(space(false), false, 8)
                .withPopulation(5)
                .withCrossoverRate(0.7)
                .withMutationRate(0.2);

        assertThat(Searches.configuration(tpe, 1).build().toJson())
                .contains("\"minimizeScore\" : false", "\"startup\" : 3", "\"rngSeed\" : 8");
        assertThat(Searches.configuration(genetic, 1).build().toJson())
                .contains(
                        "\"minimizeScore\" : false",
                        "\"populationSize\" : 5",
                        "\"crossoverRate\" : 0.7",
                        "\"mutationRate\" : 0.2",
                        "\"rngSeed\" : 8");
    }

    @ParameterizedTest(name = "{0}, graph {1}")
    @MethodSource("generators")
    void proposesTheSameCandidatesAfterwards(
            String name, boolean graph, CandidateGenerator inner, LambdaOptions options) {
        LambdaGenerator generator = new LambdaGenerator(inner, options);
        generator.setRngSeed(11);
        String json = Searches.configuration(generator, 3).build().toJson();

        CandidateGenerator read = OptimizationConfiguration.fromJson(json).getCandidateGenerator();

        for (int i = 0; i < 5; i++) {
            assertThat(read.getCandidate().getFlatParameters())
                    .as("candidate " + i)
                    .isEqualTo(generator.getCandidate().getFlatParameters());
        }
    }

    @Test
    void aSearchThatPlainArbiterHasWrittenIsWrapped() {
        OptimizationConfiguration plain = OptimizationConfiguration.fromYaml(Searches.configuration(
                        new RandomSearchGenerator(Searches.space().build()), 2)
                .rngSeed(3)
                .build()
                .toYaml());

        plain.setCandidateGenerator(new LambdaGenerator(plain.getCandidateGenerator()));
        SearchRunner runner = new SearchRunner(2, plain);
        runner.execute();

        assertThat(runner.numCandidatesCompleted()).isEqualTo(2);
        assertThat(runner.getCandidateStatus())
                .allSatisfy(info -> assertThat(info.getFlatParams()).hasSize(3).doesNotContain(Double.NaN));
    }
}
