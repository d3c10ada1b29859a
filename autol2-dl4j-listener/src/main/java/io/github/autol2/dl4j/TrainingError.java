package io.github.autol2.dl4j;

import java.util.List;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The training error of the current batch, read from the output layers during the training step.
 *
 * <p>An output classifies if its activation is a softmax (the larger of the classes wins) or a sigmoid with a single unit (the
 * threshold is 0.5), as Deeplearning4j's Evaluation counts it. Other outputs (regression, several independent labels) have no
 * error.
 */
final class TrainingError {

    private TrainingError() {
    }

    /** The mean over the outputs that classify; empty if none does, or if every example is masked. */
    static OptionalDouble of(List<IOutputLayer> outputs) {
        double sum = 0;
        int classifiers = 0;
        for (IOutputLayer output : outputs) {
            double error = of(output);
            if (!Double.isNaN(error)) {
                sum += error;
                classifiers++;
            }
        }
        return classifiers == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / classifiers);
    }

    private static double of(IOutputLayer output) {
        if (!(output.conf().getLayer() instanceof BaseLayer conf) || output.getLabels() == null) {
            return Double.NaN;
        }
        INDArray labels = classesLast(output.getLabels(), conf);
        boolean softmax = conf.getActivationFn() instanceof ActivationSoftmax;
        boolean sigmoid = conf.getActivationFn() instanceof ActivationSigmoid && labels.size(-1) == 1;
        if (!softmax && !sigmoid) {
            return Double.NaN;
        }
        INDArray activations = classesLast(output.activate(false, LayerWorkspaceMgr.noWorkspaces()), conf);
        double[] mask = mask(output.getMaskArray(), activations);
        return mask == null ? Double.NaN : wrongFraction(values(activations), (int) activations.size(-1),
                values(labels), (int) labels.size(-1), mask);
    }

    /**
     * The fraction of positions (examples, time steps, pixels) whose predicted class is not the label's.
     *
     * @param activations {@code [positions, classes]} in C order
     * @param labels      {@code [positions, classes]} one-hot (or soft), or {@code [positions, 1]}: the class's number, or with a
     *                    single activation 0 or 1
     * @param mask        {@code [positions]}: 0 leaves a position out; empty: none is left out
     * @return NaN if all are left out
     */
    static double wrongFraction(double[] activations, int classes, double[] labels, int labelColumns, double[] mask) {
        int wrong = 0;
        int counted = 0;
        for (int position = 0; position < activations.length / classes; position++) {
            if (mask.length > 0 && mask[position] == 0) {
                continue;
            }
            int predicted = classes == 1
                    ? aboveHalf(activations[position]) : largest(activations, position * classes, classes);
            int actual = labelColumns > 1 ? largest(labels, position * labelColumns, labelColumns)
                    : classes == 1 ? aboveHalf(labels[position]) : (int) labels[position];
            counted++;
            if (predicted != actual) {
                wrong++;
            }
        }
        return counted == 0 ? Double.NaN : (double) wrong / counted;
    }

    private static int aboveHalf(double value) {
        return value > 0.5 ? 1 : 0;
    }

    private static int largest(double[] values, int from, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            if (values[from + i] > values[from + best]) {
                best = i;
            }
        }
        return best;
    }

    /** Time series {@code [minibatch, classes, time]} and images {@code [minibatch, classes, height, width]}: classes to the end. */
    private static INDArray classesLast(INDArray array, BaseLayer conf) {
        boolean alreadyLast = conf instanceof RnnOutputLayer rnn && rnn.getRnnDataFormat() == RNNFormat.NWC
                || conf instanceof RnnLossLayer rnnLoss && rnnLoss.getRnnDataFormat() == RNNFormat.NWC
                || conf instanceof CnnLossLayer cnnLoss && cnnLoss.getFormat() == CNN2DFormat.NHWC;
        if (alreadyLast) {
            return array;
        }
        return switch (array.rank()) {
            case 3 -> array.permute(0, 2, 1);
            case 4 -> array.permute(0, 2, 3, 1);
            case 5 -> array.permute(0, 2, 3, 4, 1);
            default -> array;
        };
    }

    private static double[] values(INDArray array) {
        return array.dup('c').data().asDouble();
    }

    /** Deeplearning4j's mask by position: empty if there is none, null if it is not one number for each position. */
    private static double[] mask(INDArray mask, INDArray activations) {
        if (mask == null) {
            return new double[0];
        }
        long examples = activations.size(0);
        long positions = activations.length() / activations.size(-1);
        if (mask.length() != positions) {
            return null;
        }
        double[] byPosition = values(mask);
        if (activations.rank() != 3 || mask.size(0) != positions) {
            return byPosition;
        }
        // A time series' mask comes as one column in which the example changes fastest; positions have the time fastest.
        double[] reordered = new double[byPosition.length];
        int steps = (int) (positions / examples);
        for (int example = 0; example < examples; example++) {
            for (int step = 0; step < steps; step++) {
                reordered[example * steps + step] = byPosition[step * (int) examples + example];
            }
        }
        return reordered;
    }
}
