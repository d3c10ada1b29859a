package io.github.autol2.dl4j;

import io.github.autol2.numbers.Check;
import org.deeplearning4j.earlystopping.termination.EpochTerminationCondition;

/**
 * Ends an {@code EarlyStoppingTrainer}'s run when a number of timescales tau = 1/(eta_eff lambda) have passed since the last useful
 * division of lambda: accuracy peaks some tau after that and decays slowly afterwards (arXiv:2006.08643v2, section 2).
 *
 * <p>A division is useful if the trainer's score reached a new best after it; so is the start. Time goes on over divisions that are not
 * useful, each iteration counted with its own learning rate and lambda. The loss of the training batches cannot tell: it falls after
 * almost every division, because a smaller penalty lets the network fit more.
 *
 * <p>The score is that of the trainer's score calculator, which it needs. Let it be an accuracy
 * ({@code ClassificationScoreCalculator}): Deeplearning4j's {@code DataSetLossCalculator} includes the penalty and so improves with each
 * division. A new best by chance counts, so few validation examples make the run longer.
 *
 * <p>Until a classifier fits its training data lambda is nothing, and tau is longer than any run: give the listener
 * {@code AutoL2Options.adaptive().fromTheStart()} where it may never fit them.
 */
public final class StopAfterTimescales implements EpochTerminationCondition {

    private static final long serialVersionUID = 2;

    private final transient AutoL2Listener listener;
    private final double timescales;
    private transient double best = Double.NaN;
    private transient double usefulAt; // in tau since the run began

    /**
     * @param listener   on the network that is trained, with a rule that measures time in tau
     * @param timescales finite and greater than 0
     * @throws IllegalArgumentException if the listener does not divide lambda by the time in tau: with the published rule, or with
     *                                  validation data
     */
    public StopAfterTimescales(AutoL2Listener listener, double timescales) {
        Check.positive("timescales", timescales);
        if (!listener.measuresTimescales()) {
            throw new IllegalArgumentException(
                    "listener must divide lambda by the time in tau, but the published rule and held-out data do not. Use "
                            + "NoImprovementSinceDivision, or "
                            + "AutoL2Options.adaptive() without validation(..)");
        }
        this.listener = listener;
        listener.stopsEarlyBesideUs();
        this.timescales = timescales;
    }

    @Override
    public void initialize() {
        best = Double.NaN;
        usefulAt = listener.timescales();
    }

    @Override
    public boolean terminate(int epoch, double score, boolean minimize) {
        double now = listener.timescales();
        if (isNewBest(score, minimize)) {
            best = score;
            usefulAt = now - listener.timescalesSinceDivision();
        }
        return now - usefulAt >= timescales;
    }

    private boolean isNewBest(double score, boolean minimize) {
        if (Double.isNaN(score)) {
            return false;
        }
        return Double.isNaN(best) || (minimize ? score < best : score > best);
    }

    @Override
    public String toString() {
        return "StopAfterTimescales(" + timescales + ")";
    }
}
