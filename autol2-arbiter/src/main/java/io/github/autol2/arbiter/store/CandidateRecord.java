package io.github.autol2.arbiter.store;

import io.github.autol2.arbiter.candidate.CandidateLambda;
import io.github.autol2.arbiter.candidate.CandidateOutcome;
import io.github.autol2.arbiter.candidate.CandidateResult;
import io.github.autol2.arbiter.candidate.Ending;
import io.github.autol2.arbiter.candidate.LambdaCandidate;
import io.github.autol2.arbiter.pruning.Report;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;

/**
 * What is kept of a candidate, so that a search that goes on knows it again and need not train it again.
 *
 * @param identity tells it from candidates of other searches
 * @param result   null if it has not ended
 */
public record CandidateRecord(String identity, Result result) {

    private static final String PRUNED = "pruned";

    /** Checks that it has an identity. */
    public CandidateRecord {
        Objects.requireNonNull(identity, "identity");
    }

    /**
     * What became of it.
     *
     * @param status                one of {@link Ending#status}
     * @param score                 null if it failed or was pruned
     * @param detail                why it ended; of a failure the stack trace
     * @param lambda                null if it failed before lambda was known
     * @param iterations            of its own training
     * @param calibrationIterations of its calibration
     * @param calibration           its name, empty without one
     * @param reports               of its scores while it trained
     * @param start                 of its training, in milliseconds since 1970
     * @param end                   of its training, likewise
     */
    public record Result(
            String status,
            Double score,
            String detail,
            CandidateLambda lambda,
            long iterations,
            long calibrationIterations,
            String calibration,
            List<Report> reports,
            long start,
            long end) {

        /** Checks what belongs together. */
        public Result {
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(detail, "detail");
            reports = List.copyOf(reports);
            if (PRUNED.equals(status) && reports.isEmpty()) {
                throw new IllegalArgumentException("a pruned candidate must have at least one report, got none");
            }
        }

        Ending ending() {
            if (PRUNED.equals(status)) {
                return new Ending.Pruned(detail, reports.get(reports.size() - 1));
            }
            return score == null ? new Ending.Failed(detail) : new Ending.Finished(score, detail);
        }

        /**
         * {@return the same with another cost of the calibration}
         *
         * @param spent iterations, at least 0
         */
        public Result withCalibrationIterations(long spent) {
            return new Result(status, score, detail, lambda, iterations, spent, calibration, reports, start, end);
        }

        /**
         * {@return the same after other reports}
         *
         * @param before what the candidate has reported earlier
         */
        public Result withReportsBefore(List<Report> before) {
            List<Report> all = Stream.concat(before.stream(), reports.stream()).toList();
            return new Result(
                    status, score, detail, lambda, iterations, calibrationIterations, calibration, all, start, end);
        }

        /**
         * {@return the result as it was, for the same candidate} Its network is where the result saver has put it.
         *
         * @param candidate learns its lambda
         */
        public OptimizationResult restore(LambdaCandidate candidate) {
            if (lambda != null) {
                candidate.setLambda(lambda);
            }
            CandidateOutcome outcome = new CandidateOutcome(
                    candidate.getIndex(), ending(), iterations, calibrationIterations, calibration, reports);
            return CandidateResult.of(candidate, outcome, lambda, start, end);
        }
    }

    static CandidateRecord begun(String identity) {
        return new CandidateRecord(identity, null);
    }

    static CandidateRecord ended(String identity, LambdaCandidate candidate, OptimizationResult result) {
        return new CandidateRecord(identity, resultOf(candidate, result));
    }

    /**
     * {@return a result as it goes to JSON}
     *
     * @param candidate that has finished, failed or been pruned
     * @param result    of it
     */
    public static Result resultOf(LambdaCandidate candidate, OptimizationResult result) {
        CandidateInfo info = result.getCandidateInfo();
        CandidateOutcome outcome = CandidateResult.outcomeOf(result);
        return new Result(
                outcome.ending().status(),
                result.getScore(),
                outcome.ending().detail(),
                candidate.lambda().orElse(null),
                outcome.iterations(),
                outcome.calibrationIterations(),
                outcome.calibration(),
                outcome.reports(),
                info.getStartTime(),
                info.getEndTime());
    }

    boolean hasEnded() {
        return result != null;
    }
}
