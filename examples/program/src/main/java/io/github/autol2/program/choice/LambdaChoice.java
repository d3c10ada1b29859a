package io.github.autol2.program.choice;

import io.github.autol2.config.LambdaSettings;
import io.github.autol2.prediction.Level;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.training.Training;
import io.github.autol2.program.training.TrainingRun;
import io.github.autol2.program.training.ValidatedRun;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.PublishedOptions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** One way to choose lambda, to be compared with others. Two are equal if they choose the same lambda in the same way. */
public sealed interface LambdaChoice {

    /** For result files: short, unlike that of every other choice in a comparison. */
    String label();

    /** For tables and legends. */
    String title();

    /** What finished runs are kept under: fit for a file's name, and the same in a later comparison with other choices. */
    default String key() {
        return label();
    }

    /** The lambda of the whole run; empty where a rule changes it. */
    Optional<Double> constant();

    /** Whether it needs a calibration, whose cost then counts as its own. */
    default boolean needsCalibration() {
        return false;
    }

    /**
     * A run with this choice.
     *
     * @param settings of the run; its own lambda does not count
     */
    Training training(RunSettings settings, DataSplit data);

    /** One lambda for the whole run. */
    sealed interface Fixed extends LambdaChoice {

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
    }

    /** What a calibration predicts for the length of the run. */
    record Predicted(double lambda) implements Fixed {
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
    record None() implements Fixed {
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
    record OfGrid(int number, double lambda) implements Fixed {

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
    record Constant(double lambda) implements Fixed {
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
    record Habit() implements Fixed {
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

    /** 1/(etaEff T), which needs no measurement of accuracy. */
    record FreeRule() implements LambdaChoice {
        @Override
        public String label() {
            return "free-rule";
        }

        @Override
        public String title() {
            return "free rule 1/(etaEff T)";
        }

        @Override
        public Optional<Double> constant() {
            return Optional.empty();
        }

        @Override
        public Training training(RunSettings settings, DataSplit data) {
            return TrainingRun.withFreeRule(settings, data);
        }
    }

    /**
     * AutoL2 that judges by validation examples.
     *
     * @param level what a race for the run has shown; without it the race is a part of the run
     */
    record Validated(Optional<Level> level) implements LambdaChoice {

        /** With a race of its own. */
        public Validated() {
            this(Optional.empty());
        }

        @Override
        public String label() {
            return "validated";
        }

        @Override
        public String title() {
            return "AutoL2 with validation data";
        }

        @Override
        public Optional<Double> constant() {
            return Optional.empty();
        }

        @Override
        public Training training(RunSettings settings, DataSplit data) {
            return new ValidatedRun(settings, data, level);
        }
    }

    /** AutoL2 as it comes, without a calibration. */
    enum Rule implements LambdaChoice {

        /** Ours, told the budget. */
        ADAPTIVE("adaptive") {
            @Override
            AutoL2Options options(long budget, int classes) {
                return AutoL2Options.adaptive(budget);
            }
        },

        /** Ours, told nothing. */
        OPEN("adaptive without a budget") {
            @Override
            AutoL2Options options(long budget, int classes) {
                return AutoL2Options.adaptive();
            }
        },

        /** The published rule with its printed numbers. */
        PAPER("the published rule as printed") {
            @Override
            AutoL2Options options(long budget, int classes) {
                return AutoL2Options.paper();
            }
        },

        /** The published rule with its numbers in Deeplearning4j's units: with k classes lambda is 2 k times the authors'. */
        CONVERTED("the published rule in Deeplearning4j's units") {
            @Override
            AutoL2Options options(long budget, int classes) {
                PublishedOptions printed = AutoL2Options.paper();
                double factor = 2.0 * classes;
                return printed.withInitialLambda(printed.initialLambda() * factor)
                        .withRefractory(printed.refractory() * factor);
            }
        };

        private final String title;

        Rule(String title) {
            this.title = title;
        }

        @Override
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The rule's options.
         *
         * @param budget  in iterations
         * @param classes of the data
         */
        abstract AutoL2Options options(long budget, int classes);

        @Override
        public String title() {
            return title;
        }

        @Override
        public Optional<Double> constant() {
            return Optional.empty();
        }

        @Override
        public Training training(RunSettings settings, DataSplit data) {
            return new TrainingRun(
                    settings,
                    data,
                    options(settings.iterations(), data.classNames().size()));
        }
    }
}
