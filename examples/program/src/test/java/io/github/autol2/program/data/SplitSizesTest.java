package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SplitSizesTest {

    @Test
    void acceptsNoValidationRows() {
        assertThat(new SplitSizes(1, 0, 1).validation()).isZero();
    }

    @Test
    void refusesSizesBelowTheirMinimum() {
        assertThatThrownBy(() -> new SplitSizes(0, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the training size must be >= 1, got 0");
        assertThatThrownBy(() -> new SplitSizes(1, -1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the validation size must be >= 0, got -1");
        assertThatThrownBy(() -> new SplitSizes(1, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the test size must be >= 1, got 0");
    }
}
