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

    /** In standard errors: a network so far below the mean of its window is not handed out for it. */
    private static final double DIP = 1;

    /** At the end of the training, in standard errors: no time is left to recover. */
    private static final double WORSE_AT_THE_END = 1;

    /** Of a lambda that plays a part: so little is as good as none. */
    private static final double SMALL = 0.01;

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
        Step step = during(options, state, iteration, now);
        Optional<Best> best = step.state().best();
        boolean ends = state.updates(iteration) == options.budget() && options.mostRestores() > 0 && !step.best();
        return ends && best.isPresent() && isWorseAtTheEnd(now, best.get().performance())
                ? goBack(state, best.get(), iteration)
                : step;
    }

    private static boolean isWorseAtTheEnd(HeldOut now, HeldOut best) {
        return now.hasDied(best) || now.isBelow(best, WORSE_AT_THE_END);
    }

    private static Step during(ValidationOptions options, ValidationState state, long iteration, HeldOut now) {
        List<HeldOut> recent = new ArrayList<>(state.recent());
        recent.add(now);
        if (recent.size() > options.window()) {
            recent.remove(0);
        }
        if (recent.size() < options.window()) {
            return new Step(state.seen(recent, 0), new Keep(), false);
        }
        HeldOut performance = HeldOut.mean(
                recent.stream().filter(one -> one.alive() == now.alive()).toList());
        Optional<Best> before = state.best();
        boolean better = before.isEmpty()
                || (performance.isBetterThan(before.get().performance()) && !now.isBelow(performance, DIP));
        ValidationState next = better
                ? state.seen(recent, 0).withBest(performance, iteration)
                : state.seen(recent, harmedInARow(options, state, performance));
        boolean beyond = state.updates(iteration) > options.budget();
        if (beyond || state.restores() >= options.mostRestores()) {
            return new Step(next, new Keep(), better);
        }
        boolean stale = iteration - Math.max(next.risenAt(), next.changedAt()) >= options.refractoryPeriod();
        boolean overfits =
                stale && !better && overfits(options, state, performance) && hasTime(options, state, iteration);
        if (next.harmed() >= HARMED_IN_A_ROW || overfits) {
            Best back = before.orElseThrow();
            return performance.hasDied(back.performance())
                    ? restoreAfterDeath(options, state, back, iteration)
                    : restore(options, state, back, iteration);
        }
        if (isHalfTime(options, state, iteration)) {
            return divide(next, state, state.floor(), iteration, better);
        }
        double smaller = state.lambda() / options.decayFactor();
        double floor = leastLambda(options, state);
        if (!stale || state.waits() || state.dividesAtHalf() || smaller < floor * (1 - SAME)) {
            return new Step(next, new Keep(), better);
        }
        return divide(next, state, Math.max(smaller, state.floor()), iteration, better);
    }

    private static Step divide(ValidationState next, ValidationState state, double to, long iteration, boolean better) {
        return new Step(next.divided(to, iteration), new Divide(iteration, state.lambda(), to), better);
    }

    /** Half of the budget is over, and there is time to see what comes of it. */
    private static boolean isHalfTime(ValidationOptions options, ValidationState state, long iteration) {
        return state.dividesAtHalf()
                && 2 * state.updates(iteration) >= options.budget()
                && hasTime(options, state, iteration);
    }

    /** The floor, or the lambda that shrinks the weights by the factor e in the whole training: a smaller one plays no part. */
    private static double leastLambda(ValidationOptions options, ValidationState state) {
        return Math.max(state.floor(), state.etaEff() > 0 ? 1 / (state.etaEff() * options.budget()) : 0);
    }

    /** Of a network whose lambda waits to be raised: it has learned something, and its loss has risen. */
    private static boolean overfits(ValidationOptions options, ValidationState state, HeldOut performance) {
        return state.waits()
                && performance.alive()
                && performance.examples() >= ValidationOptions.FEWEST_EXAMPLES
                && performance.hasLossAbove(state.best().orElseThrow().performance(), options.harm());
    }

    /** What is raised must come down again before the training ends. */
    private static boolean hasTime(ValidationOptions options, ValidationState state, long iteration) {
        return options.budget() - state.updates(iteration) >= options.refractoryPeriod();
    }

    private static int harmedInARow(ValidationOptions options, ValidationState state, HeldOut performance) {
        HeldOut best = state.best().orElseThrow().performance();
        boolean harmed = performance.examples() >= ValidationOptions.FEWEST_EXAMPLES
                && performance.isBelow(best, options.harm());
        return harmed ? state.harmed() + 1 : 0;
    }

    /**
     * The step after an evaluation that gave no finite numbers: the best network comes back with its lambda, if there is one. A step that
     * explodes tells nothing of lambda, so that floor and ceiling stay. The bound on restores is one on noise, and this is none: after the
     * last restore the network comes back as well. Only where the options allow no restores at all does everything stay as it is.
     *
     * @param options   of the rule
     * @param state     after the last step
     * @param iteration parameter updates so far, more than at the last step
     * @return what to do, and the state for the next step
     */
    public static Step applyBroken(ValidationOptions options, ValidationState state, long iteration) {
        return state.best().isEmpty() || options.mostRestores() == 0
                ? new Step(state.seen(List.of(), 0), new Keep(), false)
                : goBack(state, state.best().get(), iteration);
    }

    /** The best network comes back with its own lambda, whose bounds stay. */
    private static Step goBack(ValidationState state, Best best, long iteration) {
        return goBack(state, best, best.lambda(), state.ceiling(), iteration);
    }

    private static Step goBack(ValidationState state, Best best, double lambda, double ceiling, long iteration) {
        return new Step(
                state.restored(lambda, state.floor(), ceiling, iteration),
                new RestoreAndHold(iteration, best.iteration(), state.lambda(), lambda),
                false);
    }

    /** A larger lambda brings no network to life; the one that it died with may be too large. */
    private static Step restoreAfterDeath(ValidationOptions options, ValidationState state, Best best, long iteration) {
        double smaller = Math.max(leastLambda(options, state), state.lambda() / options.decayFactor());
        double lambda = Math.min(best.lambda(), Math.min(state.lambda(), smaller));
        boolean ofLambda = !state.waits()
                || state.etaEff() * options.budget() * state.lambda() >= 1; // next to nothing kills no network
        return goBack(
                state, best, lambda, ofLambda ? Math.min(state.ceiling(), state.lambda()) : state.ceiling(), iteration);
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
            double larger = larger(options, state, best.lambda());
            raised = larger < ceiling * (1 - SAME) && (state.raiseTo() == 0 || hasTime(options, state, iteration));
            lambda = raised ? larger : lambda;
        }
        ValidationDecision decision = raised
                ? new RestoreAndRaise(iteration, best.iteration(), state.lambda(), lambda)
                : new RestoreAndHold(iteration, best.iteration(), state.lambda(), lambda);
        return new Step(state.restored(lambda, floor, ceiling, iteration), decision, false);
    }

    /** The lambda that waits for the network to overfit; where that was too much, half of the way to it, as a factor; else a small step. */
    private static double larger(ValidationOptions options, ValidationState state, double lambda) {
        if (state.waits()) {
            return state.raiseTo();
        }
        double step = lambda * Math.sqrt(options.decayFactor());
        double from = Math.max(lambda, SMALL * leastLambda(options, state)); // from nothing there is no half of a way
        return state.raiseTo() > lambda ? Math.max(step, Math.sqrt(from * state.ceiling())) : step;
    }
}
