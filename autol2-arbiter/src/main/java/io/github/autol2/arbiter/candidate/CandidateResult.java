package io.github.autol2.arbiter.candidate;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;

/**
 * Arbiter's result of a candidate with what Arbiter has no place for: how the training ended, and what it has cost. It is what status
 * listeners and generators are given.
 */
public final class CandidateResult extends OptimizationResult {

    private static final long serialVersionUID = 1;

    private final CandidateOutcome outcome;

    private CandidateResult(Candidate<?> candidate, CandidateOutcome outcome, Object lambda, CandidateInfo info) {
        super(candidate, score(outcome), candidate.getIndex(), lambda, info, null);
        this.outcome = outcome;
    }

    /**
     * {@return the result of a candidate}
     *
     * @param candidate that has ended
     * @param outcome   what became of it
     * @param lambda    its lambda; null if that is not known
     * @param start     of its training, in milliseconds since 1970
     * @param end       of its training, likewise
     */
    public static CandidateResult of(
            Candidate<?> candidate, CandidateOutcome outcome, CandidateLambda lambda, long start, long end) {
        Ending ending = outcome.ending();
        CandidateInfo info = new CandidateInfo(
                candidate.getIndex(),
                ending.inArbiter(),
                score(outcome),
                start,
                start,
                end,
                candidate.getFlatParameters(),
                ending instanceof Ending.Finished ? null : ending.detail());
        return new CandidateResult(candidate, outcome, lambda, info);
    }

    private static Double score(CandidateOutcome outcome) {
        return outcome.ending() instanceof Ending.Finished finished ? (Double) finished.score() : null;
    }

    /** {@return what became of the candidate} Of a calibration it has the whole cost, whoever shares it. */
    public CandidateOutcome outcome() {
        return outcome;
    }

    /**
     * {@return what became of a candidate}
     *
     * @param result of any task creator; one of the user's own tells nothing about iterations
     */
    public static CandidateOutcome outcomeOf(OptimizationResult result) {
        if (result instanceof CandidateResult known) {
            return known.outcome;
        }
        String trace = result.getCandidateInfo() == null
                ? null
                : result.getCandidateInfo().getExceptionStackTrace();
        return new CandidateOutcome(
                result.getIndex(),
                result.getScore() == null
                        ? new Ending.Failed(trace == null ? "" : trace)
                        : new Ending.Finished(result.getScore(), "trained to its end"),
                0,
                0,
                "",
                List.of());
    }

    /**
     * {@return what a generator is to hear of a candidate: of one that was pruned its last score} That is a score of a shorter training,
     * so in general a worse one. Empty if it has no score: what a
     * calibration has shown is none.
     *
     * @param result of any task creator
     */
    public static Optional<OptimizationResult> forGenerator(OptimizationResult result) {
        if (result instanceof CandidateResult known
                && known.outcome.ending() instanceof Ending.Pruned pruned
                && !pruned.last().fromCalibration()
                && !Double.isNaN(pruned.last().score())) {
            OptimizationResult scored = ofInner(result.getCandidate(), result);
            scored.setScore(pruned.last().score());
            return Optional.of(scored);
        }
        return Optional.of(result).filter(scored -> scored.getScore() != null);
    }

    /**
     * {@return the same result of a candidate that was stopped with the search}
     *
     * @param result that does not count
     * @param reason what has ended the search
     */
    public static CandidateResult cancelled(OptimizationResult result, String reason) {
        result.getCandidateInfo().setCandidateStatus(CandidateStatus.Cancelled);
        return new CandidateResult(
                result.getCandidate(),
                outcomeOf(result).withEnding(new Ending.Cancelled(reason)),
                result.getModelSpecificResults(),
                result.getCandidateInfo());
    }

    /**
     * {@return the same result of a candidate that has failed}
     *
     * @param result without a score
     * @param reason in one line
     */
    public static CandidateResult failed(OptimizationResult result, String reason) {
        result.getCandidateInfo().setCandidateStatus(CandidateStatus.Failed);
        result.getCandidateInfo().setExceptionStackTrace(reason);
        return new CandidateResult(
                result.getCandidate(),
                outcomeOf(result).withEnding(new Ending.Failed(reason)),
                result.getModelSpecificResults(),
                result.getCandidateInfo());
    }

    /**
     * {@return the same result for the candidate of another generator, inside this one's}
     *
     * @param inner  the other generator's candidate
     * @param result of the candidate around it
     */
    public static OptimizationResult ofInner(Candidate<?> inner, OptimizationResult result) {
        OptimizationResult same = result instanceof CandidateResult known
                ? new CandidateResult(inner, known.outcome, result.getModelSpecificResults(), result.getCandidateInfo())
                : new OptimizationResult(
                        inner,
                        result.getScore(),
                        inner.getIndex(),
                        result.getModelSpecificResults(),
                        result.getCandidateInfo(),
                        null);
        same.setScore(result.getScore());
        same.setResultReference(result.getResultReference());
        return same;
    }
}
