package io.github.autol2.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionSpaceFlowTest {

    private static final double[][] KERNEL = {{2, 0.5, 0.1}, {0.5, 1, 0.2}, {0.1, 0.2, 0.3}};
    private static final double[][] LABELS = {{1, -1}, {0.5, 2}, {-1, 0}};
    private static final double[][] INITIAL = {{0.1, 0.2}, {-0.3, 0}, {0.7, 0.4}};
    private static final double[][] CLASSES = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1, 2, 3})
    void isTheClosedFormForTheSquaredLoss(double k) {
        Flow flow = new Flow(k, 0.05);
        double[] times = {0, 0.5, 3, 3, 20};

        double[][][] outputs = new FunctionSpaceFlow(flow, KERNEL, LABELS, SampleLoss.SQUARED).outputs(INITIAL, times);

        for (int output = 0; output < 2; output++) {
            KernelModel exact =
                    KernelModel.of(KERNEL).initial(column(INITIAL, output)).labels(column(LABELS, output));
            for (int i = 0; i < times.length; i++) {
                assertThat(column(outputs[i], output)).containsExactly(exact.outputs(flow, times[i]), offset(1e-10));
            }
        }
    }

    @Test
    void hasTheLossOfTheClosedForm() {
        Flow flow = new Flow(2, 0.05);
        FunctionSpaceFlow numeric = new FunctionSpaceFlow(flow, KERNEL, LABELS, SampleLoss.SQUARED);
        double exact = KernelModel.of(KERNEL)
                        .initial(column(INITIAL, 0))
                        .labels(column(LABELS, 0))
                        .spectrum(flow)
                        .loss(3)
                + KernelModel.of(KERNEL)
                        .initial(column(INITIAL, 1))
                        .labels(column(LABELS, 1))
                        .spectrum(flow)
                        .loss(3);

        assertThat(numeric.loss(numeric.outputs(INITIAL, 3)[0])).isCloseTo(exact, offset(1e-10));
    }

    @Test
    void takesAKernelThatMixesTheOutputs() {
        Flow flow = new Flow(2, 0.05);
        double[][] stacked = new double[6][6];
        for (int row = 0; row < 6; row++) {
            for (int column = 0; column < 6; column++) {
                stacked[row][column] = row % 2 == column % 2 ? KERNEL[row / 2][column / 2] : 0;
            }
        }

        double[][] mixed = new FunctionSpaceFlow(flow, stacked, LABELS, SampleLoss.SQUARED).outputs(INITIAL, 3)[0];

        assertThat(mixed)
                .isDeepEqualTo(new FunctionSpaceFlow(flow, KERNEL, LABELS, SampleLoss.SQUARED).outputs(INITIAL, 3)[0]);
    }

    /** One sample, two classes, k = 1, lambda = 0: u = f_1 - f_2 obeys u' = 2 gamma / (1 + e^u), so u + e^u grows by 2 gamma t. */
    @Test
    void solvesCrossEntropyWhereTheAnswerIsKnown() {
        FunctionSpaceFlow flow = new FunctionSpaceFlow(
                new Flow(1, 0), new double[][] {{0.7}}, new double[][] {{1, 0}}, SampleLoss.SOFTMAX_CROSS_ENTROPY);

        double[] f = flow.outputs(new double[1][2], 9)[0][0];

        double u = f[0] - f[1];
        assertThat(u + Math.exp(u)).isCloseTo(1 + 2 * 0.7 * 9, offset(1e-9));
        assertThat(f[0] + f[1]).isCloseTo(0, offset(1e-12));
    }

    /** For three classes and k = 2 the loss must fall first, and return to that of no knowledge when the penalty has won. */
    @Test
    void forgetsUnderCrossEntropyToo() {
        FunctionSpaceFlow flow =
                new FunctionSpaceFlow(new Flow(2, 0.05), KERNEL, CLASSES, SampleLoss.SOFTMAX_CROSS_ENTROPY);

        double[][][] outputs = flow.outputs(new double[3][3], 0, 10, 400);

        assertThat(flow.loss(outputs[0])).isCloseTo(3 * Math.log(3), offset(1e-12));
        assertThat(flow.loss(outputs[1])).isLessThan(1.4);
        assertThat(flow.loss(outputs[2])).isCloseTo(3 * Math.log(3), offset(1e-6));
    }

    @Test
    void hasGradientsThatAreThoseOfItsLosses() {
        double[] f = {0.3, -1.2, 2};
        double[] y = {0.2, 0.5, 0.3};
        for (SampleLoss loss : new SampleLoss[] {SampleLoss.SQUARED, SampleLoss.SOFTMAX_CROSS_ENTROPY}) {
            double[] gradient = loss.gradient(f, y);
            for (int i = 0; i < f.length; i++) {
                double[] up = f.clone();
                double[] down = f.clone();
                up[i] += 1e-5;
                down[i] -= 1e-5;
                assertThat(gradient[i]).isCloseTo((loss.value(up, y) - loss.value(down, y)) / 2e-5, offset(1e-9));
            }
        }
    }

    @Test
    void doesNotOverflowForLargeLogits() {
        assertThat(SampleLoss.SOFTMAX_CROSS_ENTROPY.value(new double[] {2000, 0}, new double[] {0, 1}))
                .isEqualTo(2000);
        assertThat(SampleLoss.SOFTMAX_CROSS_ENTROPY.gradient(new double[] {2000, 0}, new double[] {0, 1}))
                .containsExactly(1, -1);
    }

    @Test
    void refusesKernelsAndShapesThatDoNotFit() {
        assertThatThrownBy(() -> new FunctionSpaceFlow(
                        new Flow(2, 0.1), new double[][] {{1, 0}, {0, 1}}, LABELS, SampleLoss.SQUARED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a kernel for 3 samples with 2 outputs must have 3 or 6 rows, got 2");
        assertThatThrownBy(() -> new FunctionSpaceFlow(
                        new Flow(2, 0.1), new double[][] {{1, 2}, {2, 1}}, new double[2][1], SampleLoss.SQUARED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a kernel must be positive semi-definite, got the eigenvalue -");
        FunctionSpaceFlow flow = new FunctionSpaceFlow(new Flow(2, 0.1), KERNEL, LABELS, SampleLoss.SQUARED);
        assertThatThrownBy(() -> flow.outputs(new double[2][2], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("outputs must have 3 samples, got 2");
        assertThatThrownBy(() -> flow.outputs(INITIAL, 2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("times must increase, got 1.0 after 2.0");
    }

    private static double[] column(double[][] rows, int column) {
        double[] values = new double[rows.length];
        for (int row = 0; row < rows.length; row++) {
            values[row] = rows[row][column];
        }
        return values;
    }
}
