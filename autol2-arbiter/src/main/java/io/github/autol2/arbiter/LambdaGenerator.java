package io.github.autol2.arbiter;

import io.github.autol2.arbiter.candidate.CandidateNetwork;
import io.github.autol2.arbiter.candidate.CandidateResult;
import io.github.autol2.arbiter.candidate.ConfigurationKey;
import io.github.autol2.arbiter.candidate.LambdaCandidate;
import io.github.autol2.arbiter.candidate.LambdaOptions;
import io.github.autol2.arbiter.candidate.SpaceGuard;
import io.github.autol2.dl4j.log.RunLog;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import org.deeplearning4j.arbiter.BaseNetworkSpace;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Takes lambda out of a search: another generator proposes all other hyperparameters, and each candidate's lambda is predicted from a
 * calibration of that candidate (arXiv:2006.08643v2, section 1).
 *
 * <pre>{@code
 * new OptimizationConfiguration.Builder().candidateGenerator(new LambdaGenerator(new RandomSearchGenerator(space)))
 * }</pre>
 *
 * <p>The candidates are calibrated where they are trained, on the threads of the runner: a {@link LambdaTaskCreator} does that. What the
 * space says about {@code l2} only counts as ratios between layers; an {@code l2} axis is ignored. Candidates that differ in nothing
 * but lambda are proposed once, and so are those that Arbiter's grid repeats.
 *
 * <p>If the space has no seed, all candidates get the seed {@value #SEED}, so that a search can be repeated. Goes to JSON and YAML with
 * Arbiter's mapper. Not thread-safe: a runner asks for candidates on one thread.
 */
public final class LambdaGenerator implements CandidateGenerator {

    /** A generator that has proposed nothing new for so long has nothing left. */
    private static final int MOST_REPEATS = 1000;

    private static final long SEED = 12345;
    private static final RunLog LOG = RunLog.of(LambdaGenerator.class);

    private final CandidateGenerator generator;
    private final LambdaOptions options;
    private Long rngSeed;

    private final transient SpaceGuard guard;
    private final transient Queue<LambdaCandidate> next = new ArrayDeque<>();
    private final transient Set<String> proposed = new HashSet<>();
    /** By calibration: the epochs of the first candidate that needs it, whichever thread is the first to make it. */
    private final transient Map<String, Integer> calibrationEpochs = new HashMap<>();

    private transient int candidates;
    private transient boolean exhausted;

    /**
     * Each candidate trains with its predicted lambda.
     *
     * @param generator any of Arbiter's or a user's, over a MultiLayerSpace or ComputationGraphSpace; it must not be used elsewhere
     */
    public LambdaGenerator(CandidateGenerator generator) {
        this(generator, LambdaOptions.predicted());
    }

    /**
     * Candidates train as the options say.
     *
     * @param generator any of Arbiter's or a user's, over a MultiLayerSpace or ComputationGraphSpace; it must not be used elsewhere
     * @param options   which lambda the candidates have, and what a calibration may spend
     * @throws IllegalArgumentException if the space has no layers, or cannot be searched with this generator. Early stopping with
     *                                  {@link LambdaOptions#validated()} is refused when the first candidate is asked for
     */
    public LambdaGenerator(CandidateGenerator generator, LambdaOptions options) {
        this(generator, options, null);
    }

    @JsonCreator
    LambdaGenerator(
            @JsonProperty("generator") CandidateGenerator generator,
            @JsonProperty("options") LambdaOptions options,
            @JsonProperty("rngSeed") Long rngSeed) {
        this.generator = Objects.requireNonNull(generator, "generator");
        this.options = Objects.requireNonNull(options, "options");
        this.guard = SpaceGuard.of(generator);
        if (rngSeed != null) {
            setRngSeed(rngSeed);
        }
    }

    /** {@return which lambda the candidates have, and what a calibration may spend} */
    public LambdaOptions options() {
        return options;
    }

    @Override
    public boolean hasMoreCandidates() {
        if (next.isEmpty() && !exhausted) {
            draw();
        }
        return !next.isEmpty();
    }

    /**
     * @throws NoSuchElementException if {@link #hasMoreCandidates} is false
     */
    @Override
    public Candidate<?> getCandidate() {
        if (!hasMoreCandidates()) {
            throw new NoSuchElementException("the search space is exhausted after " + candidates + " candidates");
        }
        return next.remove();
    }

    /** The inner generator hears of the candidates with the predicted lambda, as they were when it proposed them. */
    @Override
    public void reportResults(OptimizationResult result) {
        if (result.getCandidate() instanceof LambdaCandidate candidate && candidate.isPrediction()) {
            generator.reportResults(CandidateResult.ofInner(candidate.inner(), result));
        }
    }

    /** That of the other generator. */
    @Override
    public ParameterSpace<?> getParameterSpace() {
        return generator.getParameterSpace();
    }

    /** Seeds the other generator; is kept in JSON. */
    @Override
    public void setRngSeed(long seed) {
        rngSeed = seed;
        generator.setRngSeed(seed);
    }

    @Override
    public Class<?> getCandidateType() {
        return generator.getCandidateType();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LambdaGenerator that
                && generator.equals(that.generator)
                && options.equals(that.options)
                && Objects.equals(rngSeed, that.rngSeed);
    }

    @Override
    public int hashCode() {
        return Objects.hash(generator, options, rngSeed);
    }

    @Override
    public String toString() {
        return "LambdaGenerator(" + generator + ", " + options + ")";
    }

    /** Whether a generator proposes by the scores that it has heard. */
    static boolean learnsFromScores(CandidateGenerator generator) {
        CandidateGenerator inner = innermost(generator);
        return !(inner instanceof RandomSearchGenerator) && !(inner instanceof GridSearchCandidateGenerator);
    }

    /** The generator itself, if it is around no other. */
    static CandidateGenerator innermost(CandidateGenerator generator) {
        return generator instanceof LambdaGenerator lambda ? innermost(lambda.generator) : generator;
    }

    private void draw() {
        boolean finite = generator instanceof GridSearchCandidateGenerator;
        for (int repeats = 0;
                next.isEmpty() && (finite || repeats < MOST_REPEATS) && generator.hasMoreCandidates();
                repeats++) {
            Candidate<?> inner = guard.draw();
            if (inner.getException() == null) {
                addIfNew(inner);
            } else if (inner.getFlatParameters() != null) { // else the generator only says that it has no more
                next.add(LambdaCandidate.failed(candidates++, inner, options, inner.getException()));
            }
        }
        if (next.isEmpty()) {
            exhausted = true;
            LOG.info("the search space is exhausted after {} candidates", candidates);
        }
    }

    private void addIfNew(Candidate<?> inner) {
        CandidateNetwork network = network(inner);
        String calibration =
                ConfigurationKey.digest(ConfigurationKey.of(network.network().json()) + inner.getDataParameters());
        if (!proposed.add(
                calibration + " " + network.epochs() + " " + network.network().seed())) {
            return;
        }
        int epochs = calibrationEpochs.computeIfAbsent(calibration, first -> network.epochs());
        for (int position = 0; position <= options.neighbours(); position++) {
            next.add(new LambdaCandidate(
                    candidates++, inner, position == 0 ? network : network(inner), position, options, epochs));
        }
    }

    private CandidateNetwork network(Candidate<?> inner) {
        CandidateNetwork network = new CandidateNetwork(inner.getValue());
        if (((BaseNetworkSpace<?>) getParameterSpace()).getSeed() == null) {
            network.network().setSeed(SEED);
        }
        if (options.method() == LambdaOptions.Method.VALIDATED
                && network.earlyStopping().isPresent()) {
            throw new IllegalArgumentException(
                    "LambdaOptions.validated() does not go with early stopping: the validation data choose "
                            + "the best network of the whole training as it is. Give the space numEpochs instead, or take adaptive()");
        }
        return network;
    }
}
