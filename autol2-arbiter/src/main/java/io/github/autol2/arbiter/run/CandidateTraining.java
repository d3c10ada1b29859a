package io.github.autol2.arbiter.run;

import io.github.autol2.arbiter.candidate.CandidateOutcome;
import io.github.autol2.arbiter.candidate.CandidateResult;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.TaskCreator;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;

/**
 * Trains a candidate on a worker's thread, with whatever task creator a search has. It never throws: a candidate that fails, or is
 * stopped, has a result that says so.
 *
 * @param runner      who searches
 * @param taskCreator perhaps of the user's own
 * @param listeners   who are told of a failure
 */
public record CandidateTraining(IOptimizationRunner runner, TaskCreator taskCreator, StatusListeners listeners)
        implements Function<Candidate<?>, OptimizationResult> {

    @Override
    public OptimizationResult apply(Candidate<?> candidate) {
        try {
            OptimizationResult result = task(candidate).call();
            if (result.getScore() == null || !result.getScore().isNaN()) {
                return result;
            }
            throw new ArithmeticException("the score is NaN");
        } catch (Throwable e) { // of a task creator of the user's own; LambdaTaskCreator's never throw
            long now = System.currentTimeMillis();
            CandidateOutcome outcome =
                    new CandidateOutcome(candidate.getIndex(), Failure.ending(candidate, e), 0, 0, "", List.of());
            OptimizationResult result = CandidateResult.of(candidate, outcome, null, now, now);
            listeners.tell(listener -> listener.onCandidateStatusChange(result.getCandidateInfo(), runner, result));
            return result;
        }
    }

    @SuppressWarnings("deprecation") // for programs that still use providers
    private Callable<OptimizationResult> task(Candidate<?> candidate) throws Exception {
        if (candidate.getException() != null) {
            throw candidate.getException();
        }
        OptimizationConfiguration configuration = runner.getConfiguration();
        return configuration.getDataSource() == null
                ? taskCreator.create(
                        candidate,
                        configuration.getDataProvider(),
                        configuration.getScoreFunction(),
                        listeners.all(),
                        runner)
                : taskCreator.create(
                        candidate,
                        configuration.getDataSource(),
                        configuration.getDataSourceProperties(),
                        configuration.getScoreFunction(),
                        listeners.all(),
                        runner);
    }
}
