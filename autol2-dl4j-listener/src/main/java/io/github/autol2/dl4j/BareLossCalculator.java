package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import org.deeplearning4j.earlystopping.scorecalc.ScoreCalculator;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * The mean loss per example without any penalty, for early stopping: Deeplearning4j's {@code DataSetLossCalculator} adds the penalty, so
 * that a smaller lambda looks like a better network.
 */
public final class BareLossCalculator implements ScoreCalculator<Model> {

    private static final long serialVersionUID = 1;

    private final DataSetIterator data; // a search copies it with the calculator

    /**
     * @param data validation examples, from an iterator that can be reset
     */
    public BareLossCalculator(DataSetIterator data) {
        if (!data.resetSupported()) {
            throw new IllegalArgumentException("data must come from an iterator that can be reset, got "
                    + data.getClass().getSimpleName());
        }
        this.data = data;
    }

    @Override
    public double calculateScore(Model model) {
        Network network = Network.of(model);
        double sum = 0;
        long examples = 0;
        data.reset();
        while (data.hasNext()) {
            DataSet batch = data.next();
            sum += network.loss(batch) * batch.numExamples();
            examples += batch.numExamples();
        }
        return sum / examples;
    }

    @Override
    public boolean minimizeScore() {
        return true;
    }
}
