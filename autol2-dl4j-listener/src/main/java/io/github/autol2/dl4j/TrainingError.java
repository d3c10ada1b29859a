package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import java.util.List;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.layers.OutputLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * The training error of the current batch, read from the output layers during the training step.
 *
 * <p>An output classifies if its activation is a softmax (the larger of the classes wins) or a sigmoid with a single unit (the
 * threshold is 0.5) whose loss is not one of quantities (a squared or absolute error), as Deeplearning4j's Evaluation counts it; so does a LossLayer whose cross entropy takes the probabilities of the layer
 * before, as Deeplearning4j imports Keras' networks. Other outputs (regression, several independent labels) have no
 * error, and a network with such an output has none: the error of its other outputs would say nothing about it. Not thread-safe.
 */
final class TrainingError {

    static final double[] NO_MASK = {};
    /** Up to this size a layer is faster in Java; on larger ones ND4J's matrix product wins. */
    private static final long MOST_PARAMETERS = 20_000;

    private final DenseScores denseScores = new DenseScores();

    /** The mean over the outputs; empty if one of them does not classify, or if every example is masked. */
    OptionalDouble of(List<IOutputLayer> outputs) {
        double sum = 0;
        int classifiers = 0;
        for (IOutputLayer output : outputs) {
            if (!classifies(output)) {
                return OptionalDouble.empty();
            }
            double error = of(output);
            if (!Double.isNaN(error)) {
                sum += error;
                classifiers++;
            }
        }
        return classifiers == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / classifiers);
    }

    /** Whether each of them has an error. */
    static boolean classify(List<IOutputLayer> outputs) {
        return outputs.stream().allMatch(TrainingError::classifies);
    }

    private static boolean classifies(IOutputLayer output) {
        return output.conf().getLayer() instanceof BaseLayer conf
                && output.getLabels() != null
                && (takesProbabilities(conf)
                        || (takesOneProbability(conf)
                                && ClassAxis.of(conf).toLast(output.getLabels()).size(-1) == 1));
    }

    private static boolean takesOneProbability(BaseLayer conf) {
        boolean sigmoid = conf.getActivationFn() instanceof ActivationSigmoid && !LossOfMean.isOfQuantities(conf);
        return sigmoid || lossOf(conf) instanceof LossBinaryXENT;
    }

    /** Whether a network's first output is the probabilities of classes that exclude each other. */
    static boolean takesProbabilities(Network network) {
        return network.outputLayers().get(0).conf().getLayer() instanceof BaseLayer conf && takesProbabilities(conf);
    }

    private static boolean takesProbabilities(BaseLayer conf) {
        return conf.getActivationFn() instanceof ActivationSoftmax || lossOf(conf) instanceof LossMCXENT;
    }

    /** The loss of a layer that takes the probabilities of the layer before as they are; otherwise null. */
    private static ILossFunction lossOf(BaseLayer conf) {
        return conf instanceof LossLayer layer && conf.getActivationFn() instanceof ActivationIdentity
                ? layer.getLossFn()
                : null;
    }

    private double of(IOutputLayer output) {
        BaseLayer conf = (BaseLayer) output.conf().getLayer();
        INDArray labels = ClassAxis.of(conf).toLast(output.getLabels());
        boolean softmax = conf.getActivationFn() instanceof ActivationSoftmax;
        if (softmax && output instanceof OutputLayer dense && output.getMaskArray() == null && isPlain(dense, conf)) {
            return wrongFraction(dense, labels);
        }
        INDArray activations = ClassAxis.of(conf).toLast(output.activate(false, LayerWorkspaceMgr.noWorkspaces()));
        double[] mask = mask(output.getMaskArray(), activations);
        return mask == null
                ? Double.NaN
                : wrongFraction(
                        values(activations), (int) activations.size(-1), values(labels), (int) labels.size(-1), mask);
    }

    /** The largest of the softmax is the largest of its inputs: for the most common layer a matrix product is enough. */
    private static boolean isPlain(OutputLayer output, BaseLayer conf) {
        return conf.getWeightNoise() == null
                && !output.hasLayerNorm()
                && output.input().rank() == 2
                && output.numParams() <= MOST_PARAMETERS;
    }

    private double wrongFraction(OutputLayer dense, INDArray labels) {
        denseScores.compute(dense);
        DataBuffer actual = values(labels);
        int columns = (int) labels.size(1);
        int rows = (int) labels.size(0);
        int wrong = 0;
        for (int row = 0; row < rows; row++) {
            if (denseScores.largest(row) != labelOf(actual, row, columns)) {
                wrong++;
            }
        }
        return (double) wrong / rows;
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
    static double wrongFraction(
            DataBuffer activations, int classes, DataBuffer labels, int labelColumns, double[] mask) {
        int wrong = 0;
        int counted = 0;
        for (int position = 0; position < activations.length() / classes; position++) {
            if (mask.length > 0 && mask[position] == 0) {
                continue;
            }
            int predicted = classes == 1
                    ? aboveHalf(activations.getDouble(position))
                    : largest(activations, position * classes, classes);
            int actual = classes == 1 ? aboveHalf(labels.getDouble(position)) : labelOf(labels, position, labelColumns);
            counted++;
            if (predicted != actual) {
                wrong++;
            }
        }
        return counted == 0 ? Double.NaN : (double) wrong / counted;
    }

    /** One-hot (or soft) labels, or a single column with the number of the class. */
    private static int labelOf(DataBuffer labels, int position, int columns) {
        return columns == 1 ? (int) labels.getDouble(position) : largest(labels, position * columns, columns);
    }

    private static int aboveHalf(double value) {
        return value > 0.5 ? 1 : 0;
    }

    private static int largest(DataBuffer values, int from, int count) {
        int best = 0;
        double highest = values.getDouble(from);
        for (int i = 1; i < count; i++) {
            double value = values.getDouble((long) from + i);
            if (value > highest) {
                highest = value;
                best = i;
            }
        }
        return best;
    }

    /** The elements in C order; copied only where they are not in that order already. */
    static DataBuffer values(INDArray array) {
        boolean ordered = array.ordering() == 'c' && !array.isView() && Shape.hasDefaultStridesForShape(array);
        return (ordered ? array : array.dup('c')).data();
    }

    /** Deeplearning4j's mask by position: empty if there is none, null if it is not one number for each position. */
    private static double[] mask(INDArray mask, INDArray activations) {
        if (mask == null) {
            return NO_MASK;
        }
        long examples = activations.size(0);
        long positions = activations.length() / activations.size(-1);
        if (mask.length() != positions) {
            return null;
        }
        double[] byPosition = values(mask).asDouble();
        if (activations.rank() != 3 || mask.size(0) != positions) {
            return byPosition;
        }
        // A time series' mask comes as one column in which the example changes fastest; positions have the time
        // fastest.
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
