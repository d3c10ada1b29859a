package io.github.autol2.arbiter.spark;

import io.github.autol2.arbiter.candidate.CandidateOutcome;
import io.github.autol2.arbiter.candidate.CandidateResult;
import io.github.autol2.arbiter.candidate.LambdaCandidate;
import io.github.autol2.arbiter.run.CandidateReports;
import io.github.autol2.arbiter.run.CandidateTask;
import io.github.autol2.arbiter.run.Failure;
import io.github.autol2.arbiter.run.LambdaPrediction;
import io.github.autol2.arbiter.run.NotKept;
import io.github.autol2.arbiter.run.ScoreBoard;
import io.github.autol2.arbiter.run.SearchData;
import io.github.autol2.arbiter.run.StatusListeners;
import io.github.autol2.arbiter.store.Calibrations;
import io.github.autol2.arbiter.store.NotKeptException;
import io.github.autol2.arbiter.store.Saving;
import io.github.autol2.dl4j.SavedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultSaver;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.nn.api.Model;

/**
 * One candidate, on the driver: sees to it that its lambda is known, has it trained, saves its network.
 *
 * @param scores       that the candidates of the search report
 * @param calibrations of the search
 * @param saving       of its network
 * @param listeners    who are told of its end
 * @param runner       that the task belongs to
 */
record ClusterTask(
        LambdaCandidate candidate,
        SearchData.Source data,
        ScoreFunction score,
        ClusterJobs jobs,
        ScoreBoard scores,
        Calibrations calibrations,
        Saving saving,
        StatusListeners listeners,
        IOptimizationRunner runner)
        implements Callable<OptimizationResult> {

    /** Never throws: a candidate that fails has no score, and its reason in the candidate's info. */
    @Override
    public OptimizationResult call() {
        OptimizationResult result = result(System.currentTimeMillis());
        listeners.tell(listener -> listener.onCandidateStatusChange(result.getCandidateInfo(), runner, result));
        return result;
    }

    private OptimizationResult result(long start) {
        long iterations = 0;
        CandidateReports reports = new CandidateReports(candidate.getIndex(), scores);
        try {
            LambdaPrediction.setLambda(candidate, data, calibrations, jobs::calibrate, reports::calibrated);
            TrainingJob job =
                    new TrainingJob(candidate.alone(), data, score, saver().isPresent(), scores.rule(), jobs.newName());
            TrainingJob.Home home = jobs.train(job);
            iterations = home.result().iterations();
            OptimizationResult result = home.result()
                    .withCalibrationIterations(calibrations.spent(candidate.calibration()))
                    .withReportsBefore(reports.all())
                    .restore(candidate);
            if (home.network() != null) {
                save(result, home.network());
            }
            return result;
        } catch (Throwable e) {
            boolean trained = iterations > 0 && Failure.isOutOfMemory(e);
            return failed(trained || e instanceof OutOfMemoryError ? notKept(e) : e, iterations, reports, start);
        }
    }

    /**
     * The driver trains nothing: memory that is short here is no fault of the candidate, and each candidate behind it would be trained for
     * nothing, too. So this counts as a result that could not be kept. A machine of the cluster that is short of memory throws no Error here.
     */
    private static NotKeptException notKept(Throwable e) {
        return new NotKeptException(new IOException(
                "the driver has not memory enough for what comes home: give it more, or let fewer candidates train at a time: "
                        + e,
                e));
    }

    private OptimizationResult failed(Throwable e, long iterations, CandidateReports reports, long start) {
        CandidateOutcome outcome = new CandidateOutcome(
                candidate.getIndex(),
                Failure.ending(candidate, e),
                iterations,
                calibrations.spent(candidate.calibration()),
                candidate.calibration(),
                reports.all());
        OptimizationResult result = CandidateResult.of(
                candidate, outcome, candidate.lambda().orElse(null), start, System.currentTimeMillis());
        if (e instanceof NotKeptException || e instanceof ClusterLostException) {
            result.setResultReference(new NotKept(result, (IOException) e));
        }
        return result;
    }

    private Optional<ResultSaver> saver() {
        return Optional.ofNullable(runner.getConfiguration().getResultSaver());
    }

    private void save(OptimizationResult result, byte[] zip) throws NotKeptException, InterruptedException {
        Model network = unpacked(zip);
        try {
            result.setResultReference(saving.save(saver().orElseThrow(), result, network));
        } finally {
            if (CandidateTask.keepsNoNetwork(saver().orElseThrow())) {
                network.close();
            }
        }
    }

    private static Model unpacked(byte[] zip) throws NotKeptException {
        try {
            return read(zip);
        } catch (IOException e) {
            throw new NotKeptException(e);
        }
    }

    private static Model read(byte[] zip) throws IOException {
        Path file = Files.createTempFile("autol2", ".zip");
        try {
            return SavedNetwork.read(Files.write(file, zip));
        } finally {
            Files.delete(file);
        }
    }
}
