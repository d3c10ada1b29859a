package io.github.autol2.arbiter.spark;

import io.github.autol2.arbiter.run.Failure;
import io.github.autol2.arbiter.run.WantedCalibration;
import io.github.autol2.arbiter.spark.DriverAnswers.Question;
import io.github.autol2.dl4j.CalibrationObserver;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationRun;
import io.github.autol2.prediction.CalibrationSearch.Trial;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes a calibration, which its candidates share through the driver.
 *
 * @param wanted   that nobody has made yet
 * @param finished runs that are made already, an array in JSON
 * @param asks     whether it asks after each run if it goes on
 * @param name     of this job, by which it asks
 */
record CalibrationJob(WantedCalibration wanted, byte[] finished, boolean asks, String name) implements ClusterJob {

    /**
     * What comes home.
     *
     * @param calibration null if it failed or was given up
     * @param failure     the stack trace if it failed, otherwise null
     * @param spent       iterations, also of one that failed or was given up
     */
    record Home(Calibration calibration, String failure, long spent) {}

    /**
     * @throws CancellationException if the thread was interrupted
     * @throws IllegalStateException for want of memory, or if the data cannot be opened here, or if the driver does not answer
     */
    @Override
    public byte[] call(Driver driver) {
        Observer observer = new Observer(driver);
        try {
            List<CalibrationRun> before = List.of(Json.read(finished, CalibrationRun[].class));
            Calibration calibration = wanted.here().make(observer, before);
            return Json.write(new Home(calibration, null, observer.spent));
        } catch (Throwable e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("the search was stopped");
            }
            if (observer.givenUp) {
                return Json.write(new Home(null, null, observer.spent));
            }
            Optional<IllegalStateException> lost = Failure.lost(e);
            if (lost.isPresent()) { // another machine, or this one later, may do it
                throw lost.get();
            }
            return Json.write(new Home(null, Failure.stackTrace(e), observer.spent));
        } finally {
            Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
        }
    }

    /** Counts, and asks. */
    private final class Observer implements CalibrationObserver {
        private final Driver driver;
        private long spent;
        private boolean moreMomentum;
        private boolean givenUp;

        private Observer(Driver driver) {
            this.driver = driver;
        }

        @Override
        public void moreMomentum() {
            moreMomentum = true;
        }

        @Override
        public void iteration(Trial trial, long iteration, long before, long most) {
            spent++;
        }

        @Override
        public void finished(CalibrationRun run) {
            Optional<String> stop =
                    asks ? DriverAnswers.ask(driver, new Question(name, null, run, moreMomentum)) : Optional.empty();
            if (stop.isPresent()) {
                givenUp = true;
                throw new CancellationException(stop.get());
            }
        }
    }
}
