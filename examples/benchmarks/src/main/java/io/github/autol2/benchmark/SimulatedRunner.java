package io.github.autol2.benchmark;

import io.github.autol2.arbiter.run.SearchStatus;
import java.util.List;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultReference;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;

/**
 * What Arbiter's termination conditions may ask a simulated search. It cannot be started or stopped by this, and tells no listeners.
 *
 * @param configuration of the search
 * @param status        how far it is
 */
record SimulatedRunner(OptimizationConfiguration configuration, SearchStatus status) implements IOptimizationRunner {
    @Override
    public void execute() {
        throw refused("execute");
    }

    @Override
    public void shutdown(boolean awaitCompletion) {
        throw refused("shutdown");
    }

    @Override
    public void addListeners(StatusListener... listeners) {
        throw refused("addListeners");
    }

    @Override
    public void removeListeners(StatusListener... listeners) {
        throw refused("removeListeners");
    }

    @Override
    public void removeAllListeners() {
        throw refused("removeAllListeners");
    }

    private static UnsupportedOperationException refused(String method) {
        return new UnsupportedOperationException("a simulated search has no " + method);
    }

    @Override
    public OptimizationConfiguration getConfiguration() {
        return configuration;
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

    @Override
    public int numCandidatesQueued() {
        return status.total() - status.completed() - status.failed() - status.pruned();
    }

    @Override
    public Double bestScore() {
        return status.bestScore();
    }

    @Override
    public Long bestScoreTime() {
        return status.bestScoreTime();
    }

    @Override
    public int bestScoreCandidateIndex() {
        return status.bestIndex();
    }

    @Override
    public List<ResultReference> getResults() {
        return status.results();
    }

    @Override
    public List<CandidateInfo> getCandidateStatus() {
        return status.candidates();
    }
}
