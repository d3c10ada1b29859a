package io.github.autol2.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleInvariantRateTest {

    /** (1 - x)^-(2n+1) and its limit e^(2xn) to 17 digits, from the README of the reference data, which takes the decimals as exact. */
    @ParameterizedTest
    @CsvSource({
        "0.1, 0.01, 1000, 7.4038576431012810, 7.3890560989306502",
        "0.1, 0.0005, 100000, 22033.074936993350, 22026.465794806717",
        "0.5, 0.1, 100, 30030.000327936048, 22026.465794806717"
    })
    void hasTheKnownGrowth(double eta, double lambda, long n, double exact, double limit) {
        ScaleInvariantRate rate = new ScaleInvariantRate(eta, lambda);

        assertThat(rate.exact(n) / eta).isCloseTo(exact, withinPercentage(1e-9));
        assertThat(rate.limit(n) / eta).isCloseTo(limit, withinPercentage(1e-9));
        assertThat(rate.exact(0)).isCloseTo(eta / (1 - eta * lambda), withinPercentage(1e-13));
    }

    /**
     * f = theta_1 / |theta|, L = f^2 / 2 from (1, 0.1) with lambda = 0.1 until eta n = 5: ln(theta_2/theta_1) and |theta|^2 as computed
     * elsewhere.
     */
    @ParameterizedTest
    @CsvSource({
        "0.1, 6.3071773406194008, 0.39707675545007832",
        "0.01, 6.2119912627797912, 0.37405667291777837",
        "0.001, 6.2045645647489462, 0.37180756973891876"
    })
    void makesTheRunWithoutPenaltyVisitTheSameDirections(double eta, double direction, double squaredNorm) {
        // given
        double lambda = 0.1;
        ScaleInvariantRate rate = new ScaleInvariantRate(eta, lambda);
        double[] decayed = {1, 0.1};
        double[] plain = {1, 0.1};

        // when
        for (long n = 0; n < Math.round(5 / eta); n++) {
            step(decayed, eta, 1 - eta * lambda);
            step(plain, rate.exact(n), 1);
        }

        // then
        assertThat(Math.log(decayed[1] / decayed[0])).isCloseTo(direction, offset(1e-11));
        assertThat(Math.log(plain[1] / plain[0])).isCloseTo(direction, offset(1e-11));
        assertThat(decayed[0] * decayed[0] + decayed[1] * decayed[1]).isCloseTo(squaredNorm, offset(1e-12));
    }

    /** The theory's growth of the kernel at k = 0. */
    @Test
    void isTheKernelsGrowthInTheLimit() {
        assertThat(new ScaleInvariantRate(0.1, 0.02).limit(500) / 0.1)
                .isCloseTo(new Flow(0, 0.02).gamma(1, 50), withinPercentage(1e-10));
    }

    @Test
    void refusesRatesThatAreNone() {
        assertThatThrownBy(() -> new ScaleInvariantRate(0, 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("eta must be finite and > 0, got 0.0");
        assertThatThrownBy(() -> new ScaleInvariantRate(2, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("eta lambda must be < 1, got 1.0");
        assertThatThrownBy(() -> new ScaleInvariantRate(0.1, 0.5).exact(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("n must be >= 0, got -1");
    }

    private static void step(double[] theta, double eta, double keep) {
        double squared = theta[0] * theta[0] + theta[1] * theta[1];
        double f = theta[0] / Math.sqrt(squared);
        double[] slope = {
            theta[1] * theta[1] / (squared * Math.sqrt(squared)), -theta[0] * theta[1] / (squared * Math.sqrt(squared))
        };
        for (int i = 0; i < 2; i++) {
            theta[i] = keep * theta[i] - eta * f * slope[i];
        }
    }
}
