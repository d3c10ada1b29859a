package io.github.autol2.arbiter.spark;

import io.github.autol2.arbiter.run.Failure;
import io.github.autol2.arbiter.run.WantedCalibration;
import io.github.autol2.dl4j.CalibrationObserver;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationSearch.Trial;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.nd4j.linalg.factory.Nd4j;

/** Makes a calibration, which its candidates share through the driver. */
record CalibrationJob(WantedCalibration wanted) implements ClusterJob {

    /**
     * What comes home.
     *
     * @param calibration null if it failed
     * @param failure     the stack trace if it failed, otherwise null
     * @param spent       iterations, also of one that failed
     */
    record Home(Calibration calibration, String failure, long spent) {}

    /**
     * @throws CancellationException if the thread was interrupted
     * @throws IllegalStateException for want of memory, or if the data cannot be opened here
     */
    @Override
    public byte[] call() {
        AtomicLong spent = new AtomicLong();
        CalibrationObserver observer = new CalibrationObserver() {
            @Override
            public void iteration(Trial trial, long iteration, long before, long most) {
                spent.incrementAndGet();
            }
        };
        try {
            Calibration calibration = wanted.here().make(observer, List.of());
            return Json.write(new Home(calibration, null, spent.get()));
        } catch (Throwable e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("the search was stopped");
            }
            Optional<IllegalStateException> lost = Failure.lost(e);
            if (lost.isPresent()) { // another machine, or this one later, may do it
                throw lost.get();
            }
            return Json.write(new Home(null, Failure.stackTrace(e), spent.get()));
        } finally {
            Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
        }
    }
}
