package io.github.autol2.program.config;

import io.github.autol2.config.Format;
import io.github.autol2.config.Range;
import io.github.autol2.config.SettingsReader;
import java.util.Objects;
import java.util.Optional;

/**
 * The keys {@code train.*}. Exactly one of steps and epochs is present. Updater, learning rate, momentum and schedule are without
 * meaning for a model from a file, which has its own.
 *
 * @param steps         length of the run in iterations, at least 1
 * @param epochs        length of the run in passes over the training examples, at least 1
 * @param batchSize     examples per iteration, at least 1
 * @param updater       how gradients become updates
 * @param learningRate  eta before the schedule, greater than 0
 * @param momentum      in [0, 1); 0 for an updater other than {@code NESTEROVS}
 * @param schedule      what eta is multiplied by during the run
 * @param evaluateEvery iterations from one evaluation to the next, at least 1
 * @param keepEvery     seconds from one saving of a run that can be resumed to the next, at least 0; 0 saves at each evaluation
 * @param helpers       whether Deeplearning4j may use its oneDNN helpers
 */
public record TrainSettings(
        Optional<Integer> steps,
        Optional<Integer> epochs,
        int batchSize,
        Updater updater,
        double learningRate,
        double momentum,
        LearningRateSchedule schedule,
        int evaluateEvery,
        double keepEvery,
        boolean helpers) {

    /** The key of {@link #keepEvery}, which changes no result. */
    public static final String KEEP_EVERY = "train.keepEvery";

    /** Beyond these, eta times or over the other numbers of a run is 0 or infinite. */
    private static final double SLOWEST = 1e-12;

    private static final double FASTEST = 1e6;

    private static final int BATCH_SIZE = 128;
    private static final Range COUNT = Range.atLeast(1);
    private static final Range NOT_NEGATIVE = Range.atLeast(0);
    private static final Range POSITIVE = Range.above(0);
    private static final Range MOMENTUM = Range.from(0, 1);

    /** How gradients become updates. */
    public enum Updater {
        /** Plain stochastic gradient descent. */
        SGD,
        /** Stochastic gradient descent with Nesterov's momentum. */
        NESTEROVS,
        /** Adam. */
        ADAM,
        /** RMSProp. */
        RMSPROP
    }

    public TrainSettings {
        Objects.requireNonNull(updater, "updater");
        Objects.requireNonNull(schedule, "schedule");
        if (steps.isPresent() == epochs.isPresent()) {
            throw new IllegalArgumentException(
                    "exactly one of train.steps and train.epochs must be given, got " + steps + " and " + epochs);
        }
        steps.ifPresent(number -> COUNT.check("train.steps", number));
        epochs.ifPresent(number -> COUNT.check("train.epochs", number));
        COUNT.check("train.batchSize", batchSize);
        POSITIVE.check("train.learningRate", learningRate);
        MOMENTUM.check("train.momentum", momentum);
        COUNT.check("train.evaluateEvery", evaluateEvery);
        NOT_NEGATIVE.check(KEEP_EVERY, keepEvery);
    }

    /**
     * Reads the keys.
     *
     * @param largestBatch that the default may have
     * @param learningRate the default
     */
    static TrainSettings read(SettingsReader reader, int largestBatch, double learningRate) {
        int steps = reader.value("train.steps", 4000, Format.integer(COUNT), "length of the run in iterations");
        Optional<Integer> epochs = reader.optional(
                "train.epochs",
                "none",
                Format.integer(COUNT),
                "length of the run in passes over the training examples, instead of train.steps");
        reader.refuseIf(epochs.isPresent(), "train.steps", "train.epochs");

        int batchSize = reader.value(
                "train.batchSize",
                Math.min(BATCH_SIZE, largestBatch),
                Format.integer(COUNT),
                "examples per iteration, at most data.trainSize");
        Updater updater = reader.value(
                "train.updater", Updater.NESTEROVS, Format.choice(Updater.class), "how gradients become updates");
        double eta = reader.value(
                "train.learningRate",
                learningRate,
                Format.number(POSITIVE),
                "eta before the schedule; default for data.task=regression: 0.005");
        double momentum =
                reader.value("train.momentum", 0.9, Format.number(MOMENTUM), "momentum of the updater nesterovs");
        reader.refuseIf(updater != Updater.NESTEROVS, "train.momentum", "train.updater");
        requireLearningRate(reader, "train.learningRate", eta);
        LearningRateSchedule schedule = reader.value(
                "train.schedule",
                LearningRateSchedule.CONSTANT,
                LearningRateSchedule.FORMAT,
                "what eta is multiplied by, and at which fractions of the run");
        int evaluateEvery = reader.value(
                "train.evaluateEvery",
                20,
                Format.integer(COUNT),
                "iterations from one evaluation on validation and test examples to the next");
        double keepEvery = reader.value(
                KEEP_EVERY,
                30.0,
                Format.number(NOT_NEGATIVE),
                "seconds from one saving of a run of train to the next, for --resume; 0 saves at each evaluation");
        boolean helpers = reader.value(
                "train.helpers",
                true,
                Format.bool(),
                "fast convolutions and batch normalisation by oneDNN, where the natives have it");

        return new TrainSettings(
                epochs.isPresent() ? Optional.empty() : Optional.of(steps),
                epochs,
                batchSize,
                updater,
                eta,
                updater == Updater.NESTEROVS ? momentum : 0,
                schedule,
                evaluateEvery,
                keepEvery,
                helpers);
    }

    /**
     * Refuses a learning rate so small or so large that its products with the other numbers of a run are 0 or infinite.
     *
     * @param key that it was read from
     */
    public static void requireLearningRate(SettingsReader reader, String key, double eta) {
        reader.require(
                eta >= SLOWEST && eta <= FASTEST, key, "must be at least " + SLOWEST + " and at most " + FASTEST);
    }

    /**
     * The number of parameter updates: {@code steps}, or {@code epochs * ceil(trainSize / batchSize)}.
     *
     * @param trainSize number of training examples, at least 1
     */
    public long iterations(int trainSize) {
        return epochs.isPresent() ? epochs.get() * batchesPerEpoch(trainSize) : steps.orElseThrow();
    }

    /** {@code ceil(trainSize / batchSize)}. */
    long batchesPerEpoch(int trainSize) {
        COUNT.check("trainSize", trainSize);
        return (trainSize - 1L) / batchSize + 1;
    }

    TrainSettings withSteps(int number) {
        return new TrainSettings(
                Optional.of(number),
                Optional.empty(),
                batchSize,
                updater,
                learningRate,
                momentum,
                schedule,
                Math.min(evaluateEvery, number),
                keepEvery,
                helpers);
    }

    TrainSettings withLearningRate(double eta) {
        return new TrainSettings(
                steps, epochs, batchSize, updater, eta, momentum, schedule, evaluateEvery, keepEvery, helpers);
    }
}
