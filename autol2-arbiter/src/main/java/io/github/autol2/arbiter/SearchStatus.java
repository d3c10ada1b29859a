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
    private Double bestScore;
    private Long bestScoreTime;
    private int bestIndex = -1;

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
        double score = result.getScore();
        if (bestScore == null || isBetter(score, result.getIndex())) {
            bestScore = score;
            bestScoreTime = System.currentTimeMillis();
            bestIndex = result.getIndex();
        }
    }

    /** Of equal scores the first candidate's counts, in whatever order they come. */
    private boolean isBetter(double score, int index) {
        int compared = minimizeScore ? Double.compare(score, bestScore) : Double.compare(bestScore, score);
        return compared < 0 || compared == 0 && index < bestIndex;
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
        return bestScore;
    }

    synchronized Long bestScoreTime() {
        return bestScoreTime;
    }

    synchronized int bestIndex() {
        return bestIndex;
    }

    synchronized List<ResultReference> results() {
        return new ArrayList<>(results);
    }

    synchronized List<CandidateInfo> candidates() {
        return new ArrayList<>(candidates.values());
    }
}
