package io.github.autol2.program.config;

import io.github.autol2.config.LambdaSettings;
import io.github.autol2.config.Settings;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.prediction.CalibrationOptions;
import java.util.List;
import java.util.Objects;

/**
 * All settings of a training run.
 *
 * @param seeds       distinct, none 0, at least one; the run is repeated with each
 * @param data        what is learned
 * @param model       what learns it
 * @param train       how
 * @param lambda      the coefficient of the penalty
 * @param calibration how lambda is measured, where it is
 */
public record RunSettings(
        List<Long> seeds,
        DataSettings data,
        ModelSettings model,
        TrainSettings train,
        LambdaSettings lambda,
        CalibrationSettings calibration) {

    private static final double LEARNING_RATE = 0.05;

    /** Squared errors have steeper gradients than cross-entropy. */
    private static final double LEARNING_RATE_OF_QUANTITY = 0.005;

    public RunSettings {
        seeds = List.copyOf(seeds);
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(train, "train");
        Objects.requireNonNull(lambda, "lambda");
        Objects.requireNonNull(calibration, "calibration");
        Seeds.check(seeds);
        if (train.batchSize() > data.trainSize()) {
            throw new IllegalArgumentException(
                    "train.batchSize must be <= data.trainSize " + data.trainSize() + ", got " + train.batchSize());
        }
    }

    /** {@link #read(SettingsReader)} for who needs only the values. */
    public static RunSettings read(Settings settings) {
        return read(new SettingsReader(settings));
    }

    /**
     * Reads all keys; afterwards the reader tells which values act.
     *
     * @param reader a new one
     * @throws io.github.autol2.config.SettingsException if there is any problem
     */
    public static RunSettings read(SettingsReader reader) {
        List<Long> seeds = Seeds.read(reader, CalibrationOptions.DEFAULT_SEEDS);
        DataSettings data = DataSettings.read(reader);
        ModelSettings model = ModelSettings.read(reader);
        TrainSettings train = TrainSettings.read(
                reader,
                data.kind() == DataSettings.Kind.CSV ? data.trainSize() : Integer.MAX_VALUE,
                data.isRegression() ? LEARNING_RATE_OF_QUANTITY : LEARNING_RATE);
        reader.require(
                train.batchSize() <= data.trainSize(),
                "train.batchSize",
                "must be <= data.trainSize " + data.trainSize(),
                "data.trainSize");
        for (String key : List.of(
                "train.updater",
                "train.learningRate",
                "train.momentum",
                "train.schedule",
                DataSettings.CLASS_WEIGHTS)) {
            reader.refuseIf(model.kind() == ModelSettings.Kind.FILE, key, "model.kind"); // the file has its own
        }
        LambdaSettings lambda = LambdaSettings.read(reader);
        CalibrationSettings calibration = CalibrationSettings.read(reader);
        reader.finish();
        return new RunSettings(seeds, data, model, train, lambda, calibration);
    }

    /** The same for other seeds. */
    public RunSettings withSeeds(List<Long> others) {
        return new RunSettings(others, data, model, train, lambda, calibration);
    }

    /** Returns these settings with another way to choose lambda. */
    public RunSettings withLambda(LambdaSettings other) {
        return new RunSettings(seeds, data, model, train, other, calibration);
    }

    /** Returns these settings with calibrations that know the paper's law c/T alone. */
    public RunSettings withoutRace() {
        return new RunSettings(seeds, data, model, train, lambda, calibration.withoutRace());
    }

    /** Returns these settings with another learning rate. */
    public RunSettings withLearningRate(double eta) {
        return new RunSettings(seeds, data, model, train.withLearningRate(eta), lambda, calibration);
    }

    /** Returns these settings with another length, in iterations. */
    public RunSettings withSteps(int steps) {
        return new RunSettings(seeds, data, model, train.withSteps(steps), lambda, calibration);
    }

    /** The number of parameter updates of each run. */
    public long iterations() {
        return train.iterations(data.trainSize());
    }

    /** The number of parameter updates in one pass over the training examples. */
    public long batchesPerEpoch() {
        return train.batchesPerEpoch(data.trainSize());
    }

    /** The number of passes over the training examples, with a part of one counted as whole. */
    public int epochs() {
        return Math.toIntExact((iterations() - 1) / batchesPerEpoch() + 1);
    }

    /** The time that lambda is predicted for: the first decay of the learning rate, or the end of the run. */
    public long horizon() {
        return train.schedule().firstDecay(iterations());
    }
}
