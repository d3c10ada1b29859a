package io.github.autol2.dl4j;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
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

    /** Of fewer examples the shares tell too little. */
    private static final int ENOUGH_EXAMPLES = 50;

    /** A class that was seen less often has a share that is not known. */
    private static final int ENOUGH_OF_A_CLASS = 5;

    /** Of so many the shares are taken as they are. */
    private static final int MOST_EXAMPLES = 10_000;

    /** Whose outputs are shares of classes. Subclasses may count otherwise. */
    private static final List<Class<? extends ILossFunction>> KNOWN =
            List.of(LossMCXENT.class, LossNegativeLogLikelihood.class, LossBinaryXENT.class, LossSparseMCXENT.class);

    private static final double ROUNDING = 1 + 1e-6;

    private double[] counts = {}; // of each column of the labels
    private double[] weights; // of each column in the loss; null for all the same
    private boolean binary; // each column for itself
    private double places; // examples, times time steps or pixels
    private double examples;
    private boolean shares = true; // not with labels below 0, or of which a place has more than one

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
        count(rows.length() / (double) sums.length, ofExamples);
        double all = Arrays.stream(counts).sum();
        shares = shares
                && rows.minNumber().doubleValue() >= 0
                && (binary ? Arrays.stream(counts).max().orElse(0) : all) <= places * ROUNDING;
        return this;
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

    /** Whether more batches are not worth counting. */
    boolean areCounted() {
        return !shares || tell() || examples >= MOST_EXAMPLES;
    }

    /**
     * Whether the shares are known well enough: of 50 examples, of two classes, and of five examples of each class that was seen. A class that
     * is missing makes the entropy too small, and one that was seen by chance makes it too large.
     */
    boolean tell() {
        return examples >= ENOUGH_EXAMPLES
                && entropy().isPresent()
                && Arrays.stream(counts).allMatch(count -> isEnough(count) && (!binary || isEnough(places - count)));
    }

    private static boolean isEnough(double count) {
        return count == 0 || count >= ENOUGH_OF_A_CLASS;
    }

    /** For an example, of the classes that were seen; empty if that was one alone, or the labels are no shares. */
    OptionalDouble entropy() {
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            double share = counts[i] / places;
            double weight = weights == null ? 1 : weights[i];
            sum += weight * (of(share) + (binary ? of(1 - share) : 0));
        }
        double entropy = sum * places / examples;
        return shares && entropy > 0 ? OptionalDouble.of(entropy) : OptionalDouble.empty();
    }

    private static double of(double share) {
        return share > 0 ? -share * Math.log(share) : 0;
    }
}
