package io.github.autol2.arbiter;

import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;

/**
 * What is kept of a candidate, so that a search that goes on need not train it again.
 *
 * @param identity tells it from candidates of other searches
 * @param score    null if it failed
 * @param lambda   null if it failed before lambda was known
 * @param failure  the stack trace, or null
 * @param start    of its training, in milliseconds since 1970
 * @param end      of its training, likewise
 */
record FinishedCandidate(String identity, Double score, CandidateLambda lambda, String failure, Long start, Long end) {

    static FinishedCandidate of(String identity, OptimizationResult result) {
        CandidateInfo info = result.getCandidateInfo();
        CandidateLambda lambda = result.getCandidate() instanceof LambdaCandidate of ? of.lambda().orElse(null) : null;
        return new FinishedCandidate(identity, result.getScore(), lambda, info.getExceptionStackTrace(), info.getStartTime(), info.getEndTime());
    }

    /** The result as it was, for the same candidate proposed again. Its network is where the result saver has put it. */
    OptimizationResult restore(Candidate<?> candidate) {
        if (lambda != null && candidate instanceof LambdaCandidate of) {
            of.setLambda(lambda);
        }
        CandidateInfo info = new CandidateInfo(candidate.getIndex(), score == null ? CandidateStatus.Failed : CandidateStatus.Complete, score,
                start, start, end, candidate.getFlatParameters(), failure);
        return new OptimizationResult(candidate, score, candidate.getIndex(), lambda, info, null);
    }
}
