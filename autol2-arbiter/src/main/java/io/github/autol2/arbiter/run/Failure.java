package io.github.autol2.arbiter.run;

import io.github.autol2.arbiter.candidate.Ending;
import io.github.autol2.dl4j.log.RunLog;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.arbiter.optimize.api.Candidate;

/** What becomes of a candidate that has thrown something. */
public final class Failure {

    private static final RunLog LOG = RunLog.of(CandidateTask.class);

    private Failure() {}

    /**
     * {@return what ends a candidate that has thrown something} An interrupted thread was told to stop; it stays interrupted.
     *
     * @param candidate that was training on this thread
     * @param e         what it has thrown
     */
    public static Ending ending(Candidate<?> candidate, Throwable e) {
        if (e instanceof PrunedException pruned) {
            LOG.info("candidate {} is given up: {}", candidate.getIndex(), pruned.getMessage());
            return new Ending.Pruned(pruned.getMessage(), pruned.last());
        }
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        if (Thread.currentThread().isInterrupted()) {
            LOG.info("candidate {} was stopped", candidate.getIndex());
            return new Ending.Cancelled("the search was stopped");
        }
        LOG.warn("candidate {} failed: {}", candidate.getIndex(), e, e);
        return new Ending.Failed(stackTrace(e));
    }

    /**
     * {@return the stack trace, for a candidate's info}
     *
     * @param e why the candidate failed
     */
    public static String stackTrace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /**
     * {@return whether something was thrown because memory was short, on this thread or on one that it waited for}
     *
     * @param e what was thrown
     */
    public static boolean isOutOfMemory(Throwable e) {
        return e != null && (e instanceof OutOfMemoryError || isOutOfMemory(e.getCause()));
    }

    /**
     * {@return what tells a cluster that a machine has lost a job, so that it is done again: for want of memory, or because its data cannot be
     * opened or the driver does not answer there; empty if the candidate has failed} It has no cause: for an Error among the causes Spark ends the whole machine, with
     * all its jobs.
     *
     * @param e what was thrown
     */
    public static Optional<IllegalStateException> lost(Throwable e) {
        if (e instanceof JobLost lost) {
            return Optional.of(lost);
        }
        return isOutOfMemory(e)
                ? Optional.of(new JobLost("this machine has not memory enough for the job beside its others: " + e))
                : Optional.empty();
    }

    /** What tells that a machine cannot open the data. */
    static IllegalStateException noData(Throwable e) {
        return new JobLost("this machine cannot open the data: " + reasons(e));
    }

    /**
     * {@return what tells that a job cannot ask whether to go on}
     *
     * @param e what the question has come to
     */
    public static IllegalStateException noAnswer(Throwable e) {
        return new JobLost("the driver does not answer this machine: " + reasons(e));
    }

    private static String reasons(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause)
                .map(Throwable::toString)
                .collect(Collectors.joining(", because of "));
    }

    /** No fault of the candidate. */
    private static final class JobLost extends IllegalStateException {

        private static final long serialVersionUID = 1;

        JobLost(String reason) {
            super(reason);
        }
    }
}
