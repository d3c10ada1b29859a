package io.github.autol2.dl4j;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/**
 * How often each class is among the labels of some batches, and the cross entropy of answering with these shares, whatever the example:
 * that of a network that has learned nothing else. Not thread-safe.
 */
final class ClassShares {

    /** Whose outputs are shares of classes. Subclasses may count otherwise. */
    private static final List<Class<? extends ILossFunction>> KNOWN =
            List.of(LossMCXENT.class, LossNegativeLogLikelihood.class, LossBinaryXENT.class, LossSparseMCXENT.class);

    private double[] counts = {}; // of each column of the labels
    private double[] weights; // of each column in the loss; null for all the same
    private boolean binary; // each column for itself
    private double places; // examples, times time steps or pixels
    private double examples;

    /** Whether a layer's loss is a cross entropy that is known here, and its batch has labels without a mask. */
    static boolean knows(IOutputLayer output) {
        ILossFunction loss = LossOfMean.lossOf(output.conf().getLayer());
        return loss != null
                && KNOWN.contains(loss.getClass())
                && output.getLabels() != null
                && output.getMaskArray() == null;
    }

    /** One more batch of a layer that is known. */
    ClassShares add(IOutputLayer output) {
        Layer conf = output.conf().getLayer();
        ILossFunction loss = LossOfMean.lossOf(conf);
        INDArray labels = LossOfMean.rows(ClassAxis.of(conf).toLast(output.getLabels()));
        binary = loss instanceof LossBinaryXENT;
        INDArray given = binary ? ((LossBinaryXENT) loss).getWeights() : ((LossMCXENT) loss).getWeights();
        weights = given == null ? null : given.dup('c').data().asDouble();
        if (loss instanceof LossSparseMCXENT) {
            long classes = conf instanceof FeedForwardLayer layer ? layer.getNOut() : 0;
            return addNumbers(labels, (int) classes, output.getLabels().size(0));
        }
        return addRows(labels, output.getLabels().size(0));
    }

    /**
     * Labels with a column for each class, or a single one of 0 and 1.
     *
     * @param rows {@code [places, columns]}
     */
    ClassShares addRows(INDArray rows, long ofExamples) {
        double[] sums = rows.sum(0).dup('c').data().asDouble();
        grow(sums.length);
        for (int i = 0; i < sums.length; i++) {
            counts[i] += sums[i];
        }
        binary = binary || sums.length == 1;
        return count(rows.length() / (double) sums.length, ofExamples);
    }

    /**
     * Labels that are the number of the class.
     *
     * @param numbers of any shape
     * @param classes at least; more if there is a larger number
     */
    ClassShares addNumbers(INDArray numbers, int classes, long ofExamples) {
        double[] all = numbers.dup('c').data().asDouble();
        grow(Math.max(2, Math.max(classes, 1 + (int) Arrays.stream(all).max().orElse(0))));
        for (double number : all) {
            if (number >= 0) { // a negative one is no class
                counts[(int) number]++;
            }
        }
        return count(all.length, ofExamples);
    }

    private void grow(int columns) {
        if (columns > counts.length) {
            counts = Arrays.copyOf(counts, columns);
        }
    }

    private ClassShares count(double morePlaces, long moreExamples) {
        places += morePlaces;
        examples += moreExamples;
        return this;
    }

    double examples() {
        return examples;
    }

    /** For an example, with one more of each class, so that one which is lacking by chance counts, too. */
    double entropy() {
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            double share = (counts[i] + 1) / (places + Math.max(2, counts.length));
            double weight = weights == null ? 1 : weights[i];
            sum += weight * (of(share) + (binary ? of(1 - share) : 0));
        }
        return sum * places / examples;
    }

    private static double of(double share) {
        return -share * Math.log(share);
    }
}
