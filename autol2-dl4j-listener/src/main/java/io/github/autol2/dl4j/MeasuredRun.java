package io.github.autol2.dl4j;

import io.github.autol2.dl4j.Replicas.Replica;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.schedule.AutoL2Options;
import io.github.autol2.schedule.AutoL2Run;
import io.github.autol2.schedule.Sample;
import io.github.autol2.schedule.TrainingStart;
import java.util.List;
import org.deeplearning4j.nn.api.layers.IOutputLayer;

/** Reads what a run asks for off the training step, and carries out what it decides. Not thread-safe. */
final class MeasuredRun {

    private final AutoL2Run run;
    private final RunReport report;
    private final TrainingError trainingError = new TrainingError();
    private final Decisions decisions;
    private final ClassShares shares = new ClassShares(); // of the first batches: one alone tells too little
    private boolean gathers = true;
    private double sampledPenalty; // of the network as it was, at the last sample

    /**
     * @param validation null where training signals decide
     * @param steps      of lambda, before this run was resumed
     * @param sampledPenalty of the last sample before that, 0 without one
     */
    MeasuredRun(
            AutoL2Run run,
            RunReport report,
            ValidationPart validation,
            List<LambdaSchedule.Step> steps,
            double sampledPenalty) {
        this.run = run;
        this.report = report;
        this.decisions = new Decisions(run, report, validation, steps);
        this.sampledPenalty = sampledPenalty;
    }

    /** Each change of lambda so far, the first lambda included. */
    List<LambdaSchedule.Step> steps() {
        return decisions.steps();
    }

    /** What is taken off the scores until the next sample. */
    double sampledPenalty() {
        return sampledPenalty;
    }

    /** The current coefficient; NaN before the run has begun. */
    double lambda() {
        return decisions.lambda();
    }

    /** Sets the current lambda. The network keeps its own coefficients until there is one. */
    void apply(Replica replica) {
        if (run.hasBegun()) {
            if (!replica.lambda().isSet()) { // met before the run began on another replica
                decisions.steps().stream()
                        .findFirst()
                        .ifPresent(first -> replica.lambda().begin(first.lambda()));
            }
            replica.lambda().set(decisions.lambda());
        }
    }

    /** One training step, inside {@code onBackwardPass}. */
    void step(Network network, Replica replica, long iteration) {
        boolean sampled = !run.hasBegun() || decisions.wantsSample(iteration);
        double score = network.score();
        double penalty = sampled ? network.penaltyInScore() : 0;
        if (!decisions.count(iteration, score, penalty)) {
            return;
        }
        if (!run.hasBegun()) {
            TrainingStart start = start(network, replica.lambda(), score - penalty, run.options());
            decisions.begin(iteration, start);
            replica.lambda().begin(decisions.lambda());
            report.takePart(replica.lambda(), decisions.lambda());
            if (hasShares(network)) {
                run.awaitBaseline();
            }
        }
        gatherShares(network);
        sampledPenalty = sampled ? penalty : sampledPenalty;
        replica.lambda().set(decisions.lambda());
        boolean inScore = replica.lambda().isInScore();
        if (decisions.wantsSample(iteration)) {
            decisions.measure(new Sample(
                    iteration,
                    inScore ? score : score - penalty,
                    inScore ? penalty : replica.lambda().penaltyOfAll(network), // lambda is to be raised for all
                    trainingError.of(network.outputLayers()),
                    etaEff(network, replica.lambda()),
                    inScore));
        } else {
            run.add(inScore ? score : score - sampledPenalty);
        }
    }

    private void gatherShares(Network network) {
        gathers = gathers && run.lacksBaseline() && hasShares(network);
        if (gathers && shares.add(network.outputLayers().get(0)).areCounted()) {
            shares.entropy().ifPresent(run::baseline);
            gathers = false;
        }
    }

    /** Whether the labels of this batch tell how often each class is. */
    private static boolean hasShares(Network network) {
        List<IOutputLayer> outputs = network.outputLayers();
        return network.dividesByBatch()
                && outputs.size() == 1
                && ClassShares.knows(outputs.get(0))
                && outputs.get(0).getLabels().rank() <= 2;
    }

    /**
     * An update is done, inside {@code iterationDone}: held-out data may decide.
     *
     * @param updates so far
     */
    void updated(Network network, long updates) {
        decisions.updated(network, updates);
    }

    /**
     * The network in training is the best one again, by the user's wish.
     *
     * @param updates so far
     */
    void goOnFromBest(long updates) {
        decisions.goOnFromBest(updates);
    }

    /**
     * What a network shows before its first update, inside {@code onBackwardPass}. Its coefficients stand for lambda = 1 afterwards.
     *
     * @param loss without penalty
     */
    static TrainingStart start(Network network, NetworkLambda networkLambda, double loss, AutoL2Options options) {
        double penaltyAtOne = networkLambda.penaltyAtOne(network);
        networkLambda.set(1); // for a moment, so that the network shows which weights take part
        List<IOutputLayer> outputs = network.outputLayers();
        boolean classifies = TrainingError.classify(outputs);
        return new TrainingStart(
                loss,
                penaltyAtOne,
                etaEff(network, networkLambda, options),
                LossOfMean.of(outputs, network.dividesByBatch(), classifies),
                classifies,
                outputs.stream()
                        .allMatch(output ->
                                output.getLabels() == null || output.getLabels().rank() <= 2),
                networkLambda.users());
    }

    private double etaEff(Network network, NetworkLambda networkLambda) {
        return etaEff(network, networkLambda, run.options());
    }

    private static double etaEff(Network network, NetworkLambda networkLambda, AutoL2Options options) {
        return options.needLearningRate()
                ? Math.max(0, networkLambda.etaEff(network))
                : 0; // a schedule may end below 0
    }
}
