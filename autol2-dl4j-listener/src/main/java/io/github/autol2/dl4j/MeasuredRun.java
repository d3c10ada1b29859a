package io.github.autol2.dl4j;

import io.github.autol2.dl4j.Replicas.Replica;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AutoL2Run;
import io.github.autol2.schedule.Decision;
import io.github.autol2.schedule.Sample;
import io.github.autol2.schedule.TrainingStart;
import java.util.ArrayList;
import java.util.List;

/** Reads what a run asks for off the training step, and carries out what it decides. Not thread-safe. */
final class MeasuredRun {

    private final AutoL2Run run;
    private final RunReport report;
    private final ValidationPart validation; // null where training signals decide
    private final TrainingError trainingError = new TrainingError();
    private final List<LambdaSchedule.Step> steps; // of lambda, all of them
    private double lambda; // what the last decision made it; NaN before the first

    /**
     * @param validation null where training signals decide
     * @param steps      of lambda, before this run was resumed
     */
    MeasuredRun(AutoL2Run run, RunReport report, ValidationPart validation, List<LambdaSchedule.Step> steps) {
        this.run = run;
        this.report = report;
        this.validation = validation;
        this.steps = new ArrayList<>(steps);
        this.lambda = run.hasBegun() ? run.lambda() : Double.NaN;
    }

    /** Each change of lambda so far, the first lambda included. */
    List<LambdaSchedule.Step> steps() {
        return List.copyOf(steps);
    }

    /** The current coefficient; NaN before the run has begun. */
    double lambda() {
        return lambda;
    }

    /** Sets the current lambda. The network keeps its own coefficients until there is one. */
    void apply(Replica replica) {
        if (run.hasBegun()) {
            replica.lambda().set(lambda);
        }
    }

    /** One training step, inside {@code onBackwardPass}. */
    void step(Network network, Replica replica, long iteration) {
        boolean sampled = !run.hasBegun() || run.wantsSample(iteration);
        double score = network.score();
        double penalty = sampled ? network.penaltyInScore() : 0;
        if (!Double.isFinite(score) || !Double.isFinite(penalty)) {
            report.warnOnce(
                    RunReport.Once.BROKEN_SCORE,
                    "iteration {}: the score is {}; such iterations are skipped, {}. "
                            + "Try a smaller learning rate or gradient clipping.",
                    iteration,
                    Double.isFinite(score) ? penalty : score,
                    run.hasBegun() ? "lambda stays at " + lambda : "AutoL2 begins with the first one that is not");
            return;
        }
        if (!run.hasBegun()) {
            begin(network, replica.lambda(), iteration, score - penalty);
        }
        if (validation != null) {
            return;
        }
        if (run.wantsSample(iteration)) {
            measure(new Sample(
                    iteration,
                    score,
                    penalty,
                    trainingError.of(network.outputLayers()),
                    etaEff(network, replica.lambda())));
        } else {
            run.add(score);
        }
    }

    /**
     * An update is done, inside {@code iterationDone}: held-out data may decide.
     *
     * @param updates so far
     */
    void updated(Network network, Replica replica, long updates) {
        if (validation != null && run.hasBegun()) {
            change(updates, validation.updated(network, updates, lambda, etaEff(network, replica.lambda())));
        }
    }

    private void begin(Network network, NetworkLambda networkLambda, long iteration, double loss) {
        double penaltyAtOne = networkLambda.penaltyAtOne(network);
        networkLambda.set(1); // for a moment, so that the network shows which weights take part
        TrainingStart start = new TrainingStart(loss, penaltyAtOne, etaEff(network, networkLambda));
        run.begin(iteration, start);
        change(iteration, run.lambda());
        double withoutFloor = run.options().withMinimumLambda(0).firstLambda(start);
        report.began(iteration, run.options(), lambda, withoutFloor);
        report.takePart(networkLambda);
    }

    private void measure(Sample sample) {
        double before = lambda;
        run.sample(sample).ifPresent(measured -> {
            if (measured.decision() instanceof Decision.Divide division) {
                change(sample.iteration(), division.newLambda());
            }
            report.measured(measured, before);
        });
        if (run.beyondBudget(sample.iteration()) > 0) {
            report.warnOnce(
                    RunReport.Once.BEYOND_BUDGET,
                    "iteration {}: the run goes on after its budget; lambda goes on to fall by the same rule. "
                            + "A budget counts iterations: batches per epoch times epochs.",
                    sample.iteration());
        }
    }

    private void change(long iteration, double next) {
        if (next != lambda) {
            lambda = next;
            steps.add(new LambdaSchedule.Step(iteration, next));
        }
    }

    private double etaEff(Network network, NetworkLambda networkLambda) {
        return run.options().needLearningRate() ? networkLambda.etaEff(network) : 0;
    }
}
