package io.github.autol2.arbiter.spark;

import io.github.autol2.arbiter.pruning.Pruning;
import io.github.autol2.arbiter.pruning.Report;
import io.github.autol2.arbiter.pruning.Verdict;
import io.github.autol2.arbiter.run.Judge;
import io.github.autol2.arbiter.spark.DriverAnswers.Question;
import java.util.OptionalLong;

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
        return DriverAnswers.ask(driver, new Question(job, report, null, false))
                .<Verdict>map(Verdict.Prune::new)
                .orElseGet(Verdict.Continue::new);
    }
}
