package io.github.autol2.schedule;

import java.io.Serializable;
import java.util.OptionalDouble;

/**
 * The settings of a rule. Start from a preset, {@link #adaptive(long)} or {@link #paper()}, and change it with the {@code with...}
 * methods. Each rule has a type of its own, so that a setting which a rule does not have cannot be given to it.
 */
public sealed interface AutoL2Options extends Serializable permits PublishedOptions, AdaptiveOptions {

    /**
     * {@return the published rule with its published settings: lambda 0.1, divided by 10, a refractory period of 0.1/lambda iterations,
     * one batch measured every 10 iterations, no floor}
     *
     * <p>The number 0.1 is taken as it is. It suits networks with batch normalisation, which are scale-invariant; it destroys a
     * small network without normalisation before the first division: start such networks lower, or use {@link #adaptive(long)}.
     */
    static PublishedOptions paper() {
        return new PublishedOptions(0.1, 10, 0.1, 10, 0, 0);
    }

    /** {@return our rule for a run whose length is not known} */
    static AdaptiveOptions adaptive() {
        return new AdaptiveOptions(new InitialLambda.OnceFitted(0.1), 3, 0.4, 20, 0, 0, 0);
    }

    /**
     * {@return our rule for a run whose length is known}
     *
     * @param budget the number of iterations that the run will have, at least 1: batches per epoch times epochs
     */
    static AdaptiveOptions adaptive(long budget) {
        return adaptive().withBudget(budget);
    }

    /** {@return what lambda is divided by, finite and greater than 1} */
    double decayFactor();

    /**
     * {@return the refractory period, a dimensionless number of units, at least 0} It lasts {@code refractory / (etaEff lambda)} iterations, so many
     * tau, with {@link #adaptive(long)}, and {@code refractory / lambda} iterations with {@link #paper()}.
     */
    double refractory();

    /** {@return the most iterations from one measurement to the next, at least 1} */
    int measureEvery();

    /** {@return the floor: lambda is never divided to less, at least 0} */
    double minimumLambda();

    /**
     * {@return the iteration, in the network's count, from which lambda is held to the end of the training; 0 if it is never held} What the
     * last
     * lambda does to the accuracy takes its time: a division shortly before the end may leave the final accuracy below the best.
     */
    long holdFrom();

    /**
     * {@return the same with a first lambda chosen by the user}
     *
     * @param lambda finite and greater than 0
     */
    AutoL2Options withInitialLambda(double lambda);

    /**
     * {@return the same with the whole first lambda from the start on} Without it a classifier that has not
     * fitted its training data yet, or does not overfit held-out ones, is left alone. It may gain more where many labels are wrong, and
     * lose where a network learns slowly to the end.
     */
    default AutoL2Options fromTheStart() {
        return this;
    }

    /**
     * {@return the same with another {@link #decayFactor}}
     *
     * @param factor finite and greater than 1
     */
    AutoL2Options withDecayFactor(double factor);

    /**
     * {@return the same with another {@link #refractory} period}
     *
     * @param units how many tau with {@link #adaptive(long)}, or how many times 1/lambda iterations with {@link #paper()}; dimensionless,
     *              finite, at least 0
     */
    AutoL2Options withRefractory(double units);

    /**
     * {@return the same with another {@link #measureEvery}}
     *
     * @param iterations at least 1
     */
    AutoL2Options withMeasureEvery(int iterations);

    /**
     * {@return the same with another {@link #minimumLambda}}
     *
     * @param floor finite, at least 0 and at most the first lambda where that is known
     */
    AutoL2Options withMinimumLambda(double floor);

    /**
     * {@return the same with another {@link #holdFrom}}
     *
     * @param iteration at least 1, or 0 for never
     */
    AutoL2Options withHoldFrom(long iteration);

    /** {@return whether the rule depends on the learning rate} */
    boolean needLearningRate();

    /** {@return the first lambda, where it is known before training begins} */
    OptionalDouble fixedLambda();

    /**
     * {@return the first lambda, from what is known of the network when training begins; greater than 0}
     *
     * @param start what the network shows before its first update
     */
    double firstLambda(TrainingStart start);

    /** {@return the rule with these settings, as a pure function} */
    AutoL2Rule<?> rule();

    /** {@return a run of this rule that has not begun} */
    AutoL2Run newRun();

    /** {@return whether the run is known to be so short that a penalty can only do harm} */
    boolean tooShort();

    /**
     * {@return whether lambda is held at this iteration}
     *
     * @param iteration in the network's count, at least 0
     */
    default boolean holds(long iteration) {
        return holdFrom() > 0 && iteration >= holdFrom();
    }
}
