package io.github.autol2.dl4j.kernel;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The empirical neural tangent kernel of a network, {@code Theta(x, x') = df(x)/dtheta . df(x')/dtheta} (arXiv:2006.08643v2, section 4),
 * exact: from the gradient of every output at every sample, in double precision whatever the network's own is. The network is copied first,
 * and neither changed nor followed by later training.
 *
 * <p>Rows and columns are {@code sample * outputs + output}. The kernel is that of SGD with one learning rate for all parameters, biases
 * included, for a loss summed over the samples; divide it by their number for Deeplearning4j's mean. Not thread-safe.
 */
public final class TangentKernel {

    /** The memory that gradients may take if nothing else is said, in bytes. */
    public static final long DEFAULT_MEMORY = 1L << 30;

    private final MultiLayerNetwork copy;
    private final long memory;

    private TangentKernel(MultiLayerNetwork copy, long memory) {
        this.copy = copy;
        this.memory = memory;
    }

    /**
     * {@link #of(MultiLayerNetwork, Output, long)} with {@link #DEFAULT_MEMORY}.
     *
     * @param network an initialised feed-forward network that ends in an output or loss layer
     * @param output  which f
     * @return the kernel of the network as it is now
     */
    public static TangentKernel of(MultiLayerNetwork network, Output output) {
        return of(network, output, DEFAULT_MEMORY);
    }

    /**
     * {@return the kernel of a network as it is now}
     *
     * @param network an initialised feed-forward network that ends in an output or loss layer; with dropout and weight noise left out
     * @param output  which f
     * @param memory  bytes that gradients may take, greater than 0. Each gradient takes 8 bytes for each parameter; where not all fit, some
     *                are computed again and again, but there are always two at a time
     * @throws IllegalArgumentException if the network normalises batches (its output at a sample depends on the others) or ends otherwise
     */
    public static TangentKernel of(MultiLayerNetwork network, Output output, long memory) {
        if (memory <= 0) {
            throw new IllegalArgumentException("memory must be > 0 bytes, got " + memory);
        }
        PlainCopy.refuseBatchNormalization(network);
        return new TangentKernel(PlainCopy.of(network, output), memory);
    }

    /**
     * {@return f at each sample: {@code [samples][outputs]}}
     *
     * @param features at least one sample
     */
    public double[][] outputs(INDArray features) {
        return copy.output(features.castTo(DataType.DOUBLE), false).toDoubleMatrix();
    }

    /**
     * {@return the kernel on a batch: {@code [samples * outputs][samples * outputs]}, exactly symmetric}
     *
     * @param features at least one sample
     */
    public double[][] matrix(INDArray features) {
        int outputs = outputCount(features);
        int count = rows(features, outputs);
        double[][] kernel = new double[count][count];
        int block = blockSize(count);
        for (int from = 0; from < count; from += block) {
            INDArray left = gradients(features, outputs, from, Math.min(from + block, count));
            for (int to = from; to < count; to += block) {
                INDArray right = to == from ? left : gradients(features, outputs, to, Math.min(to + block, count));
                fill(kernel, from, to, left, right);
            }
        }
        for (int row = 0; row < count; row++) {
            for (int column = 0; column < row; column++) {
                kernel[row][column] = kernel[column][row];
            }
        }
        return kernel;
    }

    /**
     * {@return the kernel between two batches: {@code [samples * outputs][others * outputs]}}
     *
     * @param features of the rows
     * @param others   of the columns
     */
    public double[][] matrix(INDArray features, INDArray others) {
        int outputs = outputCount(features);
        int rows = rows(features, outputs);
        int columns = rows(others, outputs);
        double[][] kernel = new double[rows][columns];
        int block = blockSize(Math.max(rows, columns));
        for (int from = 0; from < rows; from += block) {
            INDArray left = gradients(features, outputs, from, Math.min(from + block, rows));
            for (int to = 0; to < columns; to += block) {
                fill(kernel, from, to, left, gradients(others, outputs, to, Math.min(to + block, columns)));
            }
        }
        return kernel;
    }

    private int outputCount(INDArray features) {
        return Math.toIntExact(copy.output(sample(features, 0), false).size(1));
    }

    private static INDArray sample(INDArray features, int index) {
        return features.get(NDArrayIndex.interval(index, index + 1)).castTo(DataType.DOUBLE);
    }

    private static int rows(INDArray features, int outputs) {
        return Math.multiplyExact(Math.toIntExact(features.size(0)), outputs);
    }

    /** Two blocks at a time. */
    private int blockSize(int count) {
        long fitting = memory / (2 * Double.BYTES * copy.numParams());
        return (int) Math.max(1, Math.min(count, fitting));
    }

    private static void fill(double[][] kernel, int from, int to, INDArray left, INDArray right) {
        double[][] products = left.mmul(right.transpose()).toDoubleMatrix();
        for (int row = 0; row < products.length; row++) {
            System.arraycopy(products[row], 0, kernel[from + row], to, products[row].length);
        }
    }

    /** {@code [to - from, parameters]}. */
    private INDArray gradients(INDArray features, int outputs, int from, int to) {
        INDArray gradients = Nd4j.createUninitialized(DataType.DOUBLE, to - from, copy.numParams());
        for (int row = from; row < to; row++) {
            INDArray selected = Nd4j.zeros(DataType.DOUBLE, 1, outputs);
            selected.putScalar(0, row % outputs, 1);
            copy.calculateGradients(sample(features, row / outputs), selected, null, null);
            gradients.putRow(row - from, copy.getFlattenedGradients());
        }
        return gradients;
    }
}
