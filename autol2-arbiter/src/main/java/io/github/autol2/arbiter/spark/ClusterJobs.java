package io.github.autol2.arbiter.spark;

import io.github.autol2.arbiter.pruning.Pruning;
import io.github.autol2.arbiter.pruning.Report;
import io.github.autol2.arbiter.pruning.Verdict;
import io.github.autol2.arbiter.run.ScoreBoard;
import io.github.autol2.arbiter.run.WantedCalibration;
import io.github.autol2.dl4j.CalibrationObserver;
import io.github.autol2.dl4j.log.RunLog;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationRun;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** The jobs of one search on a cluster, seen from the driver. Thread-safe. */
final class ClusterJobs {

    private static final RunLog LOG = RunLog.of(ClusterJobs.class);

    private final Cluster cluster;
    private final String search = "autol2-" + UUID.randomUUID();
    private final AtomicLong jobs = new AtomicLong();
    private final ScoreBoard scores;

    /**
     * @param scores that the candidates of the search report
     */
    ClusterJobs(Cluster cluster, ScoreBoard scores) {
        this.cluster = cluster;
        this.scores = scores;
    }

    /**
     * @param observer is told of all iterations when the job is done, also if the calibration failed; where candidates report what their
     *                 calibrations have shown, of each run at once, and of no run otherwise
     * @param finished runs that are made already
     * @throws CancellationException that of the observer, or because this thread was interrupted
     */
    Calibration calibrate(WantedCalibration wanted, CalibrationObserver observer, List<CalibrationRun> finished)
            throws IOException {
        RunsOfJob runs = new RunsOfJob(observer);
        CalibrationJob job = new CalibrationJob(wanted, Json.write(finished), scores.judgesCalibrations(), newName());
        CalibrationJob.Home home;
        try (DriverAnswers.Asking asking = DriverAnswers.open(job.name(), runs)) {
            home = Json.read(run(job, asking.job()), CalibrationJob.Home.class);
        }
        for (long i = 1; i <= home.spent(); i++) {
            observer.iteration(null, i, i, home.spent());
        }
        runs.throwIfGivenUp();
        if (home.failure() != null) {
            throw new FailedElsewhereException(home.failure());
        }
        return home.calibration();
    }

    /**
     * @param job with a {@link #newName}
     */
    TrainingJob.Home train(TrainingJob job) throws IOException {
        try (DriverAnswers.Asking asking = DriverAnswers.open(job.name(), question -> reason(question.report()))) {
            return Json.read(run(job, asking.job()), TrainingJob.Home.class);
        }
    }

    private Optional<String> reason(Report report) {
        return scores.judge(report) instanceof Verdict.Prune prune ? Optional.of(prune.reason()) : Optional.empty();
    }

    /** Of one job. */
    String newName() {
        return search + "-" + jobs.incrementAndGet();
    }

    /**
     * @throws CancellationException if this thread was interrupted, which it stays
     * @throws ClusterLostException  if the cluster does no other job either
     * @throws IllegalStateException if this job alone cannot be done
     */
    private byte[] run(ClusterJob job, String name) throws ClusterLostException {
        try {
            return runOnce(job, name);
        } catch (CancellationException e) {
            throw e;
        } catch (Exception e) {
            check();
            throw new IllegalStateException("the cluster has given this job up: " + e, e);
        }
    }

    private void check() throws ClusterLostException {
        try {
            PresenceJob job = new PresenceJob(!scores.rule().equals(Pruning.none()), newName());
            try (DriverAnswers.Asking asking = DriverAnswers.open(job.name(), question -> Optional.empty())) {
                runOnce(job, asking.job());
            }
        } catch (CancellationException e) {
            throw e;
        } catch (Exception e) {
            throw new ClusterLostException(e);
        }
    }

    @SuppressWarnings("InterruptedExceptionSwallowed") // the thread stays interrupted
    private byte[] runOnce(ClusterJob job, String name) throws Exception {
        try {
            return cluster.run(name, job);
        } catch (Exception e) { // Scala throws an InterruptedException that its signature does not tell
            if (e instanceof InterruptedException || Thread.interrupted()) {
                cancel(name);
                Thread.currentThread().interrupt();
                throw new CancellationException("the search was stopped");
            }
            throw e;
        }
    }

    private void cancel(String name) {
        try {
            cluster.cancel(name);
        } catch (RuntimeException e) { // a cluster that is gone does the job no longer
            LOG.warn("the job {} cannot be cancelled: {}", name, e.toString());
        }
    }

    /** The runs of a calibration job, as it tells of them. */
    private static final class RunsOfJob implements Function<DriverAnswers.Question, Optional<String>> {
        private final CalibrationObserver observer;
        private CancellationException givenUp;

        private RunsOfJob(CalibrationObserver observer) {
            this.observer = observer;
        }

        @Override
        public Optional<String> apply(DriverAnswers.Question question) {
            try {
                if (question.moreMomentum()) {
                    observer.moreMomentum();
                }
                observer.finished(question.run());
                return Optional.empty();
            } catch (CancellationException e) {
                givenUp = e;
                return Optional.of(String.valueOf(e.getMessage()));
            }
        }

        /** Of a job that is closed. */
        void throwIfGivenUp() {
            if (givenUp != null) {
                throw givenUp;
            }
        }
    }
}
