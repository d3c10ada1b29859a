package io.github.autol2.arbiter.candidate;

import io.github.autol2.arbiter.pruning.Report;
import java.io.Serializable;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;

/** How the training of a candidate has ended. */
public sealed interface Ending extends Serializable {

    /** {@return one word for files and tables: finished, failed, cancelled or pruned} */
    String status();

    /** {@return why it ended, in one line without a full stop} */
    String reason();

    /** {@return all that is known of why it ended: of a failure the stack trace, otherwise the reason} */
    default String detail() {
        return reason();
    }

    /** {@return what comes closest among Arbiter's own} */
    CandidateStatus inArbiter();

    /**
     * It was trained to its end and scored.
     *
     * @param score  on the validation data, by the score function of the search; not NaN
     * @param reason what its end was: its epochs, or early stopping
     */
    record Finished(double score, String reason) implements Ending {

        /** Checks the score. */
        public Finished {
            if (Double.isNaN(score)) {
                throw new IllegalArgumentException("score must be a number, got NaN: such a candidate has failed");
            }
        }

        @Override
        public String status() {
            return "finished";
        }

        @Override
        public CandidateStatus inArbiter() {
            return CandidateStatus.Complete;
        }
    }

    /**
     * It has thrown something, or its score is NaN.
     *
     * @param trace the stack trace
     */
    record Failed(String trace) implements Ending {

        @Override
        public String status() {
            return "failed";
        }

        @Override
        public CandidateStatus inArbiter() {
            return CandidateStatus.Failed;
        }

        /** The first line of the stack trace: the exception and its message. */
        @Override
        public String reason() {
            return trace.lines().findFirst().orElse("");
        }

        @Override
        public String detail() {
            return trace;
        }
    }

    /**
     * It was given up because of its validation scores.
     *
     * @param reason of the rule; with several threads its counts depend on who has reported by then
     * @param last   its last score, and when that was
     */
    record Pruned(String reason, Report last) implements Ending {

        @Override
        public String status() {
            return "pruned";
        }

        /** Arbiter has no word for it. */
        @Override
        public CandidateStatus inArbiter() {
            return CandidateStatus.Cancelled;
        }
    }

    /**
     * The search ended before it did. It has no result; a search that goes on trains it again.
     *
     * @param reason what has ended the search
     */
    record Cancelled(String reason) implements Ending {

        @Override
        public String status() {
            return "cancelled";
        }

        @Override
        public CandidateStatus inArbiter() {
            return CandidateStatus.Cancelled;
        }
    }
}
