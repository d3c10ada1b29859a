package io.github.autol2.arbiter.spark;

import io.github.autol2.arbiter.pruning.Pruning;
import io.github.autol2.arbiter.pruning.Report;
import io.github.autol2.arbiter.pruning.Verdict;
import io.github.autol2.arbiter.run.Failure;
import io.github.autol2.arbiter.run.Judge;
import io.github.autol2.arbiter.spark.DriverAnswers.Question;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;

/**
 * In a training job: has the driver judge.
 *
 * @param rule   of the search
 * @param driver that is asked
 * @param job    its name
 */
record JudgeOnDriver(Pruning rule, Driver driver, String job) implements Judge {

    /** The driver has seen to that. */
    @Override
    public boolean judgesCalibrations() {
        return false;
    }

    @Override
    public OptionalLong next(long iteration) {
        return rule.nextReport(iteration);
    }

    @Override
    public Verdict judge(Report report) {
        return ask(driver, new Question(job, report, null, false))
                .<Verdict>map(Verdict.Prune::new)
                .orElseGet(Verdict.Continue::new);
    }

    /**
     * Returns why the job ends; empty: it goes on.
     *
     * @throws CancellationException if the thread was interrupted
     * @throws IllegalStateException if there is no answer: the job is lost
     */
    @SuppressWarnings("InterruptedExceptionSwallowed") // the thread stays interrupted
    static Optional<String> ask(Driver driver, Question question) {
        try {
            return DriverAnswers.ask(driver, question);
        } catch (
                Throwable e) { // also an Error of the driver's; Scala throws an InterruptedException that its signature
            // does not tell
            if (e instanceof InterruptedException || Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new CancellationException("the search was stopped");
            }
            throw Failure.noAnswer(e);
        }
    }
}
