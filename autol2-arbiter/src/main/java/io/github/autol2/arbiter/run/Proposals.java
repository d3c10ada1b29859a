package io.github.autol2.arbiter.run;

import io.github.autol2.arbiter.candidate.CandidateResult;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;

/**
 * The generator's side of a search: asks it for candidates, and tells it their scores in the order of the candidates, however they come
 * in. One that learns from scores knows, when it proposes candidate n, those of all before n - {@value #LAG} and no other, so its
 * candidates do not depend on how many threads train them.
 */
public final class Proposals {

    /** How many candidates may train while their scores are still unknown to a generator that learns from them. */
    public static final int LAG = 8;

    private final CandidateGenerator generator;
    private final boolean learns;
    private final List<OptimizationResult> results = new ArrayList<>(); // null while unknown, and once told
    private int told;

    /**
     * The candidates of a generator.
     *
     * @param generator of the search
     * @param learns    whether the generator proposes by the scores that it has heard
     */
    public Proposals(CandidateGenerator generator, boolean learns) {
        this.generator = generator;
        this.learns = learns;
    }

    /** Returns how many candidates were proposed so far. */
    int count() {
        return results.size();
    }

    /** False also as long as the generator waits for results. */
    boolean hasNext() {
        int due = learns ? count() - LAG : count();
        while (told < due && results.get(told) != null) {
            tell(results.set(told++, null));
        }
        return (told >= due || !learns) && generator.hasMoreCandidates();
    }

    /** The candidate number {@link #count()}. */
    Candidate<?> next() {
        Candidate<?> candidate = generator.getCandidate();
        results.add(null);
        return candidate;
    }

    /**
     * @param number of the candidate, from 0
     */
    void ended(int number, OptimizationResult result) {
        results.set(number, result);
    }

    /** Tells the generator what it has not heard yet; nothing more is proposed then. */
    void close() {
        for (; told < count(); told++) {
            if (results.get(told) != null) {
                tell(results.get(told));
            }
        }
    }

    /** Candidates that failed have no score to tell. */
    private void tell(OptimizationResult result) {
        CandidateResult.forGenerator(result).ifPresent(generator::reportResults);
    }
}
