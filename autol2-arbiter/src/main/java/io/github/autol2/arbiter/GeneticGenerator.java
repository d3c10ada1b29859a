package io.github.autol2.arbiter;

import io.github.autol2.arbiter.candidate.CandidateResult;
import io.github.autol2.arbiter.candidate.Ending;
import java.util.Objects;
import org.apache.commons.math3.random.JDKRandomGenerator;
import org.apache.commons.math3.random.RandomGenerator;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.generator.GeneticSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.genetic.crossover.CrossoverOperator;
import org.deeplearning4j.arbiter.optimize.generator.genetic.crossover.CrossoverResult;
import org.deeplearning4j.arbiter.optimize.generator.genetic.crossover.SinglePointCrossover;
import org.deeplearning4j.arbiter.optimize.generator.genetic.crossover.parentselection.RandomTwoParentSelection;
import org.deeplearning4j.arbiter.optimize.generator.genetic.mutation.RandomMutationOperator;
import org.deeplearning4j.arbiter.optimize.generator.genetic.population.PopulationModel;
import org.deeplearning4j.arbiter.optimize.generator.genetic.selection.GeneticSelectionOperator;
import org.deeplearning4j.arbiter.scoring.impl.EvaluationScoreFunction;
import org.deeplearning4j.arbiter.scoring.impl.TestSetLossScoreFunction;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Arbiter's genetic search with a seed, and with JSON and YAML: Arbiter's {@code GeneticSearchCandidateGenerator} has neither. The
 * operators are Arbiter's: single-point crossover of two random parents, random mutation, the least fit third is culled.
 *
 * <p>Candidates are random until two thirds of the population are there, which is 20 with Arbiter's settings. A {@link SearchRunner} lets a
 * generator know of the first n - {@value io.github.autol2.arbiter.run.Proposals#LAG} candidates when it proposes the n-th, so the first 28 are
 * random, and a search with no more candidates than that is a random one: take a smaller {@link #withPopulation population} there, or
 * {@link TpeGenerator}.
 *
 * <p>Candidates that were pruned are less fit than all others, and one that was pruned earlier less than one that was pruned later: the scores
 * of different rungs cannot be compared. Candidates without a score do not join the population.
 */
public final class GeneticGenerator implements CandidateGenerator {

    /** Fewer leave a single parent after culling. */
    private static final int LEAST_POPULATION = 3;

    private static final int POPULATION = 30;
    private static final double CROSSOVER_RATE = 0.85;
    private static final double MUTATION_RATE = 0.005;

    private final ParameterSpace<?> parameterSpace;
    private final boolean minimizeScore;
    private final int populationSize;
    private final double crossoverRate;
    private final double mutationRate;
    private long rngSeed;
    private boolean initDone;
    private transient GeneticSearchCandidateGenerator search;

    /**
     * With Arbiter's settings: a population of 30, crossover rate 0.85, mutation rate 0.005. Others are set by {@link #withPopulation},
     * {@link #withCrossoverRate} and {@link #withMutationRate}.
     *
     * @param parameterSpace of the search
     * @param minimizeScore  as minimize() of the score function; a {@link SearchRunner} refuses anything else
     * @param rngSeed        of the proposals
     */
    public GeneticGenerator(ParameterSpace<?> parameterSpace, boolean minimizeScore, long rngSeed) {
        this(parameterSpace, minimizeScore, POPULATION, CROSSOVER_RATE, MUTATION_RATE, rngSeed, false);
    }

    @JsonCreator
    private GeneticGenerator(
            @JsonProperty("parameterSpace") ParameterSpace<?> parameterSpace,
            @JsonProperty("minimizeScore") boolean minimizeScore,
            @JsonProperty("populationSize") int populationSize,
            @JsonProperty("crossoverRate") double crossoverRate,
            @JsonProperty("mutationRate") double mutationRate,
            @JsonProperty("rngSeed") long rngSeed,
            @JsonProperty("initDone") boolean initDone) {
        this.parameterSpace = Objects.requireNonNull(parameterSpace, "parameterSpace");
        this.minimizeScore = minimizeScore;
        this.populationSize = populationSize;
        this.crossoverRate = rate("crossoverRate", crossoverRate);
        this.mutationRate = rate("mutationRate", mutationRate);
        if (populationSize < LEAST_POPULATION) {
            throw new IllegalArgumentException(
                    "populationSize must be at least " + LEAST_POPULATION + ", got " + populationSize);
        }
        if (crossoverRate + mutationRate == 0) {
            throw new IllegalArgumentException("crossoverRate and mutationRate must not both be 0");
        }
        if (parameterSpace.numParameters() == 0) {
            throw new IllegalArgumentException(
                    "a genetic search needs a space with at least one free parameter, got none");
        }
        this.initDone = initDone;
        setRngSeed(rngSeed);
    }

    /**
     * {@return a generator that begins anew with another population} It takes the place of this one.
     *
     * @param size at least 3; candidates are random until two thirds of it are there
     */
    public GeneticGenerator withPopulation(int size) {
        return with(size, crossoverRate, mutationRate);
    }

    /**
     * {@return a generator that begins anew with another crossover rate} It takes the place of this one.
     *
     * @param rate probability that a candidate has two parents, in [0, 1]; not 0 where the mutation rate is 0
     */
    public GeneticGenerator withCrossoverRate(double rate) {
        return with(populationSize, rate, mutationRate);
    }

    /**
     * {@return a generator that begins anew with another mutation rate} It takes the place of this one.
     *
     * @param rate probability for each hyperparameter to be drawn anew, in [0, 1]; not 0 where the crossover rate is 0
     */
    public GeneticGenerator withMutationRate(double rate) {
        return with(populationSize, crossoverRate, rate);
    }

    private GeneticGenerator with(int size, double crossover, double mutation) {
        return new GeneticGenerator(parameterSpace, minimizeScore, size, crossover, mutation, rngSeed, initDone);
    }

    private static double rate(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be in [0, 1], got " + value);
        }
        return value;
    }

    /** Begins anew, with an empty population. */
    @Override
    public void setRngSeed(long seed) {
        rngSeed = seed;
        RandomGenerator random = new JDKRandomGenerator();
        random.setSeed(seed);
        SinglePointCrossover crossover = new SinglePointCrossover.Builder()
                .crossoverRate(crossoverRate)
                .randomGenerator(random)
                .parentSelection(new RandomTwoParentSelection(random))
                .build();
        search = new GeneticSearchCandidateGenerator.Builder(
                        parameterSpace,
                        // The search asks only whether less is better.
                        minimizeScore
                                ? new TestSetLossScoreFunction()
                                : new EvaluationScoreFunction(Evaluation.Metric.ACCURACY))
                .initDone(initDone)
                .populationModel(new PopulationModel.Builder()
                        .populationSize(populationSize)
                        .build())
                .selectionOperator(new GeneticSelectionOperator.Builder()
                        .randomGenerator(random)
                        .crossoverOperator(new CopyingCrossover(crossover))
                        .mutationOperator(new RandomMutationOperator.Builder()
                                .mutationRate(mutationRate)
                                .randomGenerator(random)
                                .build())
                        .build())
                .build();
        initDone = true; // the parameters of the space are numbered, also in JSON
    }

    @Override
    public boolean hasMoreCandidates() {
        return search.hasMoreCandidates();
    }

    @Override
    public Candidate<?> getCandidate() {
        return search.getCandidate();
    }

    /** Of one that was pruned only the iteration of its last report counts. */
    @Override
    public void reportResults(OptimizationResult result) {
        search.reportResults(
                result instanceof CandidateResult known && known.outcome().ending() instanceof Ending.Pruned pruned
                        ? behindAll(result, pruned.last().iteration())
                        : result);
    }

    /** The same with a score that is worse than any other, and the less so the later it was pruned. */
    private OptimizationResult behindAll(OptimizationResult result, long iteration) {
        double unfit = Double.MAX_VALUE / (1 + iteration);
        OptimizationResult behind = CandidateResult.ofInner(result.getCandidate(), result);
        behind.setScore(minimizeScore ? unfit : -unfit);
        return behind;
    }

    /** Whether it takes small scores for good ones. */
    boolean minimizeScore() {
        return minimizeScore;
    }

    @Override
    public ParameterSpace<?> getParameterSpace() {
        return parameterSpace;
    }

    @Override
    public Class<?> getCandidateType() {
        return search.getCandidateType();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GeneticGenerator that
                && parameterSpace.equals(that.parameterSpace)
                && minimizeScore == that.minimizeScore
                && populationSize == that.populationSize
                && crossoverRate == that.crossoverRate
                && mutationRate == that.mutationRate
                && rngSeed == that.rngSeed;
    }

    @Override
    public int hashCode() {
        return Objects.hash(parameterSpace, minimizeScore, populationSize, crossoverRate, mutationRate, rngSeed);
    }

    @Override
    public String toString() {
        return "GeneticGenerator(population " + populationSize + ")";
    }

    /** Without crossover Arbiter returns the genes of a parent themselves, and the mutation would change that parent. */
    private static final class CopyingCrossover extends CrossoverOperator {

        private final CrossoverOperator operator;

        CopyingCrossover(CrossoverOperator operator) {
            this.operator = operator;
        }

        @Override
        public void initializeInstance(PopulationModel model) {
            operator.initializeInstance(model);
        }

        @Override
        public CrossoverResult crossover() {
            CrossoverResult result = operator.crossover();
            return new CrossoverResult(result.isModified(), result.getGenes().clone());
        }
    }
}
