package io.github.autol2.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTest {

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void rejectsALengthBelowOneIteration(int iterations) {
        assertThatThrownBy(() -> new Window.SingleBatch(iterations))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("measureEvery must be at least 1 iteration, got " + iterations);
        assertThatThrownBy(() -> new Window.Mean(iterations))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("measureEvery must be at least 1 iteration, got " + iterations);
        assertThatThrownBy(() -> new Window.MeanOfTau(0.1, iterations))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("leastIterations must be at least 1 iteration, got " + iterations);
    }

    @Test
    void acceptsALengthOfOneIteration() {
        assertThat(new Window.SingleBatch(1).every()).isEqualTo(1);
        assertThat(new Window.Mean(1).iterations()).isEqualTo(1);
        assertThat(new Window.MeanOfTau(0.1, 1).leastIterations()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void rejectsWhatIsNoFractionOfTau(double fraction) {
        assertThatThrownBy(() -> new Window.MeanOfTau(fraction, 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("window fraction must be finite and > 0, got " + fraction);
    }

    @Test
    void acceptsAFractionAboveOne() {
        assertThat(new Window.MeanOfTau(1.5, 20).fraction()).isEqualTo(1.5);
    }
}
