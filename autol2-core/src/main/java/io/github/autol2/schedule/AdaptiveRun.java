package io.github.autol2.schedule;

import io.github.autol2.numbers.Check;
import java.util.Objects;
import java.util.Optional;

/**
 * A run of our rule: each measurement is the mean over the iterations since the one before. They are close together at first, where
 * everything changes fast, then {@code measureEvery} iterations apart.
 *
 * <p>For the modules of AutoL2: it may change with any version.
 */
public final class AdaptiveRun implements AutoL2Run {

    /** From one measurement to the next passes this share of the run's length so far, and of tau, at most. */
    private static final double SHARE = 0.1;

    private final AdaptiveRule rule;
    private final WindowMean mean;
    private AdaptiveState state;
    private long begunAt;

    AdaptiveRun(AdaptiveOptions options) {
        this(options, new WindowMean());
    }

    private AdaptiveRun(AdaptiveOptions options, WindowMean mean) {
        this.rule = options.rule();
        this.mean = mean;
    }

    /**
     * What a run of our rule remembers.
     *
     * @param options the rule's settings
     * @param state   the rule's memory
     * @param begunAt the first iteration
     * @param window  the measurement that is being collected
     */
    public record Saved(AdaptiveOptions options, AdaptiveState state, long begunAt, WindowMean.Sums window)
            implements Snapshot {
        public Saved {
            Objects.requireNonNull(options, "options");
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(window, "window");
        }

        @Override
        public AdaptiveRun resume() {
            AdaptiveRun run = new AdaptiveRun(options, new WindowMean(window));
            run.state = state;
            run.begunAt = begunAt;
            return run;
        }
    }

    @Override
    public AdaptiveOptions options() {
        return rule.options();
    }

    @Override
    public long beyondBudget(long iteration) {
        return options().budget() == 0
                ? 0
                : Math.max(0, iteration - begunAt - options().budget() + 1);
    }

    @Override
    public void begin(long iteration, TrainingStart start) {
        RunCheck.notBegun(state);
        state = rule.start(iteration, start);
        begunAt = iteration;
    }

    @Override
    public boolean hasBegun() {
        return state != null;
    }

    @Override
    public AdaptiveState state() {
        return RunCheck.begun(state);
    }

    @Override
    public double timescalesSinceDivision() {
        return state().total() - state.totalAtDivision();
    }

    @Override
    public double timescales() {
        return state().total();
    }

    /** Not the first iteration: its penalty was that of the user's coefficients. */
    @Override
    public boolean wantsSample(long iteration) {
        return iteration > begunAt && mean.wantsSample(iteration);
    }

    @Override
    public void add(double score) {
        state();
        Check.finite("score", score);
        mean.add(score);
    }

    @Override
    public Optional<Measured> sample(Sample sample) {
        AdaptiveState before = state();
        Optional<Measurement> complete = mean.sample(sample, interval(sample));
        if (complete.isEmpty()) {
            return Optional.empty();
        }
        AutoL2Rule.Step<AdaptiveState> step = rule.apply(before, complete.get());
        state = step.state();
        if (step.decision() instanceof Decision.Change) {
            mean.restart(); // the next penalty belongs to another lambda
        }
        return Optional.of(new Measured(complete.get(), step.decision()));
    }

    @Override
    public Saved snapshot() {
        return new Saved(options(), state(), begunAt, mean.sums());
    }

    /**
     * {@return the number of updates since the run began}
     *
     * @param updates of the network so far, in its own count
     */
    public long updatesSinceBegin(long updates) {
        return updates - begunAt;
    }

    /**
     * An iteration with a sample, where something else than the rule decides: as {@link #sample}, but lambda stays.
     *
     * @param sample of this iteration
     * @return a measurement, if this iteration completes one
     */
    public Optional<Measured> observe(Sample sample) {
        AdaptiveState before = state();
        Optional<Measurement> complete = mean.sample(sample, interval(sample));
        complete.ifPresent(measurement -> state = AdaptiveRule.after(before, measurement));
        return complete.map(measurement -> new Measured(measurement, new Decision.Keep(Decision.Reason.VALIDATION)));
    }

    /**
     * Something else than the rule has changed lambda. Time goes on, and the next iteration is measured on its own.
     *
     * @param iteration whose update is the first one with the new lambda, at least 0
     * @param lambda    the coefficient from then on, finite and greater than 0
     */
    public void change(long iteration, double lambda) {
        state = AdaptiveRule.changed(state(), lambda, iteration);
        mean.restart(); // the next penalty belongs to another lambda
    }

    @Override
    public boolean lacksBaseline() {
        return state().unlearned() && state().learnedLoss() == 0 && options().raises();
    }

    @Override
    public void awaitBaseline() {
        if (state().unlearned() && state().learnedLoss() > 0) {
            state = state().withoutBaseline();
        }
    }

    @Override
    public void baseline(double loss) {
        Check.positive("loss", loss);
        if (lacksBaseline()) {
            state = state().withBaseline(loss);
        }
    }

    private long interval(Sample sample) {
        double tau = 1 / (sample.etaEff() * state.lambda());
        double most =
                Math.min(options().measureEvery(), SHARE * Math.min(tau, (double) (sample.iteration() - begunAt)));
        return Math.max(1, (long) most);
    }
}
