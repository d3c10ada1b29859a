package io.github.autol2.arbiter.spark;

import io.github.autol2.arbiter.candidate.CandidateOutcome;
import io.github.autol2.arbiter.candidate.CandidateResult;
import io.github.autol2.arbiter.candidate.Ending;
import io.github.autol2.arbiter.candidate.LambdaCandidate;
import io.github.autol2.arbiter.pruning.Pruning;
import io.github.autol2.arbiter.run.CandidateTask;
import io.github.autol2.arbiter.run.Failure;
import io.github.autol2.arbiter.run.OnMachine;
import io.github.autol2.arbiter.run.SearchData;
import io.github.autol2.arbiter.store.CandidateRecord;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;

/**
 * Trains and scores a candidate whose lambda is known.
 *
 * @param candidate   of its own, without the generator's
 * @param data        opened where the job is done
 * @param score       of the search
 * @param keepNetwork whether the network comes home
 * @param rule        of the search, by which the candidate reports
 * @param name        of this job, by which it asks
 */
record TrainingJob(
        LambdaCandidate candidate,
        SearchData.Source data,
        ScoreFunction score,
        boolean keepNetwork,
        Pruning rule,
        String name)
        implements ClusterJob {

    /**
     * What comes home.
     *
     * @param result  of the candidate, without the cost of its calibration
     * @param network as Deeplearning4j writes it, with its updater; null if it is not wanted, or there is none
     */
    record Home(CandidateRecord.Result result, byte[] network) {}

    /**
     * @throws CancellationException if the thread was interrupted
     * @throws IllegalStateException for want of memory, or if the data cannot be opened here, or if the driver does not answer
     */
    @Override
    public byte[] call(Driver driver) {
        NetworkBytes network = new NetworkBytes();
        OptimizationResult result = new CandidateTask(
                        candidate,
                        new OnMachine(data),
                        score,
                        keepNetwork ? Optional.of(network) : Optional.empty(),
                        new JudgeOnDriver(rule, driver, name))
                .call();
        CandidateOutcome outcome = CandidateResult.outcomeOf(result);
        if (outcome.ending() instanceof Ending.Cancelled cancelled) {
            throw new CancellationException(cancelled.reason());
        }
        try {
            return Json.write(new Home(CandidateRecord.resultOf(candidate, result), network.zip()));
        } catch (OutOfMemoryError e) {
            throw Failure.lost(e).orElseThrow();
        }
    }
}
