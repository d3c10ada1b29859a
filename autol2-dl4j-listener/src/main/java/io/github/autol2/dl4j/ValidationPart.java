package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AdaptiveOptions;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.validation.ValidationDecision;
import io.github.autol2.validation.ValidationOptions;
import io.github.autol2.validation.ValidationState;
import java.util.List;
import java.util.Optional;
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
         * @throws IllegalArgumentException if the options have no budget, or the examples do not serve or are not those of the run that
         *                                  goes on
         */
        ValidationPart begin(AutoL2Options rule, List<AutoL2Observer> observers, Optional<SavedValidation> saved) {
            if (!(rule instanceof AdaptiveOptions adaptive) || adaptive.budget() == 0) {
                throw new IllegalArgumentException(
                        "validation needs options with a budget, AutoL2Options.adaptive(iterations), got " + rule);
            }
            HeldOutExamples heldOut = new HeldOutExamples(examples);
            saved.ifPresent(before -> requireSame(heldOut, before));
            return new ValidationPart(
                    ValidationOptions.forBudget(adaptive.budget()).withDecayFactor(adaptive.decayFactor()),
                    heldOut,
                    every,
                    observers,
                    saved);
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
            ValidationOptions options,
            HeldOutExamples examples,
            int every,
            List<AutoL2Observer> observers,
            Optional<SavedValidation> saved) {
        this.options = options;
        this.examples = examples;
        this.every = every;
        this.observers = observers;
        this.guard = saved.map(before -> new ValidationGuard(options, examples, before))
                .orElse(null);
    }

    /**
     * A network is met.
     *
     * @throws IllegalStateException if what was saved belongs to another one
     */
    void meet(Network network) {
        if (guard != null) {
            guard.requireFits(network);
        }
    }

    /**
     * What is needed to go on later.
     *
     * @throws IllegalStateException before the first update
     */
    SavedValidation saved() {
        if (guard == null) {
            throw new IllegalStateException("a run with validation data can be saved after its first update");
        }
        return guard.saved();
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
        if (updates % every != 0 && updates != options.budget()) {
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
