package io.github.autol2.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.arbiter.candidate.CandidateOutcome;
import io.github.autol2.arbiter.candidate.CandidateResult;
import io.github.autol2.arbiter.candidate.Ending;
import io.github.autol2.arbiter.candidate.LambdaOptions;
import io.github.autol2.arbiter.pruning.Report;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Without networks: the score is the first gene. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("slow")
class GeneticGeneratorTest {

    private static final int POPULATION = 6;

    private static GeneticGenerator generator(boolean minimize) {
        return new GeneticGenerator(Searches.space().build(), minimize, 4)
                .withPopulation(POPULATION)
                .withCrossoverRate(0.8)
                .withMutationRate(0.1);
    }

    private static OptimizationResult scored(Candidate<?> candidate, double score) {
        return new OptimizationResult(candidate, score, candidate.getIndex(), null, null, null);
    }

    /** Mean of the first gene of the last candidates out of 100. */
    private static double evolve(GeneticGenerator generator) {
        double sum = 0;
        for (int i = 0; i < 100; i++) {
            Candidate<?> candidate = generator.getCandidate();
            double gene = candidate.getFlatParameters()[0];
            generator.reportResults(scored(candidate, gene));
            sum += i >= 80 ? gene : 0;
        }
        return sum / 20;
    }

    @Test
    void theBestGenesSurvive() {
        assertThat(evolve(generator(false))).isGreaterThan(0.65);
        assertThat(evolve(generator(true))).isLessThan(0.35);
    }

    @Test
    void candidatesAreRandomUntilTwoThirdsOfThePopulationAreThere() {
        GeneticGenerator one = new GeneticGenerator(Searches.space().build(), false, 4);
        GeneticGenerator other = new GeneticGenerator(Searches.space().build(), false, 4);
        int same = 0;
        while (same < 100) {
            Candidate<?> here = one.getCandidate();
            Candidate<?> there = other.getCandidate();
            if (!Arrays.equals(here.getFlatParameters(), there.getFlatParameters())) {
                break;
            }
            same++;
            one.reportResults(scored(here, same % 7));
            other.reportResults(scored(there, -same % 7));
        }

        assertThat(same).isBetween(20, 23); // which parents are drawn does not depend on scores, but who they are
    }

    @Test
    void whoWasPrunedIsLessFitThanAllOthersWhateverItsScore() {
        // given: large genes are pruned with a perfect last score, and the rest has a bad one
        for (boolean minimize : new boolean[] {false, true}) {
            GeneticGenerator generator = generator(minimize);
            int pruned = 0;
            for (int i = 0; i < 100; i++) {
                Candidate<?> candidate = generator.getCandidate();
                boolean large = candidate.getFlatParameters()[0] > 0.5;
                pruned += large && i >= 50 ? 1 : 0;
                generator.reportResults(
                        large ? pruned(candidate, 10, minimize ? 0 : 1) : scored(candidate, minimize ? 0.9 : 0.1));
            }

            // then: a random search would have put half of them there
            assertThat(pruned).isLessThan(17);
        }
    }

    @Test
    void whoWasPrunedEarlierIsLessFitThanWhoWasPrunedLater() {
        GeneticGenerator generator = generator(false);
        int early = 0;
        for (int i = 0; i < 100; i++) {
            Candidate<?> candidate = generator.getCandidate();
            boolean large = candidate.getFlatParameters()[0] > 0.5;
            early += large && i >= 50 ? 1 : 0;
            generator.reportResults(large ? pruned(candidate, 10, 0.6) : pruned(candidate, 30, 0.5));
        }

        assertThat(early).isLessThan(17);
    }

    private static OptimizationResult pruned(Candidate<?> candidate, long iteration, double score) {
        Report last = new Report(candidate.getIndex(), iteration, score);
        CandidateOutcome outcome = new CandidateOutcome(
                candidate.getIndex(), new Ending.Pruned("too bad", last), iteration, 0, "", List.of(last));
        return CandidateResult.forGenerator(CandidateResult.of(candidate, outcome, null, 0, 1))
                .orElseThrow();
    }

    @Test
    void aSeedGivesTheSameCandidatesFromTheSameScores() {
        assertThat(evolve(generator(false))).isEqualTo(evolve(generator(false)));
    }

    @Test
    void hearsOnlyOfCandidatesWithThePredictedLambdaAndAsItProposedThem() {
        List<OptimizationResult> heard = new ArrayList<>();
        RandomSearchGenerator inner = new RandomSearchGenerator(Searches.space().build()) {
            @Override
            public void reportResults(OptimizationResult result) {
                heard.add(result);
            }
        };
        LambdaGenerator generator = new LambdaGenerator(inner, LambdaOptions.refined(2));
        for (int i = 0; i < 6; i++) {
            generator.reportResults(scored(generator.getCandidate(), i));
        }

        assertThat(heard).extracting(OptimizationResult::getScore).containsExactly(0.0, 3.0);
        assertThat(heard).extracting(OptimizationResult::getIndex).containsExactly(0, 1);
        assertThat(heard)
                .allSatisfy(result ->
                        assertThat(result.getCandidate().getFlatParameters()).hasSize(2));
    }

    @Test
    void otherSettingsKeepSpaceAndSeedAndBeginAnew() {
        GeneticGenerator first = new GeneticGenerator(Searches.space().build(), false, 1);
        first.setRngSeed(6);
        double[] begin = first.getCandidate().getFlatParameters();

        GeneticGenerator other = first.withPopulation(6).withCrossoverRate(0.7).withMutationRate(0.2);

        assertThat(other.getParameterSpace()).isSameAs(first.getParameterSpace());
        assertThat(other.getCandidate().getFlatParameters()).isEqualTo(begin);
        assertThat(other)
                .isNotEqualTo(first)
                .isEqualTo(first.withMutationRate(0.2).withCrossoverRate(0.7).withPopulation(6))
                .isNotEqualTo(first.withMutationRate(0.7).withCrossoverRate(0.2).withPopulation(6));
        assertThat(first.withPopulation(30).withCrossoverRate(0.85).withMutationRate(0.005))
                .as("Arbiter's settings")
                .isEqualTo(first);
    }

    @Test
    void refusesWhatCannotEvolve() {
        GeneticGenerator generator = generator(false);

        assertThatThrownBy(() -> generator.withPopulation(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("populationSize must be at least 3, got 2");
        assertThatThrownBy(() -> generator.withCrossoverRate(1.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("crossoverRate must be in [0, 1], got 1.1");
        assertThatThrownBy(() -> generator.withMutationRate(-0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mutationRate must be in [0, 1], got -0.1");
        assertThatThrownBy(() -> generator.withCrossoverRate(0).withMutationRate(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not both be 0");
    }
}
