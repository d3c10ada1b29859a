package io.github.autol2.arbiter.run;

import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/**
 * Counts the iterations of a candidate's training, tells the status listeners of each (Arbiter's own would let a candidate fail because a
 * listener does), and reports the validation score when it is due.
 *
 * <p>With truncated backpropagation through time a score would disturb the state that is carried from one part of a sequence to the next, so
 * such a network reports at the end of an epoch what was due in it.
 */
final class TrainingWatch extends BaseTrainingListener {

    private final StatusListeners listeners;
    private final CandidateInfo info;
    private final Judge judge;
    private final ToDoubleFunction<Model> score;
    private final CandidateReports reports;
    private long iterations;
    private OptionalLong due;

    /**
     * @param listeners of the search
     * @param candidate that is about to be trained
     * @param start     in milliseconds since 1970
     * @param judge     of what it reports
     * @param score     of a network on the validation data
     */
    TrainingWatch(
            StatusListeners listeners, Candidate<?> candidate, long start, Judge judge, ToDoubleFunction<Model> score) {
        this.listeners = listeners;
        this.info = new CandidateInfo(
                candidate.getIndex(),
                CandidateStatus.Running,
                null,
                start,
                start,
                null,
                candidate.getFlatParameters(),
                null);
        this.judge = judge;
        this.score = score;
        this.reports = new CandidateReports(candidate.getIndex(), judge);
        this.due = judge.next(0);
    }

    /** {@return the parameter updates so far} */
    long iterations() {
        return iterations;
    }

    /** {@return what the candidate reports} */
    CandidateReports reports() {
        return reports;
    }

    /**
     * @throws PrunedException if the candidate is given up
     */
    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        iterations++;
        listeners.tell(listener -> listener.onCandidateIteration(info, model, iteration));
        if (isDue() && !isTruncated(model)) {
            report(model);
        }
    }

    /**
     * @throws PrunedException if the candidate is given up
     */
    @Override
    public void onEpochEnd(Model model) {
        if (isDue()) {
            report(model);
        }
    }

    private boolean isDue() {
        return due.isPresent() && iterations >= due.getAsLong();
    }

    private void report(Model model) {
        double now = score.applyAsDouble(model);
        while (isDue()) {
            long rung = due.getAsLong();
            reports.add(rung, now);
            due = judge.next(rung);
        }
    }

    private static boolean isTruncated(Model model) {
        return (model instanceof MultiLayerNetwork layers
                        && layers.getLayerWiseConfigurations().getBackpropType() == BackpropType.TruncatedBPTT)
                || (model instanceof ComputationGraph graph
                        && graph.getConfiguration().getBackpropType() == BackpropType.TruncatedBPTT);
    }
}
