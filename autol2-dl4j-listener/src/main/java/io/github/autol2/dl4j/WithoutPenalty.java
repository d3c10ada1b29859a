package io.github.autol2.dl4j;

import org.deeplearning4j.earlystopping.scorecalc.ScoreCalculator;
import org.deeplearning4j.nn.api.Model;

/** A score of a network as if it had no penalty of ours; other penalties stay in it, they do not change. */
final class WithoutPenalty<T extends Model> implements ScoreCalculator<T> {

    private static final long serialVersionUID = 1;

    private final ScoreCalculator<T> score;
    private final transient AutoL2Listener listener;

    WithoutPenalty(ScoreCalculator<T> score, AutoL2Listener listener) {
        this.score = score;
        this.listener = listener;
    }

    @Override
    public double calculateScore(T network) {
        return listener.withoutPenalty(network, () -> score.calculateScore(network));
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
