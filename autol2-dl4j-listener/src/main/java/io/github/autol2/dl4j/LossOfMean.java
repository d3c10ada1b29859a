package io.github.autol2.dl4j;

import java.util.Arrays;
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
import org.nd4j.linalg.api.ops.impl.loss.SigmoidCrossEntropyLoss;
import org.nd4j.linalg.api.ops.impl.loss.SoftmaxCrossEntropyLoss;
import org.nd4j.linalg.api.ops.impl.loss.SoftmaxCrossEntropyWithLogitsLoss;
import org.nd4j.linalg.api.ops.impl.loss.SparseSoftmaxCrossEntropyLossWithLogits;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarDivision;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
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

    /** Of fewer examples the mean tells too little. */
    private static final int FEWEST_EXAMPLES = 10;

    private LossOfMean() {}

    /**
     * Empty if it is not known for one of the outputs, as with masks, with losses that users wrote, with fewer than 10 examples, and with those
     * of a single class.
     *
     * @param byBatch    whether the score is divided by the number of examples
     * @param classifies whether there is a training error: of several labels the shares tell too little
     */
    static OptionalDouble of(List<IOutputLayer> outputs, boolean byBatch, boolean classifies) {
        double sum = 0;
        for (IOutputLayer output : outputs) {
            Layer conf = output.conf().getLayer();
            INDArray labels = output.getLabels();
            boolean quantities = isOfQuantities(conf);
            boolean known = quantities
                    ? labels != null && output.getMaskArray() == null
                    : classifies && ClassShares.knows(output);
            if (!known || labels.size(0) < FEWEST_EXAMPLES) {
                return OptionalDouble.empty();
            }
            OptionalDouble ofExample = quantities
                    ? OptionalDouble.of(ofQuantities(conf, labels) / labels.size(0))
                    : new ClassShares().add(output).entropy();
            if (ofExample.isEmpty()) {
                return OptionalDouble.empty();
            }
            sum += byBatch ? ofExample.getAsDouble() : ofExample.getAsDouble() * labels.size(0);
        }
        return Double.isFinite(sum) ? OptionalDouble.of(sum) : OptionalDouble.empty();
    }

    private static double ofQuantities(Layer conf, INDArray labels) {
        INDArray targets = rows(ClassAxis.of(conf).toLast(labels));
        return score(lossOf(conf), targets, means(targets));
    }

    /** Whether an operation behind a loss of SameDiff leaves {@link #share} as it is: a mean, a sum or a factor. */
    static boolean keepsShare(SameDiffOp op) {
        return ExampleLosses.isMeanOrSum(op)
                || op.getOp() instanceof ScalarMultiplication
                || op.getOp() instanceof ScalarDivision;
    }

    /**
     * The same for SameDiff's mean squared and absolute errors and its cross entropies, as a share of the loss; empty for others, with
     * weights of examples, with sequences of classes and with several labels.
     */
    static OptionalDouble share(DifferentialFunction function, OpContext context) {
        if (function instanceof SoftmaxCrossEntropyLoss || function instanceof SigmoidCrossEntropyLoss) {
            boolean weighted = context.getInputArray(1).length() > 1;
            INDArray logits = context.getInputArray(0);
            boolean several = function instanceof SigmoidCrossEntropyLoss && logits.length() > logits.size(0);
            return weighted || several ? OptionalDouble.empty() : ofClasses(logits, context.getInputArray(2));
        }
        if (function instanceof SoftmaxCrossEntropyWithLogitsLoss) {
            return ofClasses(context.getInputArray(0), context.getInputArray(1));
        }
        if (function instanceof SparseSoftmaxCrossEntropyLossWithLogits) {
            return ofClasses(context.getInputArray(1), context.getInputArray(0));
        }
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

    /** One column of logits is that of a sigmoid. */
    private static OptionalDouble ofClasses(INDArray logits, INDArray labels) {
        long examples = labels.size(0);
        boolean numbers = labels.length() == examples && logits.length() > examples;
        boolean known = logits.rank() == 2 && (numbers || labels.length() == logits.length());
        if (!known || examples < FEWEST_EXAMPLES) {
            return OptionalDouble.empty();
        }
        int columns = (int) logits.size(1);
        double[] scores = logits.dup('c').data().asDouble();
        double[] targets = labels.dup('c').data().asDouble();
        double loss = 0;
        for (int row = 0; row < examples; row++) {
            int end = (row + 1) * columns;
            double largest = Arrays.stream(scores, row * columns, end).max().orElseThrow();
            largest = columns == 1 ? Math.max(0, largest) : largest; // the other class of a sigmoid has the score 0
            double sum = columns == 1 ? Math.exp(-largest) : 0;
            for (int i = row * columns; i < end; i++) {
                sum += Math.exp(scores[i] - largest);
                loss -= numbers ? 0 : targets[i] * scores[i];
            }
            loss += largest + Math.log(sum) - (numbers ? scores[row * columns + (int) targets[row]] : 0);
        }
        ClassShares shares = numbers
                ? new ClassShares().addNumbers(labels, columns, examples)
                : new ClassShares().addRows(rows(labels.reshape(examples, columns)), examples);
        double share = shares.entropy().orElse(0) * examples / loss;
        return Double.isFinite(share) && share > 0 ? OptionalDouble.of(share) : OptionalDouble.empty();
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
    static ILossFunction lossOf(Layer conf) {
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
    static INDArray rows(INDArray labels) {
        return labels.castTo(DataType.DOUBLE) // equal targets have a mean that equals them
                .reshape('c', -1, labels.size(-1));
    }

    /** Summed over all positions. */
    private static double score(ILossFunction loss, INDArray targets, INDArray outputs) {
        return loss.computeScore(targets, outputs, new ActivationIdentity(), null, false);
    }
}
