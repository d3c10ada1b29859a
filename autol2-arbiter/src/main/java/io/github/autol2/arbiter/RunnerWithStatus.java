package io.github.autol2.arbiter;

import io.github.autol2.arbiter.candidate.CandidateOutcome;
import io.github.autol2.arbiter.pruning.Pruning;
import io.github.autol2.arbiter.run.SearchLoop;
import io.github.autol2.arbiter.run.SearchStatus;
import io.github.autol2.arbiter.run.StatusListeners;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultReference;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;

/** A runner that can be asked how far its search is, by Arbiter's questions and others. Thread-safe. */
abstract class RunnerWithStatus implements IOptimizationRunner {

    private final OptimizationConfiguration configuration;
    private final Pruning pruning;
    private final SearchStatus status;
    private final StatusListeners listeners = new StatusListeners(new CopyOnWriteArrayList<>());

    /**
     * A search that has not begun.
     *
     * @param configuration of the search
     * @param minimizeScore whether small scores are good
     * @param pruning       when a candidate is given up
     */
    RunnerWithStatus(OptimizationConfiguration configuration, boolean minimizeScore, Pruning pruning) {
        this.configuration = configuration;
        this.pruning = Objects.requireNonNull(pruning, "pruning");
        this.status = new SearchStatus(minimizeScore);
    }

    /** The loop that does the search. */
    abstract SearchLoop loop();

    /** How far the search is. */
    final SearchStatus status() {
        return status;
    }

    /** Who are told of the search. */
    final StatusListeners listeners() {
        return listeners;
    }

    /**
     * Ends the search from another thread; does not wait for it.
     *
     * @param awaitCompletion whether running candidates are finished; otherwise they are stopped at their next iteration, and have no
     *                        result
     */
    @Override
    public void shutdown(boolean awaitCompletion) {
        loop().end(awaitCompletion);
    }

    @Override
    public int numCandidatesTotal() {
        return status.total();
    }

    @Override
    public int numCandidatesCompleted() {
        return status.completed();
    }

    @Override
    public int numCandidatesFailed() {
        return status.failed();
    }

    /** {@return the number of candidates that were given up} They count neither as completed nor as failed. */
    public int numCandidatesPruned() {
        return status.pruned();
    }

    @Override
    public int numCandidatesQueued() {
        return loop().running();
    }

    /** Null if no candidate has a score yet. */
    @Override
    public Double bestScore() {
        return status.bestScore();
    }

    /** Returns the time of the best score in milliseconds since 1970; null if no candidate has a score yet. */
    @Override
    public Long bestScoreTime() {
        return status.bestScoreTime();
    }

    /** -1 if no candidate has a score yet. */
    @Override
    public int bestScoreCandidateIndex() {
        return status.bestIndex();
    }

    /**
     * {@return what became of each candidate that has ended, in their order, and the iterations that it has cost} A calibration that several
     * share is at the expense of the first. Iterations of a run that was killed are not known to the one that goes on.
     */
    public List<CandidateOutcome> outcomes() {
        return status.outcomes();
    }

    /** {@return the training iterations of all candidates that have ended, those of their calibrations included} */
    public long trainingIterations() {
        return status.trainingIterations();
    }

    /**
     * {@return the candidates for which a search on one thread would have decided otherwise, whether to give them up} If there are none, the
     * whole search is that of a single thread, but for the counts that a verdict names as its reason. Otherwise what came after the first
     * of them may have been another, too.
     */
    public List<Integer> decidedByTiming() {
        return status.decidedByTiming(pruning);
    }

    /** What the result saver has returned; a candidate that an earlier run has trained has no reference. */
    @Override
    public List<ResultReference> getResults() {
        return status.results();
    }

    @Override
    public OptimizationConfiguration getConfiguration() {
        return configuration;
    }

    @Override
    public void addListeners(StatusListener... more) {
        listeners.all().addAll(List.of(more));
    }

    @Override
    public void removeListeners(StatusListener... others) {
        listeners.all().removeAll(List.of(others));
    }

    @Override
    public void removeAllListeners() {
        listeners.all().clear();
    }

    /** Returns the status of all candidates, in their order. */
    @Override
    public List<CandidateInfo> getCandidateStatus() {
        return status.candidates();
    }
}
