package io.github.autol2.dl4j;

import io.github.autol2.dl4j.log.RunLog;
import io.github.autol2.dl4j.network.JudgedNetwork;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.prediction.Level;
import io.github.autol2.validation.HeldOut;
import io.github.autol2.validation.ValidationDecision;
import io.github.autol2.validation.ValidationOptions;
import io.github.autol2.validation.ValidationRule;
import io.github.autol2.validation.ValidationState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Carries the rule of {@code io.github.autol2.validation} out on one network: evaluates it, keeps a copy of the best one, goes back to
 * it. It holds one copy of the parameters and of the updater's state beside the network's own. Iterations count on after a restore, and so
 * do schedules of the learning rate and the order of the batches. Not thread-safe.
 */
final class ValidationGuard {

    private static final RunLog LOG = RunLog.of(ValidationGuard.class);

    private final ValidationOptions options;
    private final HeldOutExamples examples;
    private final List<ValidationDecision> decisions;
    private ValidationState state;
    private NetworkCopy best;

    ValidationGuard(ValidationOptions options, HeldOutExamples examples, ValidationState state) {
        this(options, examples, new SavedValidation(state, List.of(), null));
    }

    /** Goes on. */
    ValidationGuard(ValidationOptions options, HeldOutExamples examples, SavedValidation saved) {
        this.options = options;
        this.examples = examples;
        this.state = saved.state();
        this.decisions = new ArrayList<>(saved.decisions());
        this.best = saved.best();
        if (examples.count() < ValidationOptions.FEWEST_EXAMPLES) {
            LOG.warn(
                    "There are only {} held-out examples. With fewer than {} a harmed network cannot be told from chance: it goes back "
                            + "to the best one at the end of the budget, or without finite numbers, only. Give more validation data.",
                    examples.count(),
                    ValidationOptions.FEWEST_EXAMPLES);
        }
    }

    /** What is needed to go on later; its best network is a copy. */
    SavedValidation saved() {
        return new SavedValidation(state, decisions, best == null ? null : best.copy());
    }

    /**
     * Looks whether a network belongs to what was saved.
     *
     * @throws IllegalStateException if it does not
     */
    void requireFits(JudgedNetwork network) {
        if (best != null) {
            best.requireFits(network);
        }
    }

    /** An iteration with this etaEff is under way; 0 where it is not known. */
    void seenEtaEff(double etaEff) {
        state = state.seenEtaEff(etaEff);
    }

    /**
     * Evaluates the network, decides and acts.
     *
     * @param iteration parameter updates so far
     * @return the lambda to go on with
     */
    double evaluate(JudgedNetwork network, long iteration) {
        Optional<HeldOut> now = examples.judge(network).map(HeldOutExamples.Judged::heldOut);
        ValidationRule.Step step = now.isPresent()
                ? ValidationRule.apply(options, state, iteration, now.get())
                : ValidationRule.applyBroken(options, state, iteration);
        if (step.best()) {
            best = NetworkCopy.inPlaceOf(best, network);
        }
        if (step.decision() instanceof ValidationDecision.RestoreAndHold
                || step.decision() instanceof ValidationDecision.RestoreAndRaise) {
            best.restore(network);
        }
        if (!(step.decision() instanceof ValidationDecision.Keep)) {
            decisions.add(step.decision());
            LOG.info("{}", step.decision());
        }
        state = step.state();
        return state.lambda();
    }

    ValidationState state() {
        return state;
    }

    /** All that was decided but to keep everything, oldest first. */
    List<ValidationDecision> decisions() {
        return List.copyOf(decisions);
    }

    /**
     * Brings a network back to the best one, outside of training.
     *
     * @param network that was trained, or a fresh one of the same configuration
     * @return what it was
     * @throws IllegalStateException if there were not evaluations enough to tell, or the network is another one
     */
    ValidationState.Best restoreBest(JudgedNetwork network) {
        if (best == null) {
            throw new IllegalStateException(
                    "there were fewer than " + options.window() + " evaluations: the best network is not known");
        }
        best.requireFits(network);
        best.restore(network);
        return state.best().orElseThrow();
    }

    /** The network in training is the best one again, and goes on with its lambda. */
    void goOnFromBest(long iteration) {
        state = state.backAtBest(iteration);
    }

    /**
     * What the training has come to.
     *
     * @param network after its last iteration
     * @param spent   iterations of this training and of the race before it
     */
    TrainedNetwork trained(Network network, Level level, long iterations, long spent) {
        Network kept = network.copy();
        if (best != null) {
            best.restore(kept);
        }
        Optional<ValidationState.Best> record = state.best();
        Optional<HeldOut> performance = record.map(ValidationState.Best::performance)
                .or(() -> examples.judge(network).map(HeldOutExamples.Judged::heldOut));
        if (performance.isEmpty()) {
            LOG.warn("the network gives no finite numbers: try a smaller learning rate or gradient clipping");
        } else if (!performance.get().alive()) {
            LOG.warn(
                    "the best network is dead, its outputs do not depend on its input: look at the learning rate, the initial weights and "
                            + "the data");
        }
        return new TrainedNetwork(
                kept.model(),
                network.model(),
                level,
                decisions,
                state.lambda(),
                record.map(ValidationState.Best::iteration).orElse(iterations),
                performance.map(HeldOut::loss).orElse(Double.NaN),
                performance.map(HeldOut::accuracy).orElse(OptionalDouble.empty()),
                performance.map(HeldOut::alive).orElse(false),
                spent);
    }
}
