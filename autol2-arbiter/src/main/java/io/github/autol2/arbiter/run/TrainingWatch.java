package io.github.autol2.arbiter.run;

import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/**
 * Counts the iterations of a candidate's training, and tells the status listeners of each; Arbiter's own would let a candidate fail
 * because a listener does.
 */
final class TrainingWatch extends BaseTrainingListener {

    private final StatusListeners listeners;
    private final CandidateInfo info;
    private long iterations;

    /**
     * @param listeners of the search
     * @param candidate that is about to be trained
     * @param start     in milliseconds since 1970
     */
    TrainingWatch(StatusListeners listeners, Candidate<?> candidate, long start) {
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
    }

    /** {@return the parameter updates so far} */
    long iterations() {
        return iterations;
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        iterations++;
        listeners.tell(listener -> listener.onCandidateIteration(info, model, iteration));
    }
}
