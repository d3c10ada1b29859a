package io.github.autol2.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator.Mode;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two threads propose and train what one does. */
@Tag("slow")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ParallelSearchTest {

    private static List<String> outcome(CandidateGenerator generator, int threads, int candidates) {
        SearchRunner runner = new SearchRunner(
                threads,
                Searches.configuration(generator, candidates).rngSeed(21).build());
        runner.execute();
        assertThat(runner.numCandidatesTotal()).isEqualTo(candidates);
        assertThat(runner.numCandidatesCompleted()).isPositive();
        return Searches.outcome(runner);
    }

    /** With dropout, so that a random number of another candidate would be seen. */
    private static MultiLayerSpace noisy() {
        return Searches.space().dropOut(new FixedValue<>(0.8)).build();
    }

    @Test
    void inARandomSearch() {
        assertThat(outcome(random(), 2, 3)).isEqualTo(outcome(random(), 1, 3));
    }

    private static LambdaGenerator random() {
        return new LambdaGenerator(new RandomSearchGenerator(noisy()), Searches.shortest());
    }

    @Test
    void inARefinedGrid() {
        assertThat(outcome(grid(), 2, 2)).isEqualTo(outcome(grid(), 1, 2));
    }

    private static LambdaGenerator grid() {
        return new LambdaGenerator(
                new GridSearchCandidateGenerator(Searches.space().build(), 2, Mode.Sequential, null),
                Searches.quick().withNeighbours(1));
    }

    @Test
    void inAGeneticSearchThatLearnsFromItsScores() {
        MultiLayerSpace space = Searches.space().numEpochs(1).build();

        List<String> alone = outcome(genetic(space), 1, 20);

        assertThat(outcome(genetic(space), 3, 20)).isEqualTo(alone);
    }

    @Test
    void inATpeSearchThatLearnsFromItsScores() {
        MultiLayerSpace space = Searches.space().numEpochs(1).build();

        List<String> alone = outcome(new TpeGenerator(space, false, 1).withStartup(4), 1, 20);

        assertThat(outcome(new TpeGenerator(space, false, 1).withStartup(4), 3, 20))
                .isEqualTo(alone);
    }

    /** Of the inner generator's own candidates: calibrations would change nothing but the time it takes. */
    private static CandidateGenerator genetic(MultiLayerSpace space) {
        return new GeneticGenerator(space, false, 1)
                .withPopulation(6)
                .withCrossoverRate(0.8)
                .withMutationRate(0.3);
    }
}
