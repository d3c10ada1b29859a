package io.github.autol2.arbiter.store;

import io.github.autol2.arbiter.candidate.CandidateLambda;
import io.github.autol2.arbiter.candidate.LambdaCandidate;
import java.util.Objects;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;

/**
 * What is kept of a candidate, so that a search that goes on knows it again and need not train it again.
 *
 * @param identity tells it from candidates of other searches
 * @param score    null if it failed or has not ended
 * @param lambda   null if it failed before lambda was known, or has not ended
 * @param failure  the stack trace, or null
 * @param start    of its training, in milliseconds since 1970; null if it has not ended
 * @param end      of its training, likewise
 */
record CandidateRecord(String identity, Double score, CandidateLambda lambda, String failure, Long start, Long end) {

    CandidateRecord {
        Objects.requireNonNull(identity, "identity");
    }

    static CandidateRecord begun(String identity) {
        return new CandidateRecord(identity, null, null, null, null, null);
    }

    static CandidateRecord ended(String identity, LambdaCandidate candidate, OptimizationResult result) {
        CandidateInfo info = result.getCandidateInfo();
        return new CandidateRecord(
                identity,
                result.getScore(),
                candidate.lambda().orElse(null),
                info.getExceptionStackTrace(),
                info.getStartTime(),
                info.getEndTime());
    }

    boolean hasEnded() {
        return end != null;
    }

    /** The result as it was, for the same candidate proposed again. Its network is where the result saver has put it. */
    OptimizationResult restore(LambdaCandidate candidate) {
        if (lambda != null) {
            candidate.setLambda(lambda);
        }
        CandidateInfo info = new CandidateInfo(
                candidate.getIndex(),
                score == null ? CandidateStatus.Failed : CandidateStatus.Complete,
                score,
                start,
                start,
                end,
                candidate.getFlatParameters(),
                failure);
        return new OptimizationResult(candidate, score, candidate.getIndex(), lambda, info, null);
    }
}
