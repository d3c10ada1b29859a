package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.JudgedNetwork;
import io.github.autol2.schedule.AdaptiveState;
import io.github.autol2.schedule.AutoL2Run;
import io.github.autol2.schedule.Decision;
import io.github.autol2.schedule.Sample;
import io.github.autol2.schedule.TrainingStart;
import java.util.ArrayList;
import java.util.List;

/** Passes to a run what was measured, and keeps the lambda that comes of it. Not thread-safe. */
final class Decisions {

    private final AutoL2Run run;
    private final RunReport report;
    private final ValidationPart validation; // null where training signals decide
    private final List<LambdaSchedule.Step> steps; // of lambda, all of them
    private double lambda; // NaN before the run has begun
    private long actsFrom; // a change of lambda acts no earlier

    /**
     * @param validation null where training signals decide
     * @param steps      of lambda, before the run was resumed
     */
    Decisions(AutoL2Run run, RunReport report, ValidationPart validation, List<LambdaSchedule.Step> steps) {
        this.run = run;
        this.report = report;
        this.validation = validation;
        this.steps = new ArrayList<>(steps);
        this.lambda = steps.isEmpty() ? Double.NaN : steps.get(steps.size() - 1).lambda();
    }

    /** The current coefficient; NaN before the run has begun. */
    double lambda() {
        return lambda;
    }

    /** Each change of lambda so far, the first lambda included. */
    List<LambdaSchedule.Step> steps() {
        return List.copyOf(steps);
    }

    /** Whether an iteration's score and penalty count; warns once in a run if they do not. */
    boolean count(long iteration, double score, double penalty) {
        if (Double.isFinite(score) && Double.isFinite(penalty)) {
            return true;
        }
        report.warnOnce(
                RunReport.Once.BROKEN_SCORE,
                "iteration {}: the score is {}; such iterations are skipped, {}. "
                        + "Try a smaller learning rate or gradient clipping.",
                iteration,
                Double.isFinite(score) ? penalty : score,
                run.hasBegun() ? "lambda stays at " + lambda : "AutoL2 begins with the first one that is not");
        return false;
    }

    /** The first lambda. */
    void begin(long iteration, TrainingStart start) {
        run.begin(iteration, start);
        change(iteration, run.lambda());
        double whole = run.options().fromTheStart().withMinimumLambda(0).firstLambda(start);
        double raised = run.options().tooShort() ? 0 : whole;
        if (validation != null) {
            validation.begin(iteration, lambda, raised, start.etaEff());
        }
        report.began(iteration, run.options(), lambda, whole, plan(raised));
    }

    /** What becomes of the first lambda apart from divisions. */
    private String plan(double raised) {
        if (validation != null) {
            return raised <= lambda ? "" : ", and raises it if held-out data show that the network overfits";
        }
        boolean raises = run.state() instanceof AdaptiveState state
                && state.learnedLoss() > 0
                && (!state.unlearned() || raised > lambda); // a regression is raised to more than it begins with
        return raises ? ", and raises it once when the network has learned" : "";
    }

    /** Whether an iteration is to be sampled; needs a run that has begun. */
    boolean wantsSample(long iteration) {
        return validation == null ? run.wantsSample(iteration) : validation.wantsSample(iteration);
    }

    /** An iteration with a sample, which may divide lambda where training signals decide. */
    void measure(Sample sample) {
        if (validation != null) {
            observe(sample);
            return;
        }
        double before = lambda;
        run.sample(sample).ifPresent(measured -> {
            if (measured.decision() instanceof Decision.Change changed) {
                change(sample.iteration(), changed.newLambda());
            }
            report.measured(measured, before);
        });
        warnBeyondBudget(sample.iteration(), "lambda goes on to fall by the same rule");
    }

    private void observe(Sample sample) {
        validation.observe(sample).ifPresent(measured -> report.measured(measured, lambda));
        warnBeyondBudget(sample.iteration(), "lambda is held, and no network comes back at its end");
    }

    /**
     * An update is done: held-out data may decide, and bring the network back.
     *
     * @param updates so far
     */
    void updated(JudgedNetwork network, long updates) {
        if (validation != null && run.hasBegun()) {
            validation.updated(network, updates).ifPresent(decision -> {
                change(updates, validation.lambda());
                report.decided(decision, validation.division(decision));
            });
        }
    }

    /**
     * The network in training is the best one again, by the user's wish.
     *
     * @param updates so far
     */
    void goOnFromBest(long updates) {
        validation.goOnFromBest(updates);
        change(updates, validation.lambda());
    }

    private void warnBeyondBudget(long iteration, String what) {
        if (run.beyondBudget(iteration) > 0) {
            report.warnOnce(
                    RunReport.Once.BEYOND_BUDGET,
                    "iteration {}: the run goes on after its budget; {}. "
                            + "A budget counts iterations: batches per epoch times epochs.",
                    iteration,
                    what);
        }
    }

    /** What is decided from now on acts at this iteration at the earliest. */
    void actFrom(long iteration) {
        actsFrom = iteration;
    }

    /** lambda from this iteration's update on. */
    void change(long iteration, double next) {
        if (next == lambda) {
            return;
        }
        lambda = next;
        long from = Math.max(iteration, actsFrom);
        steps.removeIf(step -> step.iteration() >= from); // one that has never acted
        steps.add(new LambdaSchedule.Step(from, next));
    }
}
