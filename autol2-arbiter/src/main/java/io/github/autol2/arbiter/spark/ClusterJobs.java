package io.github.autol2.arbiter.spark;

import io.github.autol2.arbiter.run.WantedCalibration;
import io.github.autol2.dl4j.CalibrationObserver;
import io.github.autol2.dl4j.log.RunLog;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationRun;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

/** The jobs of one search on a cluster, seen from the driver. Thread-safe. */
final class ClusterJobs {

    private static final RunLog LOG = RunLog.of(ClusterJobs.class);

    private final Cluster cluster;
    private final String search = "autol2-" + UUID.randomUUID();
    private final AtomicLong jobs = new AtomicLong();

    ClusterJobs(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * @param observer is told of all iterations when the job is done, also if the calibration failed
     * @param finished none: only a candidate that is given up leaves a calibration half made, and none is on a cluster
     */
    Calibration calibrate(WantedCalibration wanted, CalibrationObserver observer, List<CalibrationRun> finished)
            throws IOException {
        CalibrationJob.Home home = Json.read(run(new CalibrationJob(wanted)), CalibrationJob.Home.class);
        for (long i = 1; i <= home.spent(); i++) {
            observer.iteration(null, i, i, home.spent());
        }
        if (home.failure() != null) {
            throw new FailedElsewhereException(home.failure());
        }
        return home.calibration();
    }

    TrainingJob.Home train(TrainingJob job) throws IOException {
        return Json.read(run(job), TrainingJob.Home.class);
    }

    /**
     * @throws CancellationException if this thread was interrupted, which it stays
     * @throws ClusterLostException  if the cluster does no other job either
     * @throws IllegalStateException if this job alone cannot be done
     */
    private byte[] run(ClusterJob job) throws ClusterLostException {
        try {
            return runOnce(job);
        } catch (CancellationException e) {
            throw e;
        } catch (Exception e) {
            check();
            throw new IllegalStateException("the cluster has given this job up: " + e, e);
        }
    }

    private void check() throws ClusterLostException {
        try {
            runOnce(new PresenceJob());
        } catch (CancellationException e) {
            throw e;
        } catch (Exception e) {
            throw new ClusterLostException(e);
        }
    }

    @SuppressWarnings("InterruptedExceptionSwallowed") // the thread stays interrupted
    private byte[] runOnce(ClusterJob job) throws Exception {
        String name = search + "-" + jobs.incrementAndGet();
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
}
