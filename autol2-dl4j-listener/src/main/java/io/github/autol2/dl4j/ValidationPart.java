package io.github.autol2.dl4j;

import io.github.autol2.dl4j.log.RunLog;
import io.github.autol2.dl4j.network.JudgedNetwork;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AdaptiveOptions;
import io.github.autol2.schedule.AdaptiveRun;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.AutoL2Run;
import io.github.autol2.schedule.Decision;
import io.github.autol2.schedule.Measured;
import io.github.autol2.schedule.Measurement;
import io.github.autol2.schedule.Sample;
import io.github.autol2.schedule.Seen;
import io.github.autol2.validation.ValidationDecision;
import io.github.autol2.validation.ValidationOptions;
import io.github.autol2.validation.ValidationState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * What a listener does with held-out data: evaluates now and then, and acts. The run measures as it does without them, but decides nothing.
 * Not thread-safe.
 */
final class ValidationPart {

    private static final RunLog LOG = RunLog.of(AutoL2Listener.class);

    private final AdaptiveRun run;
    private final ValidationOptions options;
    private final HeldOutExamples examples;
    private final long every;
    private final boolean slowsDown; // beyond the budget, where the user has not said how often
    private ValidationGuard guard; // null before the run has begun
    private Measurement latest; // null before the first one
    private Seen before; // the latest measurement

    /**
     * What the user gives.
     *
     * @param every iterations from one evaluation to the next, at least 1; empty for what suits the budget
     */
    record Settings(DataSetIterator examples, OptionalInt every) {
        Settings {
            if (every.isPresent() && every.getAsInt() < 1) {
                throw new IllegalArgumentException("everyIterations must be >= 1, got " + every.getAsInt());
            }
        }

        /**
         * For one training.
         *
         * @throws IllegalArgumentException if the options do not serve, or the examples do not or are not those of the run that goes on
         */
        ValidationPart begin(AutoL2Run run, Optional<SavedValidation> saved) {
            if (!(run instanceof AdaptiveRun adaptive) || adaptive.options().budget() == 0) {
                throw new IllegalArgumentException(
                        "validation needs options with a budget, AutoL2Options.adaptive(iterations), got "
                                + run.options());
            }
            requireNoSignals(adaptive.options());
            ValidationOptions options = ValidationOptions.forBudget(
                            adaptive.options().budget())
                    .withDecayFactor(adaptive.options().decayFactor());
            long gap = every.isPresent() ? every.getAsInt() : options.evaluateEvery();
            requireOftenEnough(options, gap);
            HeldOutExamples heldOut = new HeldOutExamples(examples);
            saved.ifPresent(before -> requireSame(heldOut, before));
            return new ValidationPart(adaptive, options, heldOut, gap, every.isEmpty(), saved);
        }
    }

    /**
     * For one training.
     *
     * @param settings null where training signals decide
     * @return null where training signals decide
     * @throws IllegalStateException    if held-out data decide in a saved run that goes on, and are not given again
     * @throws IllegalArgumentException as {@link Settings#begin} says
     */
    static ValidationPart of(Settings settings, AutoL2Run run, SavedRun saved) {
        Optional<SavedValidation> before =
                Optional.ofNullable(saved).flatMap(one -> one.state().validation());
        if (settings != null) {
            return settings.begin(run, before);
        }
        if (before.isPresent()) {
            throw new IllegalStateException(
                    "held-out data decide in the run that goes on: give them again, with validation(..)");
        }
        return null;
    }

    /** Refuses what only a rule that goes by training signals could do. */
    private static void requireNoSignals(AdaptiveOptions options) {
        AdaptiveOptions usual = AutoL2Options.adaptive(options.budget());
        if (options.refractory() != usual.refractory() || options.holdFrom() != usual.holdFrom()) {
            throw new IllegalArgumentException(
                    "with validation data, held-out performance says when lambda is divided: leave "
                            + "refractory at " + usual.refractory() + " and holdFrom at " + usual.holdFrom()
                            + ", got refractory "
                            + options.refractory() + " and holdFrom " + options.holdFrom());
        }
    }

    /** With few evaluations the rule decides nothing, or late. */
    private static void requireOftenEnough(ValidationOptions options, long every) {
        if (options.budget() < options.window()) {
            throw new IllegalArgumentException("validation needs a budget of at least " + options.window()
                    + " iterations, because the rule judges by as many evaluations, got " + options.budget());
        }
        long most = options.budget() / options.window();
        if (every > most) {
            throw new IllegalArgumentException("validation needs " + options.window() + " evaluations in the budget of "
                    + options.budget() + " iterations to judge a network: everyIterations must be <= " + most + ", got "
                    + every + ". A fiftieth of the budget suits");
        }
        if (every * options.window() > options.refractoryPeriod()) {
            LOG.warn(
                    "Held-out data judge the network by {} evaluations, which take {} iterations: longer than the refractory period "
                            + "of {}. lambda is divided late, and seldom. Evaluate every {} iterations, or leave everyIterations out.",
                    options.window(),
                    every * options.window(),
                    options.refractoryPeriod(),
                    options.evaluateEvery());
        }
    }

    private static void requireSame(HeldOutExamples examples, SavedValidation saved) {
        int before = saved.examples();
        if (before > 0 && before != examples.count()) {
            throw new IllegalArgumentException("validation must give the same " + before
                    + " examples as before the run was saved, got " + examples.count());
        }
    }

    private ValidationPart(
            AdaptiveRun run,
            ValidationOptions options,
            HeldOutExamples examples,
            long every,
            boolean slowsDown,
            Optional<SavedValidation> saved) {
        this.run = run;
        this.options = options;
        this.examples = examples;
        this.every = every;
        this.slowsDown = slowsDown;
        this.guard = saved.map(before -> new ValidationGuard(options, examples, before))
                .orElse(null);
    }

    /**
     * A network is met, before its first update.
     *
     * @throws IllegalStateException    if held-out data cannot judge it, it does not take them, or what was saved belongs to another one
     * @throws IllegalArgumentException if the held-out data are of one class for it
     */
    void meet(JudgedNetwork network) {
        if (!network.takesDataSets()) {
            throw new IllegalStateException(
                    "validation data are a DataSetIterator, whose batches have one input and one output: "
                            + "a network with several of them cannot be judged by them. Train it without validation(..)");
        }
        if (network instanceof Network inTraining) {
            examples.requireTakenByACopyOf(inTraining);
        }
        examples.classify(network); // refuses a single class
        if (guard != null) {
            guard.requireFits(network);
        }
    }

    /**
     * Looks whether a network takes the examples. Not inside of a training step of Deeplearning4j's networks, whose layers keep the batch.
     *
     * @throws IllegalStateException if it does not
     */
    void requireTakenBy(JudgedNetwork network) {
        examples.requireTakenBy(network);
    }

    /**
     * What is needed to go on later.
     *
     * @throws IllegalStateException before the run has begun
     */
    SavedValidation saved() {
        if (guard == null) {
            throw new IllegalStateException("a run with validation data can be saved after its first update");
        }
        return guard.saved();
    }

    /**
     * The run has begun.
     *
     * @param updates behind the network
     * @param lambda  the first one
     * @param whole   what it is raised to when the network overfits, if that is more
     * @param etaEff  at the first iteration; 0 where it is not known
     */
    void begin(long updates, double lambda, double whole, double etaEff) {
        ValidationState state = ValidationState.begin(
                        updates, lambda, run.options().minimumLambda())
                .withRaiseTo(whole)
                .trainedBefore(updates);
        guard = new ValidationGuard(options, examples, state);
        guard.seenEtaEff(etaEff);
    }

    /** Whether an iteration is measured: those that are without held-out data, and those that are evaluated. */
    boolean wantsSample(long iteration) {
        boolean first = run.updatesSinceBegin(iteration) == 0; // its penalty was that of the user's coefficients
        return run.wantsSample(iteration) || (!first && isEvaluated(iteration + 1));
    }

    private boolean isEvaluated(long updates) {
        long number = run.updatesSinceBegin(updates);
        long gap = slowsDown ? every * Math.max(1, number / options.budget()) : every;
        return number % gap == 0 || number == options.budget();
    }

    /** An iteration with a sample. */
    Optional<Measured> observe(Sample sample) {
        guard.seenEtaEff(sample.etaEff());
        Seen seen = run.state().seen();
        Optional<Measured> complete = run.observe(sample);
        complete.ifPresent(measured -> {
            latest = measured.measurement();
            before = seen;
        });
        return complete;
    }

    /**
     * An update is done.
     *
     * @param updates so far
     * @return what was decided but to keep everything
     */
    Optional<ValidationDecision> updated(JudgedNetwork network, long updates) {
        if (!isEvaluated(updates)) {
            return Optional.empty();
        }
        int decided = guard.decisions().size();
        double lambda = guard.evaluate(network, updates);
        Optional<ValidationDecision> decision =
                guard.decisions().stream().skip(decided).findFirst();
        if (decision.isPresent()) {
            run.change(updates, lambda);
        }
        return decision;
    }

    /** The current coefficient; needs a run that has begun. */
    double lambda() {
        return guard.state().lambda();
    }

    /** A decision as the history of divisions has it; empty if it is none, or nothing was measured since the run was resumed. */
    Optional<Decision.Change> division(ValidationDecision decision) {
        return decision instanceof ValidationDecision.Divide division && latest != null
                ? Optional.of(new Decision.Change(
                        division.iteration(),
                        division.oldLambda(),
                        division.newLambda(),
                        Decision.Cause.VALIDATION,
                        latest,
                        before))
                : Optional.empty();
    }

    List<ValidationDecision> decisions() {
        return guard == null ? List.of() : guard.decisions();
    }

    /**
     * Brings a network back to the best one, outside of training.
     *
     * @throws IllegalStateException if there is none yet, or the network is another one
     */
    ValidationState.Best restoreBest(JudgedNetwork network) {
        if (guard == null) {
            throw new IllegalStateException("there is no best network before the training");
        }
        return guard.restoreBest(network);
    }

    /** The network in training is the best one again. */
    void goOnFromBest(long updates) {
        guard.goOnFromBest(updates);
        run.change(updates, guard.state().lambda());
    }
}
