package io.github.autol2.research.theory;

import java.util.Random;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * The two-layer network with identity activation, {@code f(x) = width^-1/2 v . W x}, at any width: its gradient descent closes on A = W^T
 * W, b = W^T v and c = |v|^2, so a step costs the square of the number of inputs and not the width. Exact, not an approximation of large
 * width. Not thread-safe.
 */
final class LinearNetwork {

    private final RealMatrix inputs;
    private final RealVector labels;
    private final double width;
    private RealMatrix a;
    private RealVector b;
    private double c;

    LinearNetwork(RegressionTask task, RealMatrix a, RealVector b, double c, double width) {
        inputs = MatrixUtils.createRealMatrix(task.features().toDoubleMatrix());
        labels = new ArrayRealVector(task.labels().toDoubleVector());
        this.a = a;
        this.b = b;
        this.c = c;
        this.width = width;
    }

    /** Weights from N(0, 1), row by row, so that no width is too large for the memory. */
    static LinearNetwork draw(RegressionTask task, int width, long seed) {
        Random random = new Random(seed);
        int n = task.inputs();
        double[][] a = new double[n][n];
        double[] b = new double[n];
        double c = 0;
        double[] row = new double[n];
        for (int i = 0; i < width; i++) {
            double v = random.nextGaussian();
            for (int j = 0; j < n; j++) {
                row[j] = random.nextGaussian();
                b[j] += v * row[j];
                for (int l = 0; l <= j; l++) {
                    a[j][l] += row[j] * row[l];
                }
            }
            c += v * v;
        }
        for (int j = 0; j < n; j++) {
            for (int l = 0; l < j; l++) {
                a[l][j] = a[j][l];
            }
        }
        return new LinearNetwork(task, MatrixUtils.createRealMatrix(a), new ArrayRealVector(b), c, width);
    }

    /** f on the training set. */
    RealVector outputs() {
        return inputs.operate(b).mapDivideToSelf(Math.sqrt(width));
    }

    /** The tangent kernel {@code X (A + c I) X^T / width}. */
    double[][] kernel() {
        RealMatrix inner = a.add(MatrixUtils.createRealIdentityMatrix(inputs.getColumnDimension())
                .scalarMultiply(c));
        return inputs.multiply(inner)
                .multiplyTransposed(inputs)
                .scalarMultiply(1 / width)
                .getData();
    }

    double[] labels() {
        return labels.toArray();
    }

    /** The sum over the samples of {@code (f - y)^2 / 2}. */
    double loss() {
        RealVector residual = outputs().subtract(labels);
        return residual.dotProduct(residual) / 2;
    }

    /** {@code theta <- (1 - eta lambda) theta - eta grad}; all right-hand sides are those before the step. */
    void step(double eta, double lambda) {
        double keep = 1 - eta * lambda;
        double e = eta / Math.sqrt(width);
        RealVector p = inputs.preMultiply(outputs().subtract(labels));
        RealVector ap = a.operate(p);
        double bp = b.dotProduct(p);
        RealMatrix cross = b.outerProduct(p);
        RealMatrix nextA = a.scalarMultiply(keep * keep)
                .subtract(cross.add(cross.transpose()).scalarMultiply(keep * e))
                .add(p.outerProduct(p).scalarMultiply(e * e * c));
        RealVector nextB = b.mapMultiply(keep * keep)
                .subtract(ap.add(p.mapMultiply(c)).mapMultiplyToSelf(keep * e))
                .add(p.mapMultiply(e * e * bp));
        c = keep * keep * c - 2 * keep * e * bp + e * e * p.dotProduct(ap);
        a = nextA;
        b = nextB;
    }
}
