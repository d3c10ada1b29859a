package io.github.autol2.research.harm;

import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.schedule.CycleSchedule;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.RampSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** The updater of a program, which may depend on the number of iterations. */
interface HarmUpdater {

    IUpdater over(int iterations);

    /** An updater that does not. */
    static HarmUpdater of(IUpdater updater) {
        return iterations -> updater.clone();
    }

    /** Momentum 0.9 with a learning rate that a schedule changes. */
    static HarmUpdater scheduled(Rate rate, double eta) {
        return iterations -> new Nesterovs(rate.over(iterations, eta), 0.9);
    }

    /** How a learning rate changes. */
    enum Rate {
        /** Three tenths after each third. */
        STEP {
            @Override
            ISchedule over(int iterations, double eta) {
                return new StepSchedule(ScheduleType.ITERATION, eta, 0.3, Math.ceil(iterations / 3.0));
            }
        },
        /** Up to its full size in the first third. */
        RAMP {
            @Override
            ISchedule over(int iterations, double eta) {
                return new RampSchedule(new FixedSchedule(eta), Math.max(1, iterations / 3));
            }
        },
        /** Down to a twentieth. */
        EXPONENTIAL {
            @Override
            ISchedule over(int iterations, double eta) {
                return new ExponentialSchedule(ScheduleType.ITERATION, eta, Math.pow(0.05, 1.0 / iterations));
            }
        },
        /** Up and down, with a last tenth that is small. */
        CYCLE {
            @Override
            ISchedule over(int iterations, double eta) {
                return new CycleSchedule(
                        ScheduleType.ITERATION, eta / 10, eta, iterations, Math.max(1, iterations / 10), 0.1);
            }
        };

        abstract ISchedule over(int iterations, double eta);
    }
}
