package io.github.autol2.numbers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CountingErrorTest {

    /** The binomial distribution: 0.3 / sqrt(100), and 0.5 / sqrt(400). */
    @Test
    void isTheStandardDeviationOfABinomialFraction() {
        assertThat(CountingError.of(0.9, 100)).isCloseTo(0.03, within(1e-15));
        assertThat(CountingError.of(0.5, 400)).isCloseTo(0.025, within(1e-15));
    }

    @Test
    void vanishesWhereAllOrNoneAreRight() {
        assertThat(CountingError.of(1, 100)).isZero();
        assertThat(CountingError.of(0, 100)).isZero();
    }
}
