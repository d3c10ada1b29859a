package io.github.autol2.program.model;

import io.github.autol2.program.config.LearningRateSchedule;
import io.github.autol2.program.config.TrainSettings;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Deeplearning4j's updaters from the settings. */
final class Updaters {

    private Updaters() {}

    static IUpdater of(TrainSettings train, long iterations) {
        IUpdater updater = switch (train.updater()) {
            case SGD -> new Sgd(train.learningRate());
            case NESTEROVS -> new Nesterovs(train.learningRate(), train.momentum());
            case ADAM -> new Adam(train.learningRate());
            case RMSPROP -> new RmsProp(train.learningRate());
        };
        if (!train.schedule().equals(LearningRateSchedule.CONSTANT)) {
            updater.setLrAndSchedule(Double.NaN, schedule(train, iterations));
        }
        return updater;
    }

    private static ISchedule schedule(TrainSettings train, long iterations) {
        MapSchedule.Builder schedule = new MapSchedule.Builder(ScheduleType.ITERATION);
        train.schedule()
                .steps(Math.toIntExact(iterations))
                .forEach((iteration, factor) -> schedule.add(iteration, train.learningRate() * factor));
        return schedule.build();
    }
}
