package io.github.autol2.dl4j;

import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleBiFunction;
import org.deeplearning4j.earlystopping.scorecalc.ScoreCalculator;
import org.deeplearning4j.nn.api.Model;

/** A score of a network as if it had no penalty of ours; other penalties stay in it, they do not change. */
final class WithoutPenalty<T extends Model> implements ScoreCalculator<T> {

    private static final long serialVersionUID = 1;

    private final ScoreCalculator<T> score;
    private final transient ToDoubleBiFunction<Model, DoubleSupplier> without;

    /**
     * @param without calculates on a network while its penalty of ours is 0
     */
    WithoutPenalty(ScoreCalculator<T> score, ToDoubleBiFunction<Model, DoubleSupplier> without) {
        this.score = score;
        this.without = without;
    }

    @Override
    public double calculateScore(T network) {
        return without.applyAsDouble(network, () -> score.calculateScore(network));
    }

    @Override
    public boolean minimizeScore() {
        return score.minimizeScore();
    }

    @Override
    public String toString() {
        return score.toString();
    }
}
