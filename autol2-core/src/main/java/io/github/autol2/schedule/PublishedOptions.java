package io.github.autol2.schedule;

import io.github.autol2.numbers.Check;
import java.util.OptionalDouble;

/**
 * The settings of the published rule, {@link PublishedRule}.
 *
 * @param initialLambda the first lambda, finite and greater than 0
 * @param decayFactor   what lambda is divided by, finite and greater than 1
 * @param refractory    the refractory period in units of 1/lambda iterations, dimensionless, at least 0
 * @param measureEvery  iterations from one measured batch to the next, at least 1
 * @param minimumLambda the floor, at least 0 and at most {@code initialLambda}
 * @param holdFrom      the iteration from which lambda is held, 0 for never
 */
public record PublishedOptions(
        double initialLambda,
        double decayFactor,
        double refractory,
        int measureEvery,
        double minimumLambda,
        long holdFrom)
        implements AutoL2Options {

    public PublishedOptions {
        Check.positive("initialLambda", initialLambda);
        RunCheck.options(decayFactor, refractory, measureEvery, minimumLambda, holdFrom);
        RunCheck.floor(minimumLambda, initialLambda);
    }

    @Override
    public PublishedOptions withInitialLambda(double lambda) {
        return new PublishedOptions(lambda, decayFactor, refractory, measureEvery, minimumLambda, holdFrom);
    }

    @Override
    public PublishedOptions withDecayFactor(double factor) {
        return new PublishedOptions(initialLambda, factor, refractory, measureEvery, minimumLambda, holdFrom);
    }

    @Override
    public PublishedOptions withRefractory(double units) {
        return new PublishedOptions(initialLambda, decayFactor, units, measureEvery, minimumLambda, holdFrom);
    }

    @Override
    public PublishedOptions withMeasureEvery(int iterations) {
        return new PublishedOptions(initialLambda, decayFactor, refractory, iterations, minimumLambda, holdFrom);
    }

    @Override
    public PublishedOptions withMinimumLambda(double floor) {
        return new PublishedOptions(initialLambda, decayFactor, refractory, measureEvery, floor, holdFrom);
    }

    @Override
    public PublishedOptions withHoldFrom(long iteration) {
        return new PublishedOptions(initialLambda, decayFactor, refractory, measureEvery, minimumLambda, iteration);
    }

    @Override
    public boolean tooShort() {
        return false;
    }

    @Override
    public boolean needLearningRate() {
        return false;
    }

    @Override
    public OptionalDouble fixedLambda() {
        return OptionalDouble.of(initialLambda);
    }

    @Override
    public double firstLambda(TrainingStart start) {
        return initialLambda;
    }

    @Override
    public PublishedRule rule() {
        return new PublishedRule(this);
    }

    @Override
    public AutoL2Run newRun() {
        return new PublishedRun(this);
    }
}
