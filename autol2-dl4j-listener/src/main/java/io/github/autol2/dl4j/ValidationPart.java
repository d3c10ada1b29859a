package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AdaptiveOptions;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.validation.ValidationDecision;
import io.github.autol2.validation.ValidationOptions;
import io.github.autol2.validation.ValidationState;
import java.util.List;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** What a listener does with held-out data: evaluates now and then, and acts. Not thread-safe. */
final class ValidationPart {

    private final ValidationOptions options;
    private final HeldOutExamples examples;
    private final int every;
    private final List<AutoL2Observer> observers;
    private ValidationGuard guard;

    /**
     * What the user gives.
     *
     * @param every iterations from one evaluation to the next, at least 1
     */
    record Settings(DataSetIterator examples, int every) {
        Settings {
            if (every < 1) {
                throw new IllegalArgumentException("everyIterations must be >= 1, got " + every);
            }
        }

        /**
         * For one training.
         *
         * @throws IllegalArgumentException if the options have no budget, or the examples do not serve
         */
        ValidationPart begin(AutoL2Options rule, List<AutoL2Observer> observers) {
            if (!(rule instanceof AdaptiveOptions adaptive) || adaptive.budget() == 0) {
                throw new IllegalArgumentException(
                        "validation needs options with a budget, AutoL2Options.adaptive(iterations), got " + rule);
            }
            return new ValidationPart(
                    ValidationOptions.forBudget(adaptive.budget()).withDecayFactor(adaptive.decayFactor()),
                    new HeldOutExamples(examples),
                    every,
                    observers);
        }
    }

    private ValidationPart(
            ValidationOptions options, HeldOutExamples examples, int every, List<AutoL2Observer> observers) {
        this.options = options;
        this.examples = examples;
        this.every = every;
        this.observers = observers;
    }

    /**
     * An update is done.
     *
     * @param updates so far
     * @param lambda  of this one
     * @param etaEff  at it; 0 where it is not known
     * @return lambda of the next one
     */
    double updated(Network network, long updates, double lambda, double etaEff) {
        if (guard == null) {
            double freeRule = etaEff > 0 && Double.isFinite(etaEff) ? 1 / (etaEff * options.budget()) : 0;
            guard = new ValidationGuard(
                    options, examples, ValidationState.begin(updates, lambda, Math.min(lambda, freeRule)));
        }
        if (updates % every != 0) {
            return lambda;
        }
        int before = guard.decisions().size();
        double next = guard.evaluate(network, updates);
        for (ValidationDecision decision :
                guard.decisions().subList(before, guard.decisions().size())) {
            observers.forEach(observer -> observer.decided(decision));
        }
        return next;
    }

    List<ValidationDecision> decisions() {
        return guard == null ? List.of() : guard.decisions();
    }

    long restoreBest(Network network) {
        if (guard == null) {
            throw new IllegalStateException("there is no best network before the training");
        }
        return guard.restoreBest(network);
    }
}
