package io.github.autol2.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModeDynamicsTest {

    private static final double PERCENT_1E_12 = 1e-10;
    private static final double[] TIMES = {0, 1e-9, 1e-3, 0.1, 1, 5, 30, 100, 1000};

    private static ModeDynamics mode(double k, double gamma, double lambda, double f0, double y) {
        return new ModeDynamics(new Flow(k, lambda), new Mode(gamma, f0, y));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 1, 1.2, 2, 2.7, 5})
    void startsAtTheInitialOutput(double k) {
        assertThat(mode(k, 3, 0.1, -0.7, 2).output(0)).isEqualTo(-0.7);
        assertThat(mode(k, 3, 0.1, -0.7, 2).residual(0)).isEqualTo(2.7);
    }

    /** f(t + s) is f(s) of the mode that starts where the first has come to: output and kernel. */
    @Test
    void goesOnFromWhereItIs() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            // given
            Flow flow = new Flow(4 * random.nextDouble(), 0.01);
            Mode mode = new Mode(Math.pow(10, 4 * random.nextDouble() - 3), random.nextDouble(), 1);
            double t = Math.pow(10, 4 * random.nextDouble() - 2);
            double s = Math.pow(10, 4 * random.nextDouble() - 2);

            // when
            ModeDynamics whole = new ModeDynamics(flow, mode);
            ModeDynamics rest = new ModeDynamics(flow, new Mode(whole.gamma(t), whole.output(t), 1));

            // then
            assertThat(rest.output(s))
                    .as("%s %s %s %s", flow, mode, t, s)
                    .isCloseTo(whole.output(t + s), withinPercentage(PERCENT_1E_12));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2, 1, 0.01",
        "2, 0.001, 0.01",
        "3, 2, 0.1",
        "1.3, 4, 0.02",
        "0.5, 0.3, 0.1",
        "0, 0.3, 0.1",
        "1, 0.3, 0.1",
        "5, 0.02, 0.004",
        "2, 1, 0",
        "-1, 0.5, 0.1"
    })
    void hasTheSlopeOfItsOwnValues(double k, double gamma, double lambda) {
        ModeDynamics mode = mode(k, gamma, lambda, 0.25, 1);
        for (double t : new double[] {0.02, 0.3, 2, 7, 30}) {
            double h = 1e-3 * t; // central differences of order 4
            double slope =
                    (8 * (mode.output(t + h) - mode.output(t - h)) - (mode.output(t + 2 * h) - mode.output(t - 2 * h)))
                            / (12 * h);

            assertThat(mode.derivative(t))
                    .as("t = " + t)
                    .isCloseTo(slope, offset(1e-9 * (Math.abs(slope) + Math.abs(mode.output(t)) / t)));
        }
    }

    /**
     * gamma = 1e8 lambda: pull and decay cancel to 8 digits. The adiabatic slope is -y c k lambda / gamma_t to first order in
     * lambda/gamma_t.
     */
    @Test
    void keepsTheDigitsOfTheSlopeWhereItFollowsTheKernel() {
        ModeDynamics mode = mode(2, 1e6, 0.01, 0, 1);
        double t = 20;

        assertThat(mode.derivative(t)).isCloseTo(-0.02 * 0.02 / mode.gamma(t), withinPercentage(1e-4));
    }

    /** lambda t = 1e9: what is left of the integral over the past is that of the last few 1/lambda; all of it would never end. */
    @ParameterizedTest
    @ValueSource(doubles = {0.999999999999, 1, 1.000000000001})
    void hasItsSlopeAtVeryLateTimes(double k) {
        ModeDynamics mode = mode(k, 1e-12, 1, 0, 1);

        // adiabatic: y gamma_t/lambda, to first order in gamma/lambda, falls at the rate c
        assertThat(mode.derivative(1e9)).isCloseTo(-mode.flow().kernelDecay() * mode.gamma(1e9), offset(1e-20 * 1e-12));
    }

    @Test
    void hasNoCancellationInTheResidual() {
        ModeDynamics mode = mode(2, 1e10, 1e-3, 0, 1);
        double t = 3;

        // k lambda / gamma_t to first order
        assertThat(mode.residual(t)).isCloseTo(2e-3 / mode.gamma(t), withinPercentage(1e-8));
        assertThat(mode.loss(t)).isCloseTo(mode.residual(t) * mode.residual(t) / 2, withinPercentage(PERCENT_1E_12));
    }

    @Test
    void residualAndOutputAddUpToTheLabel() {
        for (double k : new double[] {0, 0.5, 1, 1.5, 2, 3}) {
            for (double t : TIMES) {
                ModeDynamics mode = mode(k, 0.4, 0.03, 0.2, 1.5);
                assertThat(mode.output(t) + mode.residual(t)).isCloseTo(1.5, withinPercentage(PERCENT_1E_12));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, -1", "0.5, -1", "1, 0", "2, 1", "5, 1"})
    void kernelsShrinkAboveOneLayerAndGrowBelow(double k, int expected) {
        ModeDynamics mode = mode(k, 0.4, 0.03, 0, 1);
        for (int i = 1; i < TIMES.length; i++) {
            assertThat(Math.signum(mode.gamma(TIMES[i - 1]) - mode.gamma(TIMES[i])))
                    .isEqualTo(expected);
        }
    }

    @Test
    void isThePlainExponentialOfAScaleInvariantNetwork() {
        for (double t : TIMES) {
            double lambda = 0.1;
            double kernelTime = 0.3 * Math.expm1(2 * lambda * t) / (2 * lambda);
            assertThat(mode(0, 0.3, lambda, 2, 1).output(t))
                    .isCloseTo(1 + Math.exp(-kernelTime), withinPercentage(PERCENT_1E_12));
        }
    }

    @Test
    void decaysWithoutAKernel() {
        assertThat(mode(3, 0, 0.1, 2, 1).output(4)).isCloseTo(2 * Math.exp(-1.2), withinPercentage(PERCENT_1E_12));
    }

    @Test
    void isOddInOutputsAndLabels() {
        assertThat(mode(2, 0.3, 0.1, -0.2, -1).output(3))
                .isEqualTo(-mode(2, 0.3, 0.1, 0.2, 1).output(3));
    }

    @ParameterizedTest
    @CsvSource({"1.2, 3000", "1.7, 3000", "2, 2000", "2.5, 2000", "5, 1000", "1, 1200", "0.5, 1000"})
    void tendsToItsLateTimeLaw(double k, double t) {
        for (double gamma : new double[] {1e-4, 0.01, 0.3, 5}) {
            ModeDynamics mode = mode(k, gamma, 0.05, 0.3, 1.5);
            assertThat(mode.lateTimeLaw().at(t)).as("gamma " + gamma).isCloseTo(mode.output(t), withinPercentage(1e-8));
        }
    }

    @Test
    void knowsTheLateTimeLawsWithoutPenaltyAndWithoutKernel() {
        assertThat(mode(2, 1, 0, 0.3, 1.5).lateTimeLaw()).isEqualTo(new LateTimeLaw(1.5, 0, 0));
        assertThat(mode(2, 0, 0.25, 0.3, 1.5).lateTimeLaw()).isEqualTo(new LateTimeLaw(0.3, 0, 0.5));
    }

    @Test
    void refusesBadNumbers() {
        assertThatThrownBy(() -> mode(2, -1, 0.1, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gamma must be finite and >= 0, got -1.0");
        assertThatThrownBy(() -> mode(2, 1, -0.1, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lambda must be finite and >= 0, got -0.1");
        assertThatThrownBy(() -> mode(Double.NaN, 1, 0.1, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("k must be finite, got NaN");
        assertThatThrownBy(() -> mode(2, 1, 0.1, Double.NaN, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("f0 must be finite, got NaN");
        assertThatThrownBy(() -> mode(2, 1, 0.1, 0, Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("y must be finite, got Infinity");
        assertThatThrownBy(() -> mode(2, 1, 0.1, 0, 1).output(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("t must be finite and >= 0, got -1.0");
        assertThatThrownBy(() -> mode(1e300, 1, 1e300, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("k lambda must be finite");
    }

    @Test
    void refusesOutputsThatExceedTheDoubles() {
        assertThatThrownBy(() -> mode(-2, 1e-300, 1, 1e300, 1).output(20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("f(t) must be representable as a double, got Infinity: choose a smaller f0, y or t");
        assertThatThrownBy(() -> mode(2, 1, 0.1, 1e200, 1).loss(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the loss must be representable");
    }
}
