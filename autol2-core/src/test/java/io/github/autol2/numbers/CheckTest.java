package io.github.autol2.numbers;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void noCheckLetsANumberThroughThatIsNotFinite(double value) {
        assertThatThrownBy(() -> Check.finite("x", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("x must be finite, got " + value);
        assertThatThrownBy(() -> Check.positive("x", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("x must be finite and > 0, got " + value);
        assertThatThrownBy(() -> Check.notNegative("x", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("x must be finite and >= 0, got " + value);
    }

    @Test
    void zeroIsNotNegativeButNotPositive() {
        assertThatCode(() -> Check.notNegative("x", 0)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Check.positive("x", 0)).hasMessage("x must be finite and > 0, got 0.0");
        assertThatThrownBy(() -> Check.notNegative("x", -Double.MIN_VALUE))
                .hasMessage("x must be finite and >= 0, got -4.9E-324");
        assertThatCode(() -> Check.positive("x", Double.MIN_VALUE)).doesNotThrowAnyException();
    }

    @Test
    void oneIsAtLeastOne() {
        assertThatCode(() -> Check.atLeastOne("n", 1)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Check.atLeastOne("n", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("n must be at least 1, got 0");
    }

    @Test
    void zeroIsAtLeastZero() {
        assertThatCode(() -> Check.atLeastZero("n", 0)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Check.atLeastZero("n", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("n must be >= 0, got -1");
    }

    @Test
    void aFractionIsFromZeroToOneOrNotThere() {
        assertThatCode(() -> Check.fraction("x", OptionalDouble.empty())).doesNotThrowAnyException();
        assertThatCode(() -> Check.fraction("x", OptionalDouble.of(0))).doesNotThrowAnyException();
        assertThatCode(() -> Check.fraction("x", OptionalDouble.of(1))).doesNotThrowAnyException();
        for (double value : new double[] {-Double.MIN_VALUE, Math.nextUp(1.0), Double.NaN}) {
            assertThatThrownBy(() -> Check.fraction("x", OptionalDouble.of(value)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("x must be in [0, 1], got " + value);
        }
    }
}
