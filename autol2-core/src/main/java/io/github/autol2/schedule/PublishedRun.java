package io.github.autol2.schedule;

import io.github.autol2.numbers.Check;
import java.util.Objects;
import java.util.Optional;

/**
 * A run of the published rule: one batch is measured at every iteration divisible by {@code measureEvery}.
 *
 * <p>For the modules of AutoL2: it may change with any version.
 */
public final class PublishedRun implements AutoL2Run {

    private final PublishedRule rule;
    private PublishedState state;
    private long judgedAt = -1; // so that of several replicas only the first measures an iteration

    PublishedRun(PublishedOptions options) {
        this.rule = options.rule();
    }

    /**
     * What a run of the published rule remembers.
     *
     * @param options  the rule's settings
     * @param state    the rule's memory
     * @param judgedAt the iteration of the last measurement, -1 before the first
     */
    public record Saved(PublishedOptions options, PublishedState state, long judgedAt) implements Snapshot {
        public Saved {
            Objects.requireNonNull(options, "options");
            Objects.requireNonNull(state, "state");
        }

        @Override
        public PublishedRun resume() {
            PublishedRun run = new PublishedRun(options);
            run.state = state;
            run.judgedAt = judgedAt;
            return run;
        }
    }

    @Override
    public PublishedOptions options() {
        return rule.options();
    }

    @Override
    public void begin(long iteration, TrainingStart start) {
        RunCheck.notBegun(state);
        state = rule.start(iteration, start);
    }

    @Override
    public boolean hasBegun() {
        return state != null;
    }

    @Override
    public PublishedState state() {
        return RunCheck.begun(state);
    }

    @Override
    public double timescalesSinceDivision() {
        return 0;
    }

    @Override
    public double timescales() {
        return 0;
    }

    @Override
    public long beyondBudget(long iteration) {
        return 0;
    }

    @Override
    public boolean wantsSample(long iteration) {
        return iteration % options().measureEvery() == 0 && iteration > judgedAt;
    }

    @Override
    public void add(double score) {
        state();
        Check.finite("score", score);
    }

    @Override
    public Optional<Measured> sample(Sample sample) {
        Measurement measurement = sample.alone();
        AutoL2Rule.Step<PublishedState> step = rule.apply(state(), measurement);
        state = step.state();
        judgedAt = sample.iteration();
        return Optional.of(new Measured(measurement, step.decision()));
    }

    @Override
    public Saved snapshot() {
        return new Saved(options(), state(), judgedAt);
    }
}
