package io.github.autol2.schedule;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Follows one training run: collects what each iteration shows into measurements and passes them to the {@link AutoL2Rule}.
 *
 * <p>Every iteration shows its score, which includes the penalty. The penalty itself and the training error cost time to read,
 * so they are asked for only at some iterations ({@link #wantsSample}), ten or more in a tau. Between two samples the penalty is taken
 * as a geometric series. An iteration without a sample allocates nothing.
 *
 * <p>Not thread-safe: callers that train in several threads lock it.
 *
 * <pre>{@code
 * run.begin(iteration, penaltyAtOne);                             // once
 * if (run.wantsSample(iteration)) {
 *     run.sample(iteration, score, penalty, error, etaEff);       // a measurement and its decision, now and then
 * } else {
 *     run.add(score);
 * }
 * }</pre>
 */
public final class AutoL2Run {

    private static final double SETTLED = -1;

    private final AutoL2Options options;
    private final WindowMean mean;
    private AutoL2State state;
    private double penaltyAtOne = SETTLED; // until the first loss is known
    private long judgedAt = -1; // so that of several replicas only the first is a single batch's measurement

    /** A run that has not begun. */
    public AutoL2Run(AutoL2Options options) {
        this.options = Objects.requireNonNull(options, "options");
        this.mean = new WindowMean();
    }

    /** A run that continues where the snapshot was taken, with the very same decisions as if it had not stopped. */
    public AutoL2Run(Snapshot snapshot) {
        this.options = snapshot.options();
        this.state = snapshot.state();
        this.mean = new WindowMean(snapshot.window());
        this.judgedAt = snapshot.judgedAt();
        this.penaltyAtOne = snapshot.penaltyAtOne();
    }

    /** A completed measurement and what the rule said to it. */
    public record Measured(Measurement measurement, Decision decision) {}

    /**
     * All that a run remembers, as plain values.
     *
     * @param state    the rule's memory
     * @param window   the measurement that is being collected
     * @param judgedAt the iteration of the last measurement, -1 before the first
     * @param penaltyAtOne what the first lambda waits for the first loss with; -1 as soon as that is known
     */
    public record Snapshot(
            AutoL2Options options, AutoL2State state, WindowMean.Sums window, long judgedAt, double penaltyAtOne) {}

    /**
     * Sets the first lambda; the first sample, which is of the first iteration, may set it anew before the first update.
     *
     * @param iteration    the first iteration
     * @param penaltyAtOne the penalty that lambda = 1 would have, over the weights whose size matters, at least 0; 0 if there are none
     */
    public void begin(long iteration, double penaltyAtOne) {
        if (state != null) {
            throw new IllegalStateException("the run has begun already");
        }
        state = AutoL2Rule.start(options, penaltyAtOne, iteration);
        this.penaltyAtOne = penaltyAtOne;
    }

    public boolean hasBegun() {
        return state != null;
    }

    public AutoL2Options options() {
        return options;
    }

    /** Whether the first lambda is final, because the first loss is known. */
    public boolean hasSettled() {
        return hasBegun() && penaltyAtOne == SETTLED;
    }

    /** The current coefficient. */
    public double lambda() {
        return begun().lambda();
    }

    /** Time since the last division, or the start, as of the last measurement, in units of tau; 0 with the published detector. */
    public double timescalesSinceDivision() {
        return begun().progress().elapsed();
    }

    /** The same since the run began. */
    public double timescales() {
        return begun().progress().total();
    }

    /** Whether this iteration's penalty and training error are needed. */
    public boolean wantsSample(long iteration) {
        if (options.window() instanceof Window.SingleBatch single) {
            return iteration % single.every() == 0 && iteration > judgedAt;
        }
        return mean.wantsSample(iteration);
    }

    /**
     * An iteration without a sample.
     *
     * @param score the mean loss per example with the penalty, finite
     */
    public void add(double score) {
        begun();
        Check.finite("score", score);
        if (!(options.window() instanceof Window.SingleBatch)) {
            mean.add(score);
        }
    }

    /**
     * An iteration with a sample.
     *
     * @param score   the mean loss per example with the penalty, finite
     * @param penalty the score minus the loss without penalty, finite
     * @param error   fraction of the batch classified wrongly, in [0, 1]; empty where there is none
     * @param etaEff  the current learning rate divided by (1 - momentum), at least 0
     * @return a measurement and its decision, if this iteration completes one
     */
    public Optional<Measured> sample(
            long iteration, double score, double penalty, OptionalDouble error, double etaEff) {
        return sample(iteration, score, penalty, error, etaEff, etaEff);
    }

    /**
     * The same for an updater whose steps are not in proportion to etaEff.
     *
     * @param step size of the steps; see {@link Measurement}
     */
    public Optional<Measured> sample(
            long iteration, double score, double penalty, OptionalDouble error, double etaEff, double step) {
        begun();
        Check.finite("score", score);
        Check.finite("penalty", penalty);
        Measurement batch = new Measurement(
                iteration, score - penalty, error, 0, etaEff, step); // refuses before anything is changed
        boolean changed = settle(batch);
        if (options.window() instanceof Window.SingleBatch) {
            return Optional.of(judge(batch));
        }
        if (changed) {
            return Optional.empty(); // the next penalty belongs to another lambda: the first window begins with it
        }
        mean.sample(
                iteration,
                score,
                penalty,
                error,
                etaEff,
                step,
                length(etaEff),
                Timescale.TAU.iterations(state.lambda(), etaEff));
        if (!mean.isComplete(iteration)) {
            return Optional.empty();
        }
        Measured measured =
                judge(new Measurement(iteration, mean.loss(), mean.error(), mean.noise(), mean.etaEff(), mean.step()));
        if (measured.decision() instanceof Decision.Divide) {
            mean.restart(); // the next penalty belongs to another lambda
        } else {
            mean.continueAfter(iteration, length(etaEff));
        }
        return Optional.of(measured);
    }

    /** What to keep in order to continue later; needs a run that has begun. */
    public Snapshot snapshot() {
        return new Snapshot(options, begun(), mean.sums(), judgedAt, penaltyAtOne);
    }

    /**
     * The first loss is known: so is the first lambda.
     *
     * @return whether lambda is another one now
     */
    private boolean settle(Measurement batch) {
        if (penaltyAtOne == SETTLED) {
            return false;
        }
        double before = state.lambda();
        state = state.withLambda(AutoL2Rule.first(options, batch.loss(), penaltyAtOne, batch.etaEff()));
        penaltyAtOne = SETTLED;
        return state.lambda() != before;
    }

    private Measured judge(Measurement measurement) {
        AutoL2Rule.Step step = AutoL2Rule.apply(options, state, measurement);
        state = step.state();
        judgedAt = measurement.iteration();
        return new Measured(measurement, step.decision());
    }

    /** Asked at every sample, so that a window follows a learning rate that changes while it is open. */
    private long length(double etaEff) {
        if (options.window() instanceof Window.MeanOfTau ofTau) {
            double iterations = ofTau.fraction() * options.unit(state.lambda(), etaEff);
            return WindowMean.wholeIntervals(
                    Double.isInfinite(iterations)
                            ? ofTau.leastIterations()
                            : Math.max(ofTau.leastIterations(), iterations));
        }
        return ((Window.Mean) options.window()).iterations();
    }

    private AutoL2State begun() {
        if (state == null) {
            throw new IllegalStateException("the run has not begun");
        }
        return state;
    }
}
