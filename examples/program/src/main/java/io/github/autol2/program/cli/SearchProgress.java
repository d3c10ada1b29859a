package io.github.autol2.program.cli;

import io.github.autol2.arbiter.SearchRunner;
import java.io.PrintWriter;
import java.util.Locale;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.BaseStatusListener;

/** Tells on standard error, after each candidate, how many are done, which is the best and how long it may still take. */
final class SearchProgress extends BaseStatusListener {

    private static final int SECONDS = 60;

    private final int total;
    private final PrintWriter lines;
    private final long start = System.currentTimeMillis();
    private int told;
    private int restored;

    /**
     * @param total the most candidates
     */
    SearchProgress(int total, PrintWriter lines) {
        this.total = total;
        this.lines = lines;
    }

    /** Counts those that an earlier run has trained: they took no time. */
    @Override
    public synchronized void onCandidateStatusChange(
            CandidateInfo info, IOptimizationRunner search, OptimizationResult result) {
        if (result != null && info.getEndTime() != null && info.getEndTime() < start) {
            restored++;
        }
    }

    @Override
    public synchronized void onRunnerStatusChange(IOptimizationRunner search) {
        int pruned = search instanceof SearchRunner runner ? runner.numCandidatesPruned() : 0;
        int done = search.numCandidatesCompleted() + search.numCandidatesFailed() + pruned;
        if (done == told) {
            return;
        }
        told = done;
        String best = search.bestScore() == null
                ? "none trained"
                : String.format(
                        Locale.ROOT,
                        "best %.2f %% (candidate %d)",
                        100 * search.bestScore(),
                        search.bestScoreCandidateIndex());
        String failed = search.numCandidatesFailed() == 0 ? "" : ", " + search.numCandidatesFailed() + " failed";
        String givenUp = pruned == 0 ? "" : ", " + pruned + " pruned";
        lines.println(
                "search: " + done + " of " + total + " candidates" + failed + givenUp + ", " + best + timeLeft(done));
        lines.flush();
    }

    private String timeLeft(int done) {
        if (done >= total || done <= restored) {
            return "";
        }
        double seconds = (System.currentTimeMillis() - start) / 1000.0 / (done - restored) * (total - done);
        return String.format(
                Locale.ROOT,
                seconds < 2 * SECONDS ? ", about %.0f s left" : ", about %.0f min left",
                seconds < 2 * SECONDS ? seconds : seconds / SECONDS);
    }
}
