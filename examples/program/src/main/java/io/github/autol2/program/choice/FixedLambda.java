package io.github.autol2.program.choice;

import io.github.autol2.config.LambdaSettings;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.training.Training;
import io.github.autol2.program.training.TrainingRun;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** One lambda for the whole run, which is known before the run. */
public sealed interface FixedLambda extends LambdaChoice {

    /** Finite, at least 0. */
    double lambda();

    @Override
    default Optional<Double> constant() {
        return Optional.of(lambda());
    }

    @Override
    default Training training(RunSettings settings, DataSplit data) {
        return new TrainingRun(settings.withLambda(LambdaSettings.constant(lambda())), data);
    }

    /** What a calibration predicts for the length of the run. */
    record Predicted(double lambda) implements FixedLambda {
        @Override
        public String label() {
            return "predicted";
        }

        @Override
        public String title() {
            return "prediction";
        }

        @Override
        public boolean needsCalibration() {
            return true;
        }
    }

    /** No penalty at all. */
    record None() implements FixedLambda {
        @Override
        public double lambda() {
            return 0;
        }

        @Override
        public String label() {
            return "none";
        }

        @Override
        public String title() {
            return "no penalty";
        }
    }

    /**
     * One of a grid around a prediction.
     *
     * @param number from 1
     */
    record OfGrid(int number, double lambda) implements FixedLambda {

        /** The grid reaches this many decades to each side of its centre. */
        private static final double DECADES = 2;

        /**
         * A grid in increasing order, evenly spaced in the logarithm.
         *
         * @param centre greater than 0; the only lambda of a grid of one
         * @param size   at least 0
         */
        public static List<OfGrid> around(double centre, int size) {
            return IntStream.range(0, size)
                    .mapToObj(i -> new OfGrid(
                            i + 1, centre * Math.pow(10, size == 1 ? 0 : -DECADES + 2 * DECADES * i / (size - 1))))
                    .toList();
        }

        @Override
        public String label() {
            return "grid-" + number;
        }

        @Override
        public String title() {
            return "grid";
        }

        /** By its lambda, so that another grid finds its own among them. */
        @Override
        public String key() {
            return "grid-" + lambda;
        }
    }

    /** Any other constant. */
    record Constant(double lambda) implements FixedLambda {
        @Override
        public String label() {
            return "constant-" + lambda;
        }

        @Override
        public String title() {
            return "constant " + lambda;
        }
    }

    /** What most programs have. */
    record Habit() implements FixedLambda {
        @Override
        public double lambda() {
            return 1e-4;
        }

        @Override
        public String label() {
            return "habit";
        }

        @Override
        public String title() {
            return "l2 = 1e-4";
        }
    }
}
