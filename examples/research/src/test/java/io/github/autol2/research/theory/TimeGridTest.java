package io.github.autol2.research.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;

class TimeGridTest {

    @Test
    void hasEqualRatiosAndBothEnds() {
        assertThat(TimeGrid.logarithmic(0.1, 1000, 5))
                .containsExactly(new double[] {0.1, 1, 10, 100, 1000}, offset(1e-12))
                .endsWith(1000);
    }

    @Test
    void refusesTimesThatAreNone() {
        assertThatThrownBy(() -> TimeGrid.logarithmic(0, 1, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the first time must be > 0 and the last one larger and finite, got 0.0 and 1.0");
        assertThatThrownBy(() -> TimeGrid.logarithmic(1, 1, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TimeGrid.logarithmic(1, 2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there must be at least 2 times, got 1");
    }
}
