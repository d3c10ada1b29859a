package io.github.autol2.dl4j;

import io.github.autol2.dl4j.log.RunLog;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.Decision;
import io.github.autol2.schedule.InitialLambda;
import io.github.autol2.schedule.Measured;
import io.github.autol2.validation.ValidationDecision;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a listener tells of its run: the history, the observers, and the log. Not thread-safe. */
final class RunReport {

    /** What is said once in a run. */
    enum Once {
        BROKEN_SCORE,
        PRETRAINING,
        BEYOND_BUDGET,
        CHECKPOINT_BEHIND,
        SHARED_GRADIENTS,
        ADDED_TWICE,
        EARLY_STOPPING
    }

    /** The most measurements, and changes of lambda, that are kept where the user says nothing. */
    static final int HISTORY_SIZE = 1024;

    private static final RunLog LOG = RunLog.of(AutoL2Listener.class);

    private final List<AutoL2Observer> observers;
    private final History<HistoryPoint> history;
    private final History<Decision.Change> changes;
    private final Set<Once> said = EnumSet.noneOf(Once.class);

    /**
     * @param historySize the most measurements, and changes of lambda, that are kept, at least 2
     */
    RunReport(List<AutoL2Observer> observers, int historySize) {
        this.observers = List.copyOf(observers);
        this.history = new History<>(historySize);
        this.changes = new History<>(historySize);
    }

    List<HistoryPoint> history() {
        return history.entries();
    }

    List<Decision.Change> changes() {
        return changes.entries();
    }

    /**
     * The run begins.
     *
     * @param plan what becomes of lambda, as the end of a sentence
     */
    void began(long iteration, AutoL2Options options, double lambda, double suitable, String plan) {
        LOG.info(
                "iteration {}: AutoL2 begins with lambda {}{}{}",
                iteration,
                lambda,
                lambda > InitialLambda.NOTHING ? "" : ", which moves no weight",
                plan);
        if (options.tooShort()) {
            LOG.info(
                    "The run is too short for a penalty to gain anything{}.",
                    options.fixedLambda().isPresent() ? "" : ": lambda begins small, or as it was");
        }
        if (suitable < lambda && options.minimumLambda() == lambda) {
            LOG.warn(
                    "The minimum lambda {} is above the first lambda {} that suits this network: "
                            + "lambda stays at the minimum. Try a smaller minimum.",
                    lambda,
                    suitable);
        }
    }

    /**
     * What becomes of a coefficient of the user's, and which layers the penalty acts on, where the user gave one to some of them only.
     *
     * @param first lambda
     */
    void takePart(NetworkLambda lambda, double first) {
        if (lambda.coefficients().largestOwn() == first) {
            LOG.info("The network's own coefficient {} stays as it is until lambda changes.", first);
        } else if (lambda.users() > 0) {
            LOG.info(
                    "AutoL2 takes the place of the network's own coefficient {}. One that was tuned for this data and this number of iterations "
                            + "may well be better: train without AutoL2 then.",
                    lambda.users());
        }
        if (!lambda.withoutOwn().isEmpty()
                && lambda.withoutOwn().size() < lambda.coefficients().ratios().size()) {
            LOG.info(
                    "The penalty acts on {} (coefficient / lambda){}. Without one of their own were {}; "
                            + "AutoL2Listener.builder(..).layers(..) leaves layers out.",
                    lambda.coefficients().ratios(),
                    lambda.coefficients().leaveSomeOut(first) ? " as soon as lambda is above " + first : "",
                    lambda.withoutOwn());
        }
    }

    /**
     * Which variables of a SameDiff network the penalty acts on.
     *
     * @param others that train and take no part
     */
    void takePart(Collection<String> variables, Collection<String> others) {
        LOG.info(
                "The penalty acts on {} and leaves {} alone. "
                        + "AutoL2SameDiffListener.builder(..).biases(true).variables(..) chooses by name alone.",
                variables,
                others);
    }

    /**
     * A measurement is complete.
     *
     * @param lambda at which it was made
     */
    void measured(Measured measured, double lambda) {
        history.add(new HistoryPoint(measured.measurement(), lambda));
        observers.forEach(observer -> observer.measured(measured.measurement(), lambda));
        if (measured.decision() instanceof Decision.Change change) {
            changed(change);
        }
    }

    private void changed(Decision.Change change) {
        LOG.info(
                "iteration {}: lambda {} -> {}, cause: {} (loss {}, minimum {}; error {}, minimum {}; penalty {})",
                change.iteration(),
                change.oldLambda(),
                change.newLambda(),
                change.cause().label(),
                change.measurement().loss(),
                change.before().minimumLoss(),
                change.measurement().error().orElse(Double.NaN),
                change.before().minimumError(),
                change.measurement().penalty());
        keep(change);
    }

    private void keep(Decision.Change change) {
        changes.add(change);
        observers.forEach(observer -> observer.changed(change));
    }

    /**
     * Held-out data have decided something; their own rule logs it.
     *
     * @param change   what is counted as a change of lambda, if it is one
     */
    void decided(ValidationDecision decision, Optional<Decision.Change> change) {
        change.ifPresent(this::keep);
        observers.forEach(observer -> observer.decided(decision));
    }

    /** A warning that is given once in a run, however often it applies. */
    void warnOnce(Once what, String message, Object... arguments) {
        if (said.add(what)) {
            LOG.warn(message, arguments);
        }
    }
}
