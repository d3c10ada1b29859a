package io.github.autol2.validation;

import io.github.autol2.validation.ValidationDecision.Divide;
import io.github.autol2.validation.ValidationDecision.Keep;
import io.github.autol2.validation.ValidationDecision.RestoreAndHold;
import io.github.autol2.validation.ValidationDecision.RestoreAndRaise;
import io.github.autol2.validation.ValidationState.Best;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rule as a pure function; the package says what it guarantees. */
public final class ValidationRule {

    /** A single harmed evaluation may be a spike of the loss. */
    private static final int HARMED_IN_A_ROW = 2;

    /** Two lambdas this near are one: repeated divisions and roots round. */
    private static final double SAME = 0.01;

    private ValidationRule() {}

    /**
     * What follows from an evaluation.
     *
     * @param state    the rule's memory from now on
     * @param decision what is to be done with the network and lambda
     * @param best     whether the network, as it was evaluated, is the best one so far: keep a copy of it and of its updater's state
     */
    public record Step(ValidationState state, ValidationDecision decision, boolean best) {}

    /**
     * One step.
     *
     * @param options   of the rule
     * @param state     after the last step
     * @param iteration parameter updates so far, more than at the last step
     * @param now       the evaluation of the network at this iteration
     * @return what to do, and the state for the next step
     */
    public static Step apply(ValidationOptions options, ValidationState state, long iteration, HeldOut now) {
        List<HeldOut> recent = new ArrayList<>(state.recent());
        recent.add(now);
        if (recent.size() > options.window()) {
            recent.remove(0);
        }
        if (recent.size() < options.window()) {
            return new Step(with(state, recent, 0), new Keep(), false);
        }
        HeldOut performance = HeldOut.mean(recent);
        if (state.best().isEmpty()
                || performance.isBetterThan(state.best().get().performance())) {
            return new Step(newBest(state, recent, performance, iteration), new Keep(), true);
        }
        Best best = state.best().get();
        boolean harmed = performance.standardErrorsBelow(best.performance()) > options.harm();
        int inARow = harmed ? state.harmed() + 1 : 0;
        if (state.restores() >= options.mostRestores()) {
            return new Step(with(state, recent, 0), new Keep(), false);
        }
        if (inARow >= HARMED_IN_A_ROW) {
            return restore(options, state, best, iteration);
        }
        double smaller = state.lambda() / options.decayFactor();
        boolean stale = iteration - Math.max(state.bestAt(), state.changedAt()) >= options.refractoryPeriod();
        if (stale && smaller >= state.floor() * (1 - SAME)) {
            return divide(state, iteration, smaller);
        }
        return new Step(with(state, recent, inARow), new Keep(), false);
    }

    /**
     * The step after an evaluation that gave no finite numbers: the best network comes back, if there is one and restores are left.
     *
     * @param options   of the rule
     * @param state     after the last step
     * @param iteration parameter updates so far, more than at the last step
     * @return what to do, and the state for the next step
     */
    public static Step applyBroken(ValidationOptions options, ValidationState state, long iteration) {
        return state.best().isPresent() && state.restores() < options.mostRestores()
                ? restore(options, state, state.best().get(), iteration)
                : new Step(with(state, List.of(), 0), new Keep(), false);
    }

    private static Step divide(ValidationState state, long iteration, double smaller) {
        ValidationState next = new ValidationState(
                smaller,
                state.floor(),
                state.ceiling(),
                iteration,
                state.bestAt(),
                0,
                state.restores(),
                List.of(),
                state.best());
        return new Step(next, new Divide(iteration, state.lambda(), smaller), false);
    }

    private static Step restore(ValidationOptions options, ValidationState state, Best best, long iteration) {
        double floor = Math.max(state.floor(), best.lambda());
        double ceiling = state.ceiling();
        double lambda = best.lambda();
        boolean raised = false;
        if (state.lambda() > best.lambda() * (1 + SAME)) {
            ceiling = state.lambda();
            floor = state.floor(); // a larger lambda's harm says nothing about smaller ones
        } else if (state.lambda() >= best.lambda() * (1 - SAME)) {
            double larger = best.lambda() * Math.sqrt(options.decayFactor());
            raised = larger < ceiling * (1 - SAME);
            lambda = raised ? larger : lambda;
        }
        ValidationState next = new ValidationState(
                lambda, floor, ceiling, iteration, state.bestAt(), 0, state.restores() + 1, List.of(), state.best());
        ValidationDecision decision = raised
                ? new RestoreAndRaise(iteration, best.iteration(), state.lambda(), lambda)
                : new RestoreAndHold(iteration, best.iteration(), state.lambda(), lambda);
        return new Step(next, decision, false);
    }

    private static ValidationState newBest(
            ValidationState state, List<HeldOut> recent, HeldOut performance, long iteration) {
        return new ValidationState(
                state.lambda(),
                state.floor(),
                state.ceiling(),
                state.changedAt(),
                iteration,
                0,
                state.restores(),
                recent,
                Optional.of(new Best(performance, state.lambda(), iteration)));
    }

    private static ValidationState with(ValidationState state, List<HeldOut> recent, int harmed) {
        return new ValidationState(
                state.lambda(),
                state.floor(),
                state.ceiling(),
                state.changedAt(),
                state.bestAt(),
                harmed,
                state.restores(),
                recent,
                state.best());
    }
}
