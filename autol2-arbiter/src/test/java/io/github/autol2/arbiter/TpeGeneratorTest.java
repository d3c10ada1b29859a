package io.github.autol2.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.arbiter.candidate.CandidateOutcome;
import io.github.autol2.arbiter.candidate.CandidateResult;
import io.github.autol2.arbiter.candidate.Ending;
import io.github.autol2.arbiter.pruning.Report;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.layers.DenseLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.distribution.LogUniformDistribution;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.BooleanSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;

/** Without networks: the score is a function of the hyperparameters. */
class TpeGeneratorTest {

    private static final int SEEDS = 30;
    private static final int CANDIDATES = 60;

    /** As many candidates without a score as a SearchRunner allows. */
    private static final int LAG = 8;

    /** All kinds of hyperparameters beside each other. */
    private static final class Mixed implements ParameterSpace<List<Object>> {

        private final List<ParameterSpace<?>> parts = List.of(
                new ContinuousParameterSpace(new LogUniformDistribution(1e-4, 1)),
                new FixedValue<>("fixed"),
                new ContinuousParameterSpace(0, 0.9),
                new DiscreteParameterSpace<>("relu", "tanh", "elu", "sigmoid"),
                new IntegerParameterSpace(1, 64),
                new BooleanSpace());

        @Override
        public List<Object> getValue(double[] flat) {
            List<Object> values = new ArrayList<>();
            parts.forEach(part -> values.add(part.getValue(flat)));
            return values;
        }

        @Override
        public int numParameters() {
            return parts.stream().mapToInt(ParameterSpace::numParameters).sum();
        }

        @Override
        @SuppressWarnings("rawtypes") // Arbiter's
        public List<ParameterSpace> collectLeaves() {
            return new ArrayList<>(parts);
        }

        @Override
        @SuppressWarnings("rawtypes") // Arbiter's
        public Map<String, ParameterSpace> getNestedSpaces() {
            return new HashMap<>();
        }

        @Override
        public boolean isLeaf() {
            return false;
        }

        @Override
        public void setIndices(int... indices) {
            throw new UnsupportedOperationException();
        }
    }

    /** Like a validation error: best at learning rate 0.03, dropout 0.3, elu, 48 units, true, where it is 0. */
    private static double error(Candidate<?> candidate) {
        List<?> values = (List<?>) candidate.getValue();
        double rate = Math.log10((Double) values.get(0) / 0.03) / 2;
        double dropout = ((Double) values.get(2) - 0.3) / 0.9;
        double units = ((Integer) values.get(4) - 48) / 64.0;
        double activation = "elu".equals(values.get(3)) ? 0 : 0.15;
        double flag = (Boolean) values.get(5) ? 0 : 0.1;
        return rate * rate + dropout * dropout + units * units + activation + flag;
    }

    private static OptimizationResult scored(Candidate<?> candidate, double score) {
        return new OptimizationResult(candidate, score, candidate.getIndex(), null, null, null);
    }

    /** The least error of a search in which the last candidates have no score yet. */
    private static double least(CandidateGenerator generator, int lag) {
        Deque<Candidate<?>> running = new ArrayDeque<>();
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < CANDIDATES; i++) {
            Candidate<?> candidate = generator.getCandidate();
            running.add(candidate);
            least = Math.min(least, error(candidate));
            if (running.size() > lag) {
                Candidate<?> ended = running.remove();
                generator.reportResults(scored(ended, error(ended)));
            }
        }
        return least;
    }

    private static List<Double> leastOfSeeds(LongFunction<CandidateGenerator> generators, int lag) {
        List<Double> least = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            least.add(least(generators.apply(seed), lag));
        }
        return least;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static CandidateGenerator random(long seed) {
        CandidateGenerator random = new RandomSearchGenerator(new Mixed());
        random.setRngSeed(seed);
        return random;
    }

    @Tag("slow")
    @Test
    void findsMuchBetterCandidatesThanARandomSearchAlsoWhereScoresAreLate() {
        List<Double> random = leastOfSeeds(TpeGeneratorTest::random, 0);
        List<Double> atOnce = leastOfSeeds(seed -> new TpeGenerator(new Mixed(), true, seed), 0);
        List<Double> late = leastOfSeeds(seed -> new TpeGenerator(new Mixed(), true, seed), LAG);

        assertThat(mean(atOnce)).isLessThan(0.5 * mean(random));
        assertThat(mean(late)).isLessThan(0.7 * mean(random));
        long wins = 0;
        for (int i = 0; i < SEEDS; i++) {
            wins += late.get(i) < random.get(i) ? 1 : 0;
        }
        assertThat(wins).isGreaterThan(2 * SEEDS / 3);
    }

    @Test
    void theSignOfTheScoreTurnsTheSearchRound() {
        double[] sums = new double[2];
        for (int direction = 0; direction < 2; direction++) {
            TpeGenerator generator = new TpeGenerator(new Mixed(), direction == 0, 3);
            for (int i = 0; i < CANDIDATES; i++) {
                Candidate<?> candidate = generator.getCandidate();
                generator.reportResults(scored(candidate, error(candidate)));
                sums[direction] += i < CANDIDATES / 2 ? 0 : error(candidate);
            }
        }

        assertThat(sums[0]).isLessThan(sums[1] / 3);
    }

    @Test
    void proposalsWithoutScoresKeepApart() {
        // given a search that has seen 20 scores
        TpeGenerator generator = new TpeGenerator(new Mixed(), true, 5);
        for (int i = 0; i < 20; i++) {
            Candidate<?> candidate = generator.getCandidate();
            generator.reportResults(scored(candidate, error(candidate)));
        }

        // when eight are asked for at once
        List<List<?>> proposed = new ArrayList<>();
        for (int i = 0; i < LAG; i++) {
            proposed.add((List<?>) generator.getCandidate().getValue());
        }

        assertThat(proposed).doesNotHaveDuplicates();
    }

    @Test
    void aSeedGivesTheSameCandidatesFromTheSameScoresAndBeginsAnew() {
        TpeGenerator generator = new TpeGenerator(new Mixed(), true, 7);
        double first = least(generator, 2);
        generator.setRngSeed(7);

        assertThat(least(generator, 2)).isEqualTo(first);
        assertThat(least(new TpeGenerator(new Mixed(), true, 8), 2)).isNotEqualTo(first);
    }

    @Test
    void whoWasPrunedComesBehindAllOthersWhateverItsScore() {
        // given: learning rates above 0.01 are pruned with a perfect last score, and the rest has a bad one
        TpeGenerator generator = new TpeGenerator(new Mixed(), true, 2);
        int pruned = 0;
        for (int i = 0; i < CANDIDATES; i++) {
            Candidate<?> candidate = generator.getCandidate();
            boolean high = (Double) ((List<?>) candidate.getValue()).get(0) > 0.01;
            pruned += high && i >= CANDIDATES / 2 ? 1 : 0;
            generator.reportResults(high ? pruned(candidate, 10, 0.0) : scored(candidate, 0.9));
        }

        // then: a random search would have put half of them there
        assertThat(pruned).isLessThan(CANDIDATES / 8);
    }

    @Test
    void whoWasPrunedEarlierComesBehindWhoWasPrunedLater() {
        // given: learning rates above 0.01 are pruned at the first rung, with better scores than the rest at the second
        TpeGenerator generator = new TpeGenerator(new Mixed(), true, 2);
        int early = 0;
        for (int i = 0; i < CANDIDATES; i++) {
            Candidate<?> candidate = generator.getCandidate();
            boolean high = (Double) ((List<?>) candidate.getValue()).get(0) > 0.01;
            early += high && i >= CANDIDATES / 2 ? 1 : 0;
            generator.reportResults(high ? pruned(candidate, 10, 0.5) : pruned(candidate, 30, 0.6));
        }

        // then
        assertThat(early).isLessThan(CANDIDATES / 8);
    }

    private static OptimizationResult pruned(Candidate<?> candidate, long iteration, double score) {
        Report last = new Report(candidate.getIndex(), iteration, score);
        CandidateOutcome outcome = new CandidateOutcome(
                candidate.getIndex(), new Ending.Pruned("too bad", last), 10, 0, "", List.of(last));
        return CandidateResult.forGenerator(CandidateResult.of(candidate, outcome, null, 0, 1))
                .orElseThrow();
    }

    @Test
    void aDensityOfPointsIsOneInAll() {
        Mixture mixture = new Mixture(List.of(new double[] {0.02, 0.3}, new double[] {0.5, 0.9}), new int[] {0, 4});
        double sum = 0;
        int steps = 1000;
        for (int i = 0; i < steps; i++) {
            for (int category = 0; category < 4; category++) {
                sum += Math.exp(mixture.logDensity(new double[] {(i + 0.5) / steps, (category + 0.5) / 4})) / steps / 4;
            }
        }

        assertThat(sum).isCloseTo(1, within(1e-4));
        assertThat(new Mixture(List.of(), new int[] {0, 4}).logDensity(new double[] {0.3, 0.3}))
                .isZero();
    }

    @Test
    void aSpaceThatTwoLayersShareIsOneHyperparameterAlsoFromJson() {
        // given: a shared width, and a choice in the layer before: Arbiter begins with the last layer
        IntegerParameterSpace width = new IntegerParameterSpace(4, 64);
        MultiLayerSpace space = new MultiLayerSpace.Builder()
                .seed(1)
                .setInputType(InputType.feedForward(4))
                .addLayer(new DenseLayerSpace.Builder()
                        .nOut(8)
                        .activation(new DiscreteParameterSpace<>(Activation.RELU, Activation.TANH, Activation.ELU))
                        .build())
                .addLayer(new DenseLayerSpace.Builder().nOut(width).build())
                .addLayer(new DenseLayerSpace.Builder().nOut(width).build())
                .addLayer(Searches.output())
                .build();
        TpeGenerator generator = new TpeGenerator(space, false, 1).withStartup(4);

        // when
        CandidateGenerator read = OptimizationConfiguration.fromJson(
                        Searches.configuration(generator, 3).build().toJson())
                .getCandidateGenerator();

        // then
        for (int i = 0; i < CANDIDATES; i++) {
            Candidate<?> candidate = generator.getCandidate();
            Candidate<?> same = read.getCandidate();
            assertThat(same.getFlatParameters()).as("candidate " + i).isEqualTo(candidate.getFlatParameters());
            double score = candidate.getFlatParameters()[0] - candidate.getFlatParameters()[1];
            generator.reportResults(scored(candidate, score));
            read.reportResults(scored(same, score));
        }
    }

    @Test
    void anotherStartupKeepsSpaceAndSeedAndBeginsAnew() {
        TpeGenerator first = new TpeGenerator(new Mixed(), true, 1);
        first.setRngSeed(6);
        double[] begin = first.getCandidate().getFlatParameters();

        TpeGenerator other = first.withStartup(2);

        assertThat(other.getParameterSpace()).isSameAs(first.getParameterSpace());
        assertThat(other.getCandidate().getFlatParameters()).isEqualTo(begin);
        assertThat(other).isNotEqualTo(first).isEqualTo(first.withStartup(20).withStartup(2));
        assertThat(first.withStartup(TpeGenerator.DEFAULT_STARTUP)).isEqualTo(first);
        assertThat(first.getCandidate().getIndex()).as("the first one goes on").isEqualTo(1);
    }

    @Test
    void theStartupIsWhereProposalsCeaseToBeRandom() {
        TpeGenerator late = new TpeGenerator(new Mixed(), true, 6).withStartup(20);
        TpeGenerator early = new TpeGenerator(new Mixed(), true, 6).withStartup(4);
        for (int i = 0; i < 6; i++) {
            Candidate<?> one = late.getCandidate();
            Candidate<?> other = early.getCandidate();
            if (i < 4) {
                assertThat(other.getFlatParameters()).isEqualTo(one.getFlatParameters());
            } else {
                assertThat(other.getFlatParameters()).isNotEqualTo(one.getFlatParameters());
            }
            late.reportResults(new OptimizationResult(one, 1.0 * i, i, null, null, null));
            early.reportResults(new OptimizationResult(other, 1.0 * i, i, null, null, null));
        }
    }

    @Test
    void refusesWhatCannotBeSearched() {
        assertThatThrownBy(() -> new TpeGenerator(new Mixed(), true, 4).withStartup(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("startup must be at least 2, got 1");
        assertThatThrownBy(() -> new TpeGenerator(new FixedValue<>(3), true, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TPE needs a space with at least one free parameter, got none");
    }
}
