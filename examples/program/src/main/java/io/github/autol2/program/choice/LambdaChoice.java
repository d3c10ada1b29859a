package io.github.autol2.program.choice;

import io.github.autol2.prediction.Level;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.training.PredictedRun;
import io.github.autol2.program.training.Training;
import io.github.autol2.program.training.TrainingRun;
import io.github.autol2.program.training.ValidatedRun;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.PublishedOptions;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;

/** One way to choose lambda, to be compared with others. Two are equal if they choose the same lambda in the same way. */
public sealed interface LambdaChoice
        permits FixedLambda,
                LambdaChoice.FreeRule,
                LambdaChoice.TimeLaw,
                LambdaChoice.Held,
                LambdaChoice.Validated,
                LambdaChoice.Rule {

    /** For result files: short, unlike that of every other choice in a comparison. */
    String label();

    /** For tables and legends. */
    String title();

    /** What finished runs are kept under: fit for a file's name, and the same in a later comparison with other choices. */
    default String key() {
        return label();
    }

    /** The lambda of the whole run; empty where a rule changes it, or the run itself finds it. */
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

    /** c/T, as a calibration of the run's own predicts it without a race: what the paper proposes. */
    record TimeLaw() implements LambdaChoice {
        @Override
        public String label() {
            return "time-law";
        }

        @Override
        public String title() {
            return "prediction c/T";
        }

        @Override
        public Optional<Double> constant() {
            return Optional.empty();
        }

        @Override
        public Training training(RunSettings settings, DataSplit data) {
            return new PredictedRun(settings.withoutRace(), data);
        }
    }

    /** The lambda of a race of short runs and of a run-off, held to the end. */
    record Held() implements LambdaChoice {
        @Override
        public String label() {
            return "held";
        }

        @Override
        public String title() {
            return "its race and a run-off, then held";
        }

        @Override
        public Optional<Double> constant() {
            return Optional.empty();
        }

        @Override
        public Training training(RunSettings settings, DataSplit data) {
            return new ValidatedRun(settings, data).holdingLambda();
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
            AutoL2Options options(long budget, IntSupplier classes) {
                return AutoL2Options.adaptive(budget);
            }
        },

        /** Ours, told nothing. */
        OPEN("adaptive without a budget") {
            @Override
            AutoL2Options options(long budget, IntSupplier classes) {
                return AutoL2Options.adaptive();
            }
        },

        /** The published rule with its printed numbers. */
        PAPER("the published rule as printed") {
            @Override
            AutoL2Options options(long budget, IntSupplier classes) {
                return AutoL2Options.paper();
            }
        },

        /** The published rule with its numbers in Deeplearning4j's units: with k classes lambda is 2 k times the authors'. */
        CONVERTED("the published rule in Deeplearning4j's units") {
            @Override
            AutoL2Options options(long budget, IntSupplier classes) {
                PublishedOptions printed = AutoL2Options.paper();
                double factor = 2.0 * classes.getAsInt();
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
         * @param classes of the data, asked for only where the rule depends on them: a quantity has none
         */
        abstract AutoL2Options options(long budget, IntSupplier classes);

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
                    options(settings.iterations(), () -> data.classNames().size()));
        }
    }
}
