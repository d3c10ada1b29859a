package io.github.autol2.arbiter.run;

import io.github.autol2.arbiter.candidate.CandidateOutcome;
import io.github.autol2.arbiter.candidate.CandidateResult;
import io.github.autol2.arbiter.candidate.Ending;
import io.github.autol2.arbiter.pruning.Pruning;
import io.github.autol2.arbiter.pruning.Report;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultReference;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;

/** How far a search is. Thread-safe. */
public final class SearchStatus {

    private final boolean minimizeScore;
    private final Map<Integer, CandidateInfo> candidates = new TreeMap<>();
    private final Map<Integer, CandidateOutcome> outcomes = new TreeMap<>();
    private final List<ResultReference> results = new ArrayList<>();
    private int completed;
    private int failed;
    private int pruned;
    private Scored best;
    private Long bestScoreTime;

    /**
     * The status of a search that has not begun.
     *
     * @param minimizeScore whether small scores are good
     */
    public SearchStatus(boolean minimizeScore) {
        this.minimizeScore = minimizeScore;
    }

    /** A candidate has got another state, but no result that counts. */
    synchronized void changed(CandidateInfo info) {
        candidates.put(info.getIndex(), info);
    }

    /** A candidate was stopped with the search: its result does not count. */
    synchronized void cancelled(OptimizationResult result) {
        candidates.put(result.getIndex(), result.getCandidateInfo());
        outcomes.put(result.getIndex(), CandidateResult.outcomeOf(result));
    }

    /** A candidate has a result, which counts. */
    synchronized void ended(OptimizationResult result) {
        candidates.put(result.getIndex(), result.getCandidateInfo());
        outcomes.put(result.getIndex(), CandidateResult.outcomeOf(result));
        if (outcomes.get(result.getIndex()).ending() instanceof Ending.Pruned) {
            pruned++;
            return;
        }
        if (result.getScore() == null) {
            failed++;
            return;
        }
        completed++;
        if (result.getResultReference() != null) {
            results.add(result.getResultReference());
        }
        Scored scored = new Scored(result.getScore(), result.getIndex());
        if (best == null || scored.beats(best, minimizeScore)) {
            best = scored;
            bestScoreTime = System.currentTimeMillis();
        }
    }

    /** {@return the number of candidates so far, those that are training included} */
    public synchronized int total() {
        return candidates.size();
    }

    /** {@return the number of candidates that have been trained and scored} */
    public synchronized int completed() {
        return completed;
    }

    /** {@return the number of candidates that have failed} */
    public synchronized int failed() {
        return failed;
    }

    /** {@return the number of candidates that were given up} */
    public synchronized int pruned() {
        return pruned;
    }

    /** {@return the best score so far; null before the first} */
    public synchronized Double bestScore() {
        return best == null ? null : (Double) best.score();
    }

    /** {@return when the best score came, in milliseconds since 1970; null before the first} */
    public synchronized Long bestScoreTime() {
        return bestScoreTime;
    }

    /** {@return the index of the candidate with the best score; -1 before the first} */
    public synchronized int bestIndex() {
        return best == null ? -1 : best.index();
    }

    /** {@return the results so far, in the order in which they came} */
    public synchronized List<ResultReference> results() {
        return new ArrayList<>(results);
    }

    /**
     * {@return what became of each candidate that has ended, in the order of their indices; each calibration is at the expense of the first}
     */
    public synchronized List<CandidateOutcome> outcomes() {
        return CandidateOutcome.withEachCalibrationOnce(new ArrayList<>(outcomes.values()));
    }

    /** {@return the training iterations of all candidates that have ended, those of their calibrations included} */
    public long trainingIterations() {
        return outcomes().stream()
                .mapToLong(CandidateOutcome::trainingIterations)
                .sum();
    }

    /**
     * {@return the candidates for which one thread would have decided otherwise}
     *
     * @param pruning of the search
     */
    public synchronized List<Integer> decidedByTiming(Pruning pruning) {
        List<Report> reports = new ArrayList<>();
        Set<Integer> givenUp = new HashSet<>();
        outcomes.values().forEach(outcome -> {
            reports.addAll(outcome.reports());
            if (outcome.ending() instanceof Ending.Pruned) {
                givenUp.add(outcome.candidate());
            }
        });
        return pruning.decidedByTiming(reports, givenUp, minimizeScore);
    }

    /** {@return what is known of each candidate, in the order of their indices} */
    public synchronized List<CandidateInfo> candidates() {
        return new ArrayList<>(candidates.values());
    }
}
