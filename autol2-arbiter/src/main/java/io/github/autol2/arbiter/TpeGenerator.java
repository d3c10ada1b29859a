package io.github.autol2.arbiter;

import io.github.autol2.arbiter.candidate.CandidateResult;
import io.github.autol2.arbiter.candidate.Ending;
import io.github.autol2.arbiter.candidate.SpaceGuard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.BooleanSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonIgnoreProperties;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Proposes candidates by the tree-structured Parzen estimator, TPE (Bergstra et al. 2011, Algorithms for Hyper-Parameter Optimization,
 * section 4), with kernels over all hyperparameters together (Falkner et al. 2018, arXiv:1807.01774, section 3.2).
 *
 * <ol>
 * <li>The first {@link #DEFAULT_STARTUP} candidates are random, and more until half as many have a score: a {@link SearchRunner} lets a
 *     generator know of the first n - 8 candidates when it proposes the n-th, on however many threads they train.
 * <li>After that the candidates with a score are parted: the best tenth of them (rounded up, at most {@value #MOST_GOOD}), and the rest.
 *     Each part is a density, l of the good ones and g of the others. Of {@value #DRAWS} points drawn from l the one with the
 *     largest l/g is proposed.
 * <li>Candidates that were pruned come behind all others, and one that was pruned earlier behind one that was pruned later: the
 *     scores of different rungs cannot be compared. Candidates without a score yet count to the rest, a constant lie that keeps
 *     proposals apart when several train at the same time; so do, for ever, those that have failed or were proposed twice.
 * </ol>
 *
 * <p>It works in Arbiter's unit cube, where every hyperparameter is a quantile of its distribution: a log-uniform learning rate is uniform
 * there. Whole numbers are quantities; {@code DiscreteParameterSpace} and {@code BooleanSpace} are choices without an order. Goes to JSON
 * and YAML with Arbiter's mapper. Not thread-safe: a runner asks on one thread.
 */
@JsonIgnoreProperties({"candidate", "candidateType"})
public final class TpeGenerator implements CandidateGenerator {

    /** Candidates before the first that is not random. */
    public static final int DEFAULT_STARTUP = 10;

    private static final int DRAWS = 24;
    private static final double GOOD = 0.1;
    private static final int MOST_GOOD = 25;

    private final ParameterSpace<?> parameterSpace;
    private final boolean minimizeScore;
    private final int startup;
    private long rngSeed;
    private boolean initDone;

    private transient Random random;
    private transient int proposed;
    private final transient int[] categories;
    private final transient List<Scored> scored = new ArrayList<>();
    private final transient Map<Integer, double[]> pending = new LinkedHashMap<>();

    /**
     * A point with its score, as large as it is good.
     *
     * @param reached the iteration of the last report of one that was pruned, otherwise later than any
     */
    private record Scored(double[] point, long reached, double merit) {}

    /**
     * With {@value #DEFAULT_STARTUP} random candidates to begin with; see {@link #withStartup}.
     *
     * @param parameterSpace of the search
     * @param minimizeScore  as minimize() of the score function; a {@link SearchRunner} refuses anything else
     * @param rngSeed        of the proposals
     */
    public TpeGenerator(ParameterSpace<?> parameterSpace, boolean minimizeScore, long rngSeed) {
        this(parameterSpace, minimizeScore, DEFAULT_STARTUP, rngSeed, false);
    }

    @JsonCreator
    private TpeGenerator(
            @JsonProperty("parameterSpace") ParameterSpace<?> parameterSpace,
            @JsonProperty("minimizeScore") boolean minimizeScore,
            @JsonProperty("startup") int startup,
            @JsonProperty("rngSeed") long rngSeed,
            @JsonProperty("initDone") boolean initDone) {
        this.parameterSpace = Objects.requireNonNull(parameterSpace, "parameterSpace");
        this.minimizeScore = minimizeScore;
        this.startup = startup;
        if (startup < 2) {
            throw new IllegalArgumentException("startup must be at least 2, got " + startup);
        }
        if (parameterSpace.numParameters() == 0) {
            throw new IllegalArgumentException("TPE needs a space with at least one free parameter, got none");
        }
        this.initDone = initDone;
        numberHyperparameters();
        this.categories = categories(parameterSpace);
        setRngSeed(rngSeed);
    }

    /**
     * {@return a generator that begins anew with another number of random candidates} It takes the place of this one.
     *
     * @param candidates random candidates to begin with, at least 2
     */
    public TpeGenerator withStartup(int candidates) {
        return new TpeGenerator(parameterSpace, minimizeScore, candidates, rngSeed, initDone);
    }

    /** Once in the life of a space, also through JSON; Arbiter's generators do it when they are made. */
    private void numberHyperparameters() {
        new RandomSearchGenerator(parameterSpace, null, initDone);
        initDone = true;
    }

    /**
     * In the order of the flat parameters. A space that two layers share is one of them; from JSON it is two objects with the same index, and
     * more objects than parameters.
     */
    private static int[] categories(ParameterSpace<?> space) {
        int[] categories = new int[space.numParameters()];
        List<ParameterSpace<?>> leaves = SpaceGuard.leaves(space).stream()
                .filter(leaf -> leaf.numParameters() > 0)
                .toList();
        boolean shared = leaves.stream().mapToInt(ParameterSpace::numParameters).sum() > categories.length;
        Set<Integer> indices = new HashSet<>();
        int next = 0;
        for (ParameterSpace<?> leaf : leaves) {
            OptionalInt index = shared ? SpaceGuard.index(leaf) : OptionalInt.empty();
            if (index.isPresent() && !indices.add(index.getAsInt())) {
                continue;
            }
            int count = 0;
            if (leaf instanceof DiscreteParameterSpace<?> discrete) {
                count = discrete.numValues();
            } else if (leaf instanceof BooleanSpace) {
                count = 2;
            }
            int end = Math.min(categories.length, next + leaf.numParameters());
            Arrays.fill(categories, next, end, count);
            next = end;
        }
        return categories;
    }

    /** Begins anew, without any scores. */
    @Override
    public void setRngSeed(long seed) {
        rngSeed = seed;
        random = new Random(seed);
        proposed = 0;
        scored.clear();
        pending.clear();
    }

    /** Always: it may propose the same again. */
    @Override
    public boolean hasMoreCandidates() {
        return true;
    }

    @Override
    public Candidate<?> getCandidate() {
        double[] point = proposed < startup || 2 * scored.size() < startup ? randomPoint() : bestOfDraws();
        int index = proposed++;
        pending.put(index, point);
        try {
            return new Candidate<>(parameterSpace.getValue(point), index, point.clone(), null, null);
        } catch (RuntimeException e) {
            return new Candidate<>((Object) null, index, point.clone(), null, e);
        }
    }

    private double[] randomPoint() {
        return random.doubles(categories.length).toArray();
    }

    private double[] bestOfDraws() {
        List<double[]> ranked = scored.stream()
                .sorted(Comparator.comparing(Scored::reached)
                        .thenComparing(Scored::merit)
                        .reversed())
                .map(Scored::point)
                .toList();
        int good = Math.min(MOST_GOOD, (int) Math.ceil(GOOD * ranked.size()));
        List<double[]> others = new ArrayList<>(ranked.subList(good, ranked.size()));
        others.addAll(pending.values());
        Mixture l = new Mixture(ranked.subList(0, good), categories);
        Mixture g = new Mixture(others, categories);
        double[] best = null;
        double bestRatio = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < DRAWS; i++) {
            double[] point = l.draw(random);
            double ratio = l.logDensity(point) - g.logDensity(point);
            if (best == null || ratio > bestRatio) {
                best = point;
                bestRatio = ratio;
            }
        }
        return best;
    }

    /** A result without a score changes nothing. */
    @Override
    public void reportResults(OptimizationResult result) {
        int index = result.getCandidate().getIndex();
        if (result.getScore() == null || result.getScore().isNaN() || !pending.containsKey(index)) {
            return;
        }
        long reached =
                result instanceof CandidateResult known && known.outcome().ending() instanceof Ending.Pruned pruned
                        ? pruned.last().iteration()
                        : Long.MAX_VALUE;
        scored.add(new Scored(pending.remove(index), reached, minimizeScore ? -result.getScore() : result.getScore()));
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
        return Object.class;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TpeGenerator that
                && parameterSpace.equals(that.parameterSpace)
                && minimizeScore == that.minimizeScore
                && startup == that.startup
                && rngSeed == that.rngSeed;
    }

    @Override
    public int hashCode() {
        return Objects.hash(parameterSpace, minimizeScore, startup, rngSeed);
    }

    @Override
    public String toString() {
        return "TpeGenerator(startup " + startup + ")";
    }
}
