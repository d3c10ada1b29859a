package io.github.autol2.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModeMinimumTest {

    private static final LossMinimum IN_THE_LIMIT = new LossMinimum(Double.POSITIVE_INFINITY, 0);

    private static ModeDynamics mode(double k, double gamma, double lambda, double f0, double y) {
        return new ModeDynamics(new Flow(k, lambda), new Mode(gamma, f0, y));
    }

    @ParameterizedTest
    @CsvSource({
        "2, 1, 0.01, 0, 1",
        "2, 0.001, 0.01, 0, 1",
        "3, 1, 0.1, -2, 1",
        "1.5, 3, 0.2, 0.4, -1",
        "5, 2, 0.01, 0.3, 0.5",
        "2, 1, 0.01, 0.2, 1"
    })
    void isLowerThanAllAroundIt(double k, double gamma, double lambda, double f0, double y) {
        ModeDynamics mode = mode(k, gamma, lambda, f0, y);

        LossMinimum minimum = mode.minimum();

        assertThat(minimum.isReached()).isTrue();
        assertThat(minimum.loss()).isCloseTo(mode.loss(minimum.time()), withinPercentage(1e-10));
        for (double step = 1e-4; step < 1e4; step *= 3) {
            assertThat(mode.loss(minimum.time() * (1 + step))).isGreaterThan(minimum.loss());
            assertThat(mode.loss(minimum.time() / (1 + step))).isGreaterThan(minimum.loss());
        }
    }

    /** gamma t = A + (lambda/gamma) ((k-1) A^2 - (5k-4) A + 6k-4) + ..., A = ln(gamma^2 / (2k(k-1) lambda^2)). */
    @ParameterizedTest
    @CsvSource({"1.5", "2", "4"})
    void isOnlyLogarithmicInLambdaForALargeEigenvalue(double k) {
        double lambda = 1e-5;
        double a = -Math.log(2 * k * (k - 1) * lambda * lambda);

        assertThat(mode(k, 1, lambda, 0, 1).minimum().time())
                .isCloseTo(a + lambda * ((k - 1) * a * a - (5 * k - 4) * a + 6 * k - 4), withinPercentage(1e-4));
    }

    @Test
    void isFoundForAnEigenvalueNearTheLargestDouble() {
        double a = Math.log(1e300) * 2 - Math.log(4);

        assertThat(mode(2, 1e300, 1, 0, 1).minimum().time()).isCloseTo(a / 1e300, withinPercentage(1e-10));
    }

    @ParameterizedTest
    @CsvSource({"1.5, 0.81093021621632877", "2, 0.5", "3, 0.28768207245178093"})
    void isInverseToLambdaForASmallEigenvalue(double k, double timesLambda) { // ln(k/(2(k-1)))/(2-k)
        assertThat(mode(k, 1e-9, 1e-2, 0, 1).minimum().time() * 1e-2).isCloseTo(timesLambda, withinPercentage(1e-4));
    }

    @Test
    void isAtTheCrossingWhereTheOutputStartsBeyondTheLabel() {
        ModeDynamics mode = mode(2, 0.4, 0.1, 3, 2);

        LossMinimum minimum = mode.minimum();

        assertThat(minimum.loss()).isZero();
        assertThat(mode.output(minimum.time())).isCloseTo(2, withinPercentage(1e-12));
        assertThat(mode(0.5, 0.4, 0.1, 3, 2).minimum().isReached()).isTrue();
        assertThat(mode(1, 0, 0.1, 3, 2).minimum().time()).isCloseTo(Math.log(1.5) / 0.1, withinPercentage(1e-10));
    }

    @Test
    void isAtTheStartWhereThePenaltyWinsFromThere() {
        assertThat(mode(2, 0.1, 0.1, 0.9, 1).minimum())
                .isEqualTo(new LossMinimum(0, mode(2, 0.1, 0.1, 0.9, 1).loss(0)));
        assertThat(mode(1, 0.1, 0.1, 0.9, 1).minimum().time()).isZero();
        assertThat(mode(2, 0.1, 0.1, 1, 1).minimum()).isEqualTo(new LossMinimum(0, 0));
        assertThat(mode(2, 0, 0.1, 0.5, 1).minimum().time()).isZero();
    }

    @Test
    void isInTheLimitWhereTheKernelDoesNotShrink() {
        assertThat(mode(0, 0.1, 0.1, 0.3, 1).minimum()).isEqualTo(IN_THE_LIMIT);
        assertThat(mode(0.5, 0.1, 0.1, 0.9, 1).minimum()).isEqualTo(IN_THE_LIMIT);
        assertThat(mode(2, 0.1, 0, 0.3, 1).minimum()).isEqualTo(IN_THE_LIMIT);
        assertThat(mode(2, 0.1, 0.1, 0.3, 0).minimum()).isEqualTo(IN_THE_LIMIT);
        assertThat(mode(1, 0.3, 0.1, 0, 1).minimum().isReached()).isFalse();
        assertThat(mode(1, 0.3, 0.1, 0, 1).minimum().loss()).isCloseTo(0.25 * 0.25 / 2, withinPercentage(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0.5", "1", "2"})
    void isInTheLimitWhereThePenaltyAloneTakesBackAWrongSign(double k) {
        assertThat(mode(k, 0, 0.1, -2, 1).minimum()).isEqualTo(new LossMinimum(Double.POSITIVE_INFINITY, 0.5));
        assertThat(mode(k, 0, 0.1, 0.5, 1).minimum()).isEqualTo(new LossMinimum(0, 0.125));
    }

    @Test
    void isAtTheStartWhereTheLabelIsMetThereAlready() {
        for (double k : new double[] {0, 0.5, 1, 2}) {
            assertThat(mode(k, 0.3, 0.1, 1, 1).minimum()).as("k = " + k).isEqualTo(new LossMinimum(0, 0));
        }
        assertThat(mode(2, 0.3, 0, 1, 1).minimum()).isEqualTo(new LossMinimum(0, 0));
    }

    /** y lambda/(gamma + lambda) is left; y - y gamma/(gamma + lambda) would keep 6 of its digits. */
    @Test
    void keepsTheDigitsOfWhatALinearModelNeverLearns() {
        double left = 1e-10 / (1 + 1e-10);

        assertThat(mode(1, 1, 1e-10, 0, 1).minimum().loss()).isCloseTo(left * left / 2, withinPercentage(1e-10));
    }

    /** For k above 2 an output far on the wrong side never crosses 0: the loss falls for ever towards y^2/2. */
    @Test
    void isInTheLimitWhereTheOutputStaysOnTheWrongSide() {
        assertThat(mode(3, 0.01, 0.1, -5, 1).minimum()).isEqualTo(new LossMinimum(Double.POSITIVE_INFINITY, 0.5));
    }

    /** ln(gamma / (c z_k)) / c with F_q(z_k) = 1/2, up to exponentially small terms. */
    @ParameterizedTest
    @CsvSource({
        "1.25, 2.04836567308360",
        "1.5, 1.07747913462239",
        "2, 0.610057791834874",
        "3, 0.388860317368572",
        "5, 0.284556230813213"
    })
    void isForgottenByHalfAtATimeOfOrderOneOverLambda(double k, double z) {
        double lambda = 0.01;
        double c = 2 * (k - 1) * lambda;

        assertThat(mode(k, 30, lambda, 0, 1).halfLife())
                .hasValueCloseTo(Math.log(30 / (c * z)) / c, withinPercentage(1e-11));
        assertThat(mode(k, 30, lambda, 0, -4).halfLife())
                .hasValueCloseTo(Math.log(30 / (c * z)) / c, withinPercentage(1e-11));
    }

    @Test
    void isNotForgottenByHalfWhereItNeverLearntSoMuchOrKeepsIt() {
        assertThat(mode(2, 0.01, 0.1, 0, 1).halfLife()).isEmpty();
        assertThat(mode(1, 30, 0.1, 0, 1).halfLife()).isEmpty();
        assertThat(mode(2, 30, 0, 0, 1).halfLife()).isEmpty();
    }

    @Test
    void refusesAGrowingOutput() {
        assertThatThrownBy(() -> mode(-1, 0.1, 0.1, 0, 1).minimum())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the minimum of a loss needs k >= 0, got -1.0");
    }
}
