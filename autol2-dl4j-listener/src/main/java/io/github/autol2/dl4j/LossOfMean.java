package io.github.autol2.dl4j;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.impl.loss.AbsoluteDifferenceLoss;
import org.nd4j.linalg.api.ops.impl.loss.MeanSquaredErrorLoss;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarDivision;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The loss that outputs would have in the current batch if they were the mean of its targets, whatever the example: that of a network
 * that has learned nothing else. For a classifier's cross entropy it is the entropy of the classes' shares. In the units of the network's score, which is
 * a mean per example and a sum over outputs and time steps.
 */
final class LossOfMean {

    /** Those whose smallest value is that of an output which equals its target. Others may need labels of another shape. */
    private static final Set<Class<? extends ILossFunction>> KNOWN =
            Set.of(LossMSE.class, LossL2.class, LossMAE.class, LossL1.class);

    /** Whose outputs are shares of classes. */
    private static final Set<Class<? extends ILossFunction>> OF_CLASSES =
            Set.of(LossMCXENT.class, LossNegativeLogLikelihood.class, LossBinaryXENT.class);

    /** Of fewer examples the mean tells too little. */
    private static final int FEWEST_EXAMPLES = 10;

    private LossOfMean() {}

    /**
     * Empty if it is not known for one of the outputs, as with masks, with losses that users wrote, and with fewer than 10 examples.
     *
     * @param byBatch    whether the score is divided by the number of examples
     * @param classifies whether there is a training error: of several labels the shares tell too little
     */
    static OptionalDouble of(List<IOutputLayer> outputs, boolean byBatch, boolean classifies) {
        double sum = 0;
        for (IOutputLayer output : outputs) {
            Layer conf = output.conf().getLayer();
            ILossFunction loss = lossOf(conf);
            boolean known =
                    (isOfQuantities(conf) || (classifies && loss != null && OF_CLASSES.contains(loss.getClass())))
                            && output.getLabels() != null
                            && output.getLabels().size(0) >= FEWEST_EXAMPLES
                            && output.getMaskArray() == null;
            if (!known) {
                return OptionalDouble.empty();
            }
            INDArray labels = output.getLabels();
            INDArray targets = rows(ClassAxis.of(conf).toLast(labels));
            sum += (isOfQuantities(conf) ? score(loss, targets, means(targets)) : entropy(loss, targets))
                    / (byBatch ? labels.size(0) : 1);
        }
        return Double.isFinite(sum) ? OptionalDouble.of(sum) : OptionalDouble.empty();
    }

    /** Whether an operation behind a loss of SameDiff leaves {@link #share} as it is: a mean, a sum or a factor. */
    static boolean keepsShare(SameDiffOp op) {
        return ExampleLosses.isMeanOrSum(op)
                || op.getOp() instanceof ScalarMultiplication
                || op.getOp() instanceof ScalarDivision;
    }

    /** The same for SameDiff's mean squared and absolute errors, as a share of the loss; empty for others, and with weights of examples. */
    static OptionalDouble share(DifferentialFunction function, OpContext context) {
        boolean squared = function instanceof MeanSquaredErrorLoss;
        if (!squared && !(function instanceof AbsoluteDifferenceLoss)) {
            return OptionalDouble.empty();
        }
        INDArray predictions = context.getInputArray(0);
        INDArray targets = context.getInputArray(2);
        boolean weighted = context.getInputArray(1).length() > 1;
        if (weighted || targets.size(0) < FEWEST_EXAMPLES) {
            return OptionalDouble.empty();
        }
        INDArray exact = targets.castTo(DataType.DOUBLE);
        double ofMean = errors(exact.sub(means(exact)), squared);
        double share = ofMean / errors(targets.sub(predictions), squared);
        return Double.isFinite(share) ? OptionalDouble.of(share) : OptionalDouble.empty();
    }

    private static double errors(INDArray differences, boolean squared) {
        return (squared ? differences.muli(differences) : Transforms.abs(differences, false))
                .sumNumber()
                .doubleValue();
    }

    /** In the shape of the targets, whose columns are in the last dimension. */
    private static INDArray means(INDArray targets) {
        long columns = targets.size(-1);
        INDArray rows = targets.dup('c').reshape(-1, columns);
        return rows.mean(true, 0).broadcast(rows.shape()).reshape(targets.shape());
    }

    /** Whether a layer learns a squared or absolute error. */
    static boolean isOfQuantities(Layer conf) {
        ILossFunction loss = lossOf(conf);
        return loss != null && KNOWN.contains(loss.getClass());
    }

    /** The loss that a layer ends in; null if there is none, or a SameDiff layer defines it. */
    private static ILossFunction lossOf(Layer conf) {
        if (conf instanceof BaseOutputLayer output) {
            return output.getLossFn();
        }
        if (conf instanceof RnnLossLayer output) {
            return output.getLossFn();
        }
        if (conf instanceof CnnLossLayer output) {
            return output.getLossFn();
        }
        return conf instanceof LossLayer output ? output.getLossFn() : null;
    }

    /** One for each position. */
    private static INDArray rows(INDArray labels) {
        return labels.castTo(DataType.DOUBLE)
                .dup('c')
                .reshape(-1, labels.size(-1)); // equal targets have a mean that equals them
    }

    /** With one example more of each class, so that one which the batch lacks by chance counts, too. */
    private static double entropy(ILossFunction loss, INDArray rows) {
        long classes = Math.max(2, rows.columns());
        INDArray shares = means(rows).muli(rows.rows()).addi(1).divi(rows.rows() + (double) classes);
        return score(loss, shares, shares);
    }

    /** Summed over all positions. */
    private static double score(ILossFunction loss, INDArray targets, INDArray outputs) {
        return loss.computeScore(targets, outputs, new ActivationIdentity(), null, false);
    }
}
