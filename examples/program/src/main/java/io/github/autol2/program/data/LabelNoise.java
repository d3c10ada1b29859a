package io.github.autol2.program.data;

import java.util.Arrays;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Wrong labels among the training and validation examples, as careless annotation leaves them. Test labels stay clean.
 *
 * @param share probability, in [0, 1), that an example's class is drawn anew, each class with the same probability: its old class is
 *              one of them, so with k classes a share of {@code share * (1 - 1/k)} is wrong
 */
public record LabelNoise(double share) {

    /** After the keys of the sources: a stream of its own. */
    private static final int NOISE = 3;

    public LabelNoise {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("share must be in [0, 1), got " + share);
        }
    }

    /**
     * The same rows with some of their labels drawn anew.
     *
     * @param seed the same seed draws the same labels
     */
    public DataSplit apply(DataSplit clean, long seed) {
        return share == 0
                ? clean
                : new DataSplit(
                        noisy(clean.training(), new Draws(seed, NOISE, 0)),
                        noisy(clean.validation(), new Draws(seed, NOISE, 1)),
                        clean.test(),
                        clean.shape(),
                        clean.target(),
                        clean.table(),
                        clean.notes());
    }

    private DataSet noisy(DataSet clean, Draws draws) {
        int rows = clean.numExamples();
        if (rows == 0) {
            return clean;
        }
        int classes = (int) clean.getLabels().size(1);
        float[] labels = clean.getLabels().dup('c').data().asFloat();
        for (int row = 0; row < rows; row++) {
            if (draws.uniform(0, 1) < share) {
                Arrays.fill(labels, row * classes, (row + 1) * classes, 0);
                labels[row * classes + draws.below(classes)] = 1;
            }
        }
        return new DataSet(clean.getFeatures(), Nd4j.create(labels, new long[] {rows, classes}, 'c'));
    }
}
