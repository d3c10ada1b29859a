package io.github.autol2.arbiter.run;

import io.github.autol2.arbiter.candidate.CandidateOutcome;
import io.github.autol2.arbiter.candidate.CandidateResult;
import io.github.autol2.arbiter.candidate.Ending;
import io.github.autol2.arbiter.candidate.LambdaCandidate;
import io.github.autol2.arbiter.store.Claim;
import io.github.autol2.arbiter.store.SearchFolder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;

/**
 * Who trains a candidate, this process or another that works on the same search, and the candidates of others: each of them ends there,
 * or comes free because its process has died. Used by one thread.
 */
final class Elsewhere {

    private static final Claim OURS = new Claim.Ours(); // where there is no folder

    private final Optional<SearchFolder> folder;
    private final Map<Integer, LambdaCandidate> candidates = new TreeMap<>();

    /** Is told of a candidate. */
    interface Found {

        /**
         * A candidate that this process has to do something about.
         *
         * @param number    of the candidate, in the order of the candidates
         * @param candidate not trained elsewhere
         * @param claim     what is to be done with it
         */
        void found(int number, Candidate<?> candidate, Claim claim);
    }

    Elsewhere(Optional<SearchFolder> folder) {
        this.folder = folder;
    }

    boolean isEmpty() {
        return candidates.isEmpty();
    }

    /** Claims a new candidate for this process; if another one trains it, keeps it in mind. */
    void begin(int number, Candidate<?> candidate, Found found) {
        follow(
                number,
                candidate,
                folder.isEmpty() ? OURS : folder.get().begin((LambdaCandidate) candidate, true),
                found);
    }

    /** Looks what has become of the others' candidates. */
    void look(BooleanSupplier free, Found found) {
        for (Map.Entry<Integer, LambdaCandidate> entry : List.copyOf(candidates.entrySet())) {
            Claim claim = folder.orElseThrow().begin(entry.getValue(), free.getAsBoolean());
            follow(entry.getKey(), entry.getValue(), claim, found);
        }
    }

    private void follow(int number, Candidate<?> candidate, Claim claim, Found found) {
        if (claim instanceof Claim.Elsewhere) {
            candidates.put(number, (LambdaCandidate) candidate);
        } else {
            candidates.remove(number);
            found.found(number, candidate, claim);
        }
    }

    /** {@return the others' candidates, which this search does not wait for any more} */
    List<OptimizationResult> leave() {
        long now = System.currentTimeMillis();
        List<OptimizationResult> left = candidates.values().stream()
                .map(candidate -> (OptimizationResult) CandidateResult.of(
                        candidate,
                        new CandidateOutcome(
                                candidate.getIndex(),
                                new Ending.Cancelled("another process had begun it when this search ended"),
                                0,
                                0,
                                "",
                                List.of()),
                        null,
                        now,
                        now))
                .toList();
        candidates.clear();
        return left;
    }
}
