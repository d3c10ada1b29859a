package io.github.autol2.arbiter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultReference;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;

/** How far a search is. Thread-safe. */
final class SearchStatus {

    private final boolean minimizeScore;
    private final Map<Integer, CandidateInfo> candidates = new TreeMap<>();
    private final List<ResultReference> results = new ArrayList<>();
    private int completed;
    private int failed;
    private Scored best;
    private Long bestScoreTime;

    SearchStatus(boolean minimizeScore) {
        this.minimizeScore = minimizeScore;
    }

    /** A candidate has got another state, but no result that counts. */
    synchronized void changed(CandidateInfo info) {
        candidates.put(info.getIndex(), info);
    }

    /** A candidate has a result, which counts. */
    synchronized void ended(OptimizationResult result) {
        candidates.put(result.getIndex(), result.getCandidateInfo());
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

    synchronized int total() {
        return candidates.size();
    }

    synchronized int completed() {
        return completed;
    }

    synchronized int failed() {
        return failed;
    }

    synchronized Double bestScore() {
        return best == null ? null : (Double) best.score();
    }

    synchronized Long bestScoreTime() {
        return bestScoreTime;
    }

    synchronized int bestIndex() {
        return best == null ? -1 : best.index();
    }

    synchronized List<ResultReference> results() {
        return new ArrayList<>(results);
    }

    synchronized List<CandidateInfo> candidates() {
        return new ArrayList<>(candidates.values());
    }
}
