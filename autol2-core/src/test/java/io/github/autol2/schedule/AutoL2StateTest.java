package io.github.autol2.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutoL2StateTest {

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void rejectsWhatIsNoLambda(double lambda) {
        assertThatThrownBy(() -> new AutoL2State(lambda, 0, 1, 0.5, 1, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lambda must be finite and > 0, got " + lambda);
    }

    @Test
    void acceptsTheSmallestLambda() {
        assertThat(new AutoL2State(Double.MIN_VALUE, 0, 1, 0.5, 1, 0.5).lambda())
                .isEqualTo(Double.MIN_VALUE);
    }

    @Test
    void rejectsADivisionBeforeIterationZero() {
        assertThatThrownBy(() -> new AutoL2State(0.1, -1, 1, 0.5, 1, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lastDivision must be >= 0, got -1");
    }

    @Test
    void acceptsADivisionAtIterationZero() {
        assertThat(new AutoL2State(0.1, 0, 1, 0.5, 1, 0.5).lastDivision()).isZero();
    }

    @Test
    void rejectsNaNByTheNameOfItsPart() {
        assertThatThrownBy(() -> new AutoL2State(0.1, 0, Double.NaN, 0.5, 1, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("previousLoss must be a number, got NaN");
        assertThatThrownBy(() -> new AutoL2State(0.1, 0, 1, Double.NaN, 1, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("previousError must be a number, got NaN");
        assertThatThrownBy(() -> new AutoL2State(0.1, 0, 1, 0.5, Double.NaN, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("minimumLoss must be a number, got NaN");
        assertThatThrownBy(() -> new AutoL2State(0.1, 0, 1, 0.5, 1, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("minimumError must be a number, got NaN");
    }

    @Test
    void acceptsInfinityForWhatDoesNotExistYet() {
        // given
        double none = Double.POSITIVE_INFINITY;

        // when, then
        assertThat(AutoL2State.start(0.1, 5))
                .isEqualTo(new AutoL2State(0.1, 5, none, none, none, none, Progress.start(5)));
    }
}
