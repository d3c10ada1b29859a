package io.github.autol2.schedule;

import java.io.Serializable;
import java.util.OptionalDouble;

/**
 * The settings of a rule. Start from a preset, {@link #adaptive(long)} or {@link #paper()}, and change it with the {@code with...}
 * methods. Each rule has a type of its own, so that a setting which a rule does not have cannot be given to it.
 */
public sealed interface AutoL2Options extends Serializable permits PublishedOptions, AdaptiveOptions {

    /**
     * The published rule with its published settings: lambda 0.1, divided by 10, a refractory period of 0.1/lambda iterations,
     * one batch measured every 10 iterations, no floor.
     *
     * <p>The number 0.1 is taken as it is. It suits networks with batch normalisation, which are scale-invariant; it destroys a
     * small network without normalisation before the first division: start such networks lower, or use {@link #adaptive(long)}.
     */
    static PublishedOptions paper() {
        return new PublishedOptions(0.1, 10, 0.1, 10, 0, 0);
    }

    /** Our rule for a run whose length is not known. */
    static AdaptiveOptions adaptive() {
        return new AdaptiveOptions(new InitialLambda.FromLoss(0.1), 3, 0.4, 20, 0, 0, 0);
    }

    /**
     * Our rule for a run whose length is known.
     *
     * @param budget the number of iterations that the run will have, at least 1: batches per epoch times epochs
     */
    static AdaptiveOptions adaptive(long budget) {
        return adaptive().withBudget(budget);
    }

    /** What lambda is divided by, finite and greater than 1. */
    double decayFactor();

    /** The refractory period, dimensionless, at least 0, in the rule's own unit. */
    double refractory();

    /** The most iterations from one measurement to the next, at least 1. */
    int measureEvery();

    /** The floor: lambda is never divided to less, at least 0. */
    double minimumLambda();

    /**
     * The iteration, in the network's count, from which lambda is held to the end of the training; 0 if it is never held. What the last
     * lambda does to the accuracy takes its time: a division shortly before the end may leave the final accuracy below the best.
     */
    long holdFrom();

    /** The same with a first lambda chosen by the user, finite and greater than 0. */
    AutoL2Options withInitialLambda(double lambda);

    /** The same with another {@link #decayFactor}. */
    AutoL2Options withDecayFactor(double factor);

    /** The same with another {@link #refractory} period. */
    AutoL2Options withRefractory(double units);

    /** The same with another {@link #measureEvery}. */
    AutoL2Options withMeasureEvery(int iterations);

    /** The same with another {@link #minimumLambda}. */
    AutoL2Options withMinimumLambda(double floor);

    /** The same with another {@link #holdFrom}. */
    AutoL2Options withHoldFrom(long iteration);

    /** Whether the rule depends on the learning rate. */
    boolean needLearningRate();

    /** The first lambda, where it is known before training begins. */
    OptionalDouble fixedLambda();

    /** The first lambda, from what is known of the network when training begins; greater than 0. */
    double firstLambda(TrainingStart start);

    /** The rule with these settings, as a pure function. */
    AutoL2Rule<?> rule();

    /** A run of this rule that has not begun. */
    AutoL2Run newRun();

    /** Whether the run is known to be so short that a penalty can only do harm. */
    boolean tooShort();

    /** Whether lambda is held at this iteration. */
    default boolean holds(long iteration) {
        return holdFrom() > 0 && iteration >= holdFrom();
    }
}
