package io.github.autol2.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitialLambdaTest {

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 10})
    void fixedIsTheGivenNumberAtEveryLearningRate(double etaEff) {
        assertThat(new InitialLambda.Fixed(0.07).value(etaEff)).isEqualTo(0.07);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void fixedRejectsWhatIsNoLambda(double lambda) {
        assertThatThrownBy(() -> new InitialLambda.Fixed(lambda))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("initialLambda must be finite and > 0, got " + lambda);
    }

    @Test
    void fixedAcceptsTheSmallestLambda() {
        assertThat(new InitialLambda.Fixed(Double.MIN_VALUE).lambda()).isEqualTo(Double.MIN_VALUE);
    }

    /** 10 * 1.3 / (etaEff T), by hand. */
    @ParameterizedTest
    @CsvSource({"0.5, 4000, 0.0065", "0.5, 8000, 0.00325", "1, 4000, 0.00325", "0.001, 1000000, 0.013"})
    void fromBudgetIsTenTimesTheGuess(double etaEff, long iterations, double expected) {
        assertThat(new InitialLambda.FromBudget(iterations).value(etaEff)).isCloseTo(expected, within(1e-14 * expected));
    }

    /** The guess crosses 0.03 at etaEff T = 13 / 0.03 = 433.3. */
    @Test
    void fromBudgetStopsAtItsCeiling() {
        assertThat(InitialLambda.FromBudget.CEILING).isEqualTo(0.03);
        assertThat(new InitialLambda.FromBudget(433).value(1)).isEqualTo(0.03);
        assertThat(new InitialLambda.FromBudget(434).value(1)).isLessThan(0.03).isCloseTo(13.0 / 434, within(1e-15));
    }

    @Test
    void fromBudgetIsTheCeilingForALearningRateOfZero() {
        assertThat(new InitialLambda.FromBudget(1_000_000).value(0)).isEqualTo(InitialLambda.FromBudget.CEILING);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void fromBudgetRejectsABudgetWithoutIterations(long iterations) {
        assertThatThrownBy(() -> new InitialLambda.FromBudget(iterations))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("budget must be at least 1 iteration, got " + iterations);
    }

    @Test
    void fromBudgetAcceptsOneIteration() {
        assertThat(new InitialLambda.FromBudget(1).value(10_000)).isEqualTo(13.0 / 10_000);
    }
}
