package io.github.autol2.dl4j;

import java.util.function.DoubleSupplier;
import org.deeplearning4j.earlystopping.termination.IterationTerminationCondition;

/** A condition of the user's that sees the score of the last batch without the penalty of ours. */
final class BareScoreCondition implements IterationTerminationCondition {

    private static final long serialVersionUID = 1;

    private final IterationTerminationCondition condition;
    private final transient DoubleSupplier penalty;

    /**
     * @param penalty the part of the last batch's score that is the penalty of ours
     */
    BareScoreCondition(IterationTerminationCondition condition, DoubleSupplier penalty) {
        this.condition = condition;
        this.penalty = penalty;
    }

    @Override
    public void initialize() {
        condition.initialize();
    }

    @Override
    public boolean terminate(double score) {
        return condition.terminate(score - penalty.getAsDouble());
    }

    @Override
    public String toString() {
        return condition.toString();
    }
}
