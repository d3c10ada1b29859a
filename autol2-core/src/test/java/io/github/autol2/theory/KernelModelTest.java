package io.github.autol2.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.Random;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class KernelModelTest {

    private static final int SAMPLES = 12;
    private static final int OTHERS = 5;

    private final Random random = new Random(3);
    /** Features of training set and other inputs: their products are a kernel. */
    private final RealMatrix features = random(SAMPLES + OTHERS, 30);

    private final RealMatrix all = features.multiplyTransposed(features).scalarMultiply(1.0 / 30);
    private final double[][] kernel =
            all.getSubMatrix(0, SAMPLES - 1, 0, SAMPLES - 1).getData();
    private final double[][] cross =
            all.getSubMatrix(SAMPLES, SAMPLES + OTHERS - 1, 0, SAMPLES - 1).getData();
    private final double[] labels = random(1, SAMPLES).getRow(0);
    private final double[] initial = random(1, SAMPLES).getRow(0);
    private final double[] initialOthers = random(1, OTHERS).getRow(0);
    private final KernelModel model = KernelModel.of(kernel).initial(initial).labels(labels);

    private RealMatrix random(int rows, int columns) {
        double[][] values = new double[rows][columns];
        for (double[] row : values) {
            for (int i = 0; i < columns; i++) {
                row[i] = random.nextGaussian();
            }
        }
        return MatrixUtils.createRealMatrix(values);
    }

    @Test
    void startsAtTheInitialOutputs() {
        assertThat(model.outputs(new Flow(2, 0.1), 0)).containsExactly(initial, offset(1e-12));
        assertThat(model.predict(new Flow(2, 0.1), 0, cross, initialOthers))
                .containsExactly(initialOthers, offset(1e-12));
    }

    @Test
    void hasTheLossOfItsOutputs() {
        Flow flow = new Flow(2, 0.1);
        double loss = 0;
        double[] outputs = model.outputs(flow, 3);
        for (int i = 0; i < SAMPLES; i++) {
            loss += (outputs[i] - labels[i]) * (outputs[i] - labels[i]) / 2;
        }

        assertThat(model.spectrum(flow).loss(3)).isCloseTo(loss, offset(1e-12));
    }

    @Test
    void predictsOnTheTrainingSetWhatItOutputsThere() {
        for (double k : new double[] {0, 0.5, 1, 1.5, 2, 3}) {
            Flow flow = new Flow(k, 0.1);
            assertThat(model.predict(flow, 2, kernel, initial))
                    .as("k = " + k)
                    .containsExactly(model.outputs(flow, 2), offset(1e-11));
        }
    }

    /** A linear model, whose gradient flow on the parameters is integrated by small Euler steps. */
    @Test
    void predictsWhatALinearModelLearns() {
        // given
        double lambda = 0.2;
        double step = 1e-4;
        RealMatrix scaled = features.scalarMultiply(1 / Math.sqrt(30));
        RealMatrix training = scaled.getSubMatrix(0, SAMPLES - 1, 0, 29);
        RealMatrix others = scaled.getSubMatrix(SAMPLES, SAMPLES + OTHERS - 1, 0, 29);
        double[] theta = random(1, 30).getRow(0);
        KernelModel linear =
                KernelModel.of(kernel).initial(training.operate(theta)).labels(labels);
        double[] before = others.operate(theta);

        // when
        for (int i = 0; i < 10_000; i++) {
            double[] residual = training.operate(theta);
            for (int j = 0; j < SAMPLES; j++) {
                residual[j] -= labels[j];
            }
            double[] gradient = training.preMultiply(residual);
            for (int j = 0; j < theta.length; j++) {
                theta[j] -= step * (gradient[j] + lambda * theta[j]);
            }
        }

        // then
        assertThat(linear.predict(new Flow(1, lambda), 10_000 * step, cross, before))
                .containsExactly(others.operate(theta), offset(1e-3));
    }

    @Test
    void endsInKernelRidgeRegressionForALinearModel() {
        double lambda = 0.2;
        RealMatrix penalty = MatrixUtils.createRealIdentityMatrix(SAMPLES).scalarMultiply(lambda);
        RealMatrix regularised = MatrixUtils.createRealMatrix(kernel).add(penalty);
        double[] expected = MatrixUtils.createRealMatrix(cross)
                .operate(new LUDecomposition(regularised).getSolver().solve(MatrixUtils.createRealVector(labels)))
                .toArray();

        assertThat(model.ridgeRegression(lambda, cross)).containsExactly(expected, offset(1e-11));
        assertThat(model.predict(new Flow(1, lambda), 1e4, cross, initialOthers))
                .containsExactly(expected, offset(1e-11));
    }

    @Test
    void takesARankDeficientKernel() {
        double[][] rankOne = {{1, 2}, {2, 4}};
        KernelModel deficient =
                KernelModel.of(rankOne).initial(new double[] {1, 1}).labels(new double[] {3, -1});

        assertThat(deficient.eigenvalues()).containsExactly(new double[] {5, 0}, offset(1e-15));
        assertThat(deficient.eigenvalues()[1]).isZero();
        assertThat(deficient.predict(new Flow(2, 0.1), 1, rankOne, new double[] {1, 1}))
                .containsExactly(deficient.outputs(new Flow(2, 0.1), 1), offset(1e-12));
    }

    @Test
    void refusesMatricesThatAreNoKernels() {
        assertRefused(
                new double[][] {{1, 0.5}, {0.4, 1}},
                "a kernel must be symmetric, got 0.4 in row 1, column 0 and 0.5 in row 0, column 1");
        assertRefused(new double[][] {{1, 2}, {2, 1}}, "a kernel must be positive semi-definite, got the eigenvalue -");
        assertRefused(new double[][] {{1, Double.NaN}, {0, 1}}, "row 0 of the kernel must be finite, got NaN");
        assertRefused(new double[][] {{1, 0}, {0}}, "row 1 of the kernel must have 2 numbers, got 1");
        assertThatThrownBy(() ->
                        KernelModel.of(new double[0][0]).initial(new double[0]).labels(new double[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a kernel must have at least 1 row, got none");
    }

    @Test
    void toleratesRounding() {
        double[][] rounded = {{1, 1 + 1e-12}, {1, 1}};

        assertThat(KernelModel.of(rounded)
                        .initial(new double[2])
                        .labels(new double[] {1, 1})
                        .eigenvalues()[1])
                .isZero();
    }

    @Test
    void theOutputsAreZeroAtFirstWhereNothingIsSaid() {
        KernelModel.Decomposed decomposed = KernelModel.of(kernel).initial(initial);

        assertThat(KernelModel.of(kernel).labels(labels).outputs(new Flow(2, 0.1), 0))
                .containsExactly(new double[12], offset(1e-12));
        assertThat(decomposed.labels(labels).outputs(new Flow(2, 0.1), 0)).containsExactly(initial, offset(1e-12));
    }

    @Test
    void refusesVectorsOfAnotherLength() {
        assertThatThrownBy(() -> KernelModel.of(kernel).labels(new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("labels must have 12 numbers, got 3");
        assertThatThrownBy(() -> KernelModel.of(kernel).initial(new double[3]).labels(labels))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("initial must have 12 numbers, got 3");
        assertThatThrownBy(() -> model.predict(new Flow(2, 0.1), 1, new double[][] {{1}}, new double[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 0 of the kernel to the training set must have 12 numbers, got 1");
        assertThatThrownBy(() -> model.ridgeRegression(0, cross))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lambda must be finite and > 0, got 0.0");
    }

    private static void assertRefused(double[][] kernel, String message) {
        assertThatThrownBy(() -> KernelModel.of(kernel).initial(new double[2]).labels(new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
