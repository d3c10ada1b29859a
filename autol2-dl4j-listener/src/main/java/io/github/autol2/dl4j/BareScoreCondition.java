package io.github.autol2.dl4j;

import org.deeplearning4j.earlystopping.termination.IterationTerminationCondition;

/** A condition of the user's that sees the score of the last batch without AutoL2's penalty. */
final class BareScoreCondition implements IterationTerminationCondition {

    private static final long serialVersionUID = 1;

    private final IterationTerminationCondition condition;
    private final transient AutoL2Listener listener;

    /**
     * @param listener on the network that is trained
     */
    BareScoreCondition(IterationTerminationCondition condition, AutoL2Listener listener) {
        this.condition = condition;
        this.listener = listener;
    }

    @Override
    public void initialize() {
        condition.initialize();
    }

    @Override
    public boolean terminate(double score) {
        return condition.terminate(score - listener.penaltyInLastScore());
    }

    @Override
    public String toString() {
        return condition.toString();
    }
}
