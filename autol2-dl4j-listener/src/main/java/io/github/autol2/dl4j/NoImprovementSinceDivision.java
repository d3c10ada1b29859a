package io.github.autol2.dl4j;

import org.deeplearning4j.earlystopping.termination.EpochTerminationCondition;

/**
 * Ends an {@code EarlyStoppingTrainer}'s run when the score has not improved for a number of epochs in which lambda was not divided.
 * Deeplearning4j's {@code ScoreImprovementEpochTerminationCondition} does not know of divisions and may stop before lambda is small enough. Epochs without an evaluation count, too, as they do there.
 */
public final class NoImprovementSinceDivision implements EpochTerminationCondition {

    private static final long serialVersionUID = 1;

    private final transient AutoL2Listener listener;
    private final int epochs;
    private final double least;
    private transient double best = Double.NaN;
    private transient double lambda = Double.NaN;
    private transient boolean begun;
    private transient int since; // the epoch of the last improvement, or of the last change of lambda

    /**
     * @param listener on the network that is trained
     * @param epochs   without an improvement, at least 1
     * @param least    what counts as an improvement, finite and at least 0
     */
    public NoImprovementSinceDivision(AutoL2Listener listener, int epochs, double least) {
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs must be at least 1, got " + epochs);
        }
        if (!(least >= 0 && Double.isFinite(least))) {
            throw new IllegalArgumentException("least must be finite and >= 0, got " + least);
        }
        this.listener = listener;
        listener.stopsEarlyBesideUs();
        this.epochs = epochs;
        this.least = least;
    }

    @Override
    public void initialize() {
        best = Double.NaN;
        lambda = Double.NaN;
        begun = false;
    }

    @Override
    public boolean terminate(int epoch, double score, boolean minimize) {
        double now = listener.lambdaOrNaN();
        if (isImprovement(score, minimize)) {
            best = score;
            since = epoch;
        } else if (now != lambda && !Double.isNaN(lambda)) {
            since = epoch;
        } else if (!begun) {
            since = epoch - 1; // this one has not improved anything
        }
        begun = true;
        lambda = now;
        return epoch - since >= epochs;
    }

    private boolean isImprovement(double score, boolean minimize) {
        if (Double.isNaN(score) || Double.isNaN(best)) {
            return !Double.isNaN(score);
        }
        double improvement = minimize ? best - score : score - best;
        return improvement > least || (least > 0 && improvement == least);
    }

    @Override
    public String toString() {
        return "NoImprovementSinceDivision(" + epochs + ", " + least + ")";
    }
}
