package io.github.autol2.schedule;

import java.io.Serializable;
import java.util.Objects;

/**
 * The settings of the AutoL2 rule. Start from a preset, {@link #adaptive(long)} or {@link #paper()}, and change it with the
 * {@code with...} methods.
 *
 * @param initialLambda where the first lambda comes from
 * @param decayFactor   what lambda is divided by, finite and greater than 1
 * @param refractory    the refractory period in units of {@code timescale}, dimensionless, at least 0
 * @param timescale     the unit of the refractory period
 * @param window        which iterations make up one measurement
 * @param minimumLambda the floor: lambda is never set below it, at least 0
 * @param detector      what counts as the sign to divide
 * @param budget        the number of iterations that the run will have; 0 if it is not known. With {@link Detector.SignificantRise} tau
 *                      then counts as at most that long, so that a run with a small learning rate can divide lambda, too
 * @param holdFrom      the iteration, in the network's count, from which lambda is held to the end of the training: no division any more;
 *                      0 if it is never held. What the last lambda does to the accuracy takes its time: a division shortly before the
 *                      end may leave the final accuracy below the best
 */
public record AutoL2Options(
        InitialLambda initialLambda,
        double decayFactor,
        double refractory,
        Timescale timescale,
        Window window,
        double minimumLambda,
        Detector detector,
        long budget,
        long holdFrom)
        implements Serializable {

    public AutoL2Options {
        Objects.requireNonNull(initialLambda, "initialLambda");
        Objects.requireNonNull(timescale, "timescale");
        Objects.requireNonNull(window, "window");
        if (!(decayFactor > 1 && Double.isFinite(decayFactor))) {
            throw new IllegalArgumentException("decayFactor must be finite and > 1, got " + decayFactor);
        }
        Objects.requireNonNull(detector, "detector");
        if (budget < 0) {
            throw new IllegalArgumentException(
                    "budget must be at least 1 iteration, or 0 if it is not known, got " + budget);
        }
        if (holdFrom < 0) {
            throw new IllegalArgumentException(
                    "holdFrom must be an iteration, at least 1, or 0 for never, got " + holdFrom);
        }
        Check.notNegative("refractory", refractory);
        Check.notNegative("minimumLambda", minimumLambda);
        if (initialLambda instanceof InitialLambda.Fixed fixed && fixed.lambda() < minimumLambda) {
            throw new IllegalArgumentException(
                    "minimumLambda must not exceed initialLambda " + fixed.lambda() + ", got " + minimumLambda);
        }
    }

    /**
     * The published rule with its published settings: lambda 0.1, divided by 10, a refractory period of 0.1/lambda iterations,
     * one batch measured every 10 iterations, no floor.
     *
     * <p>The number 0.1 is taken as it is. It suits networks with batch normalisation, which are scale-invariant; it destroys a
     * small network without normalisation before the first division: start such networks lower, or use {@link #adaptive(long)}.
     */
    public static AutoL2Options paper() {
        return new AutoL2Options(
                new InitialLambda.Fixed(0.1), 10, 0.1, Timescale.INVERSE_LAMBDA, new Window.SingleBatch(10), 0);
    }

    /** A rule with the published detector and no budget. */
    AutoL2Options(
            InitialLambda initialLambda,
            double decayFactor,
            double refractory,
            Timescale timescale,
            Window window,
            double minimumLambda) {
        this(
                initialLambda,
                decayFactor,
                refractory,
                timescale,
                window,
                minimumLambda,
                new Detector.NotBelowMinimum(),
                0,
                0);
    }

    /**
     * Our preset for a run whose length is not known: the first lambda from the first loss, means over windows instead of single batches, a
     * statistical test instead of a comparison, all times in units of tau = 1/(etaEff lambda) with the learning rates as they
     * were, and a factor of 3.
     */
    public static AutoL2Options adaptive() {
        return adaptive(new InitialLambda.FromLoss(0.5));
    }

    /**
     * {@link #adaptive()} for a run whose length is known.
     *
     * @param budget the number of iterations that the run will have, at least 1: batches per epoch times epochs
     */
    public static AutoL2Options adaptive(long budget) {
        if (budget < 1) {
            throw new IllegalArgumentException("budget must be at least 1 iteration, got " + budget);
        }
        return adaptive().withBudget(budget);
    }

    /** {@link #adaptive()} for who knows the first lambda, for example from a calibration. */
    public static AutoL2Options adaptive(InitialLambda initialLambda) {
        return new AutoL2Options(
                initialLambda,
                3,
                0.4,
                Timescale.TAU,
                new Window.MeanOfTau(0.1, 20),
                0,
                new Detector.SignificantRise(4, 1),
                0,
                0);
    }

    /** Whether any of these settings depends on the learning rate. */
    public boolean needLearningRate() {
        return timescale == Timescale.TAU || window instanceof Window.MeanOfTau;
    }

    /** The unit of time in iterations, with the budget taken into account; infinite where neither defines it. */
    double unit(double lambda, double etaEff) {
        double unit = timescale.iterations(lambda, etaEff);
        return budget == 0 ? unit : Math.min(unit, (double) budget);
    }

    public AutoL2Options withInitialLambda(double lambda) {
        return new AutoL2Options(
                new InitialLambda.Fixed(lambda),
                decayFactor,
                refractory,
                timescale,
                window,
                minimumLambda,
                detector,
                budget,
                holdFrom);
    }

    public AutoL2Options withDecayFactor(double factor) {
        return new AutoL2Options(
                initialLambda, factor, refractory, timescale, window, minimumLambda, detector, budget, holdFrom);
    }

    public AutoL2Options withRefractory(double units) {
        return new AutoL2Options(
                initialLambda, decayFactor, units, timescale, window, minimumLambda, detector, budget, holdFrom);
    }

    public AutoL2Options withWindow(Window other) {
        return new AutoL2Options(
                initialLambda, decayFactor, refractory, timescale, other, minimumLambda, detector, budget, holdFrom);
    }

    public AutoL2Options withMinimumLambda(double floor) {
        return new AutoL2Options(
                initialLambda, decayFactor, refractory, timescale, window, floor, detector, budget, holdFrom);
    }

    public AutoL2Options withDetector(Detector other) {
        return new AutoL2Options(
                initialLambda, decayFactor, refractory, timescale, window, minimumLambda, other, budget, holdFrom);
    }

    public AutoL2Options withBudget(long iterations) {
        return new AutoL2Options(
                initialLambda,
                decayFactor,
                refractory,
                timescale,
                window,
                minimumLambda,
                detector,
                iterations,
                holdFrom);
    }

    public AutoL2Options withHoldFrom(long iteration) {
        return new AutoL2Options(
                initialLambda, decayFactor, refractory, timescale, window, minimumLambda, detector, budget, iteration);
    }

    /** Whether lambda is held at this iteration. */
    boolean holds(long iteration) {
        return holdFrom > 0 && iteration >= holdFrom;
    }
}
