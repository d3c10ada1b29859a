package io.github.autol2.research.theory;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.QRDecomposition;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Even classes against odd ones, as numbers to fit.
 *
 * @param features {@code [samples, inputs]}, divided by the square root of the number of inputs they had
 * @param labels   {@code [samples, 1]}, 1 for even classes and -1 for odd ones
 */
record RegressionTask(INDArray features, INDArray labels) {

    /** From one-hot classes. */
    static RegressionTask of(DataSet classes) {
        INDArray features = classes.getFeatures().castTo(DataType.DOUBLE);
        long samples = features.size(0);
        features = features.reshape(samples, features.length() / samples);
        double[] labels = new double[Math.toIntExact(samples)];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = classes.getLabels().getRow(i).argMax().getInt(0) % 2 == 0 ? 1 : -1;
        }
        return new RegressionTask(
                features.div(Math.sqrt((double) features.size(1))), Nd4j.create(labels, new long[] {samples, 1}, 'c'));
    }

    /**
     * The same samples in the coordinates of the space that they span. Gaussian weights have the same law there, so a first layer of as
     * many inputs as samples does what one of all the inputs would, at a fraction of the cost.
     */
    RegressionTask rotated() {
        if (features.size(1) <= features.size(0)) {
            return this;
        }
        // X^T = Q R, so X = R^T Q^T: row i of R^T has the coordinates of sample i.
        double[][] r = new QRDecomposition(
                        MatrixUtils.createRealMatrix(features.toDoubleMatrix()).transpose())
                .getR()
                .getData();
        int samples = samples();
        double[][] coordinates = new double[samples][samples];
        for (int row = 0; row < samples; row++) {
            for (int column = 0; column < samples; column++) {
                coordinates[row][column] = r[column][row];
            }
        }
        return new RegressionTask(Nd4j.createFromArray(coordinates), labels);
    }

    int samples() {
        return Math.toIntExact(features.size(0));
    }

    int inputs() {
        return Math.toIntExact(features.size(1));
    }

    /** The sum over the samples of {@code (f - y)^2 / 2}, for f of shape {@code [samples, 1]}. */
    double loss(INDArray f) {
        return f.squaredDistance(labels) / 2;
    }
}
