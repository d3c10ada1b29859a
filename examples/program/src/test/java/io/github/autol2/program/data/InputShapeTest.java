package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InputShapeTest {

    @Test
    void countsTheInputsOfAnImage() {
        InputShape image = new InputShape(3, 4, 5);

        assertThat(image.inputs()).isEqualTo(60);
        assertThat(image.isImage()).isTrue();
    }

    @Test
    void takesATableForARowAndNotForAnImage() {
        InputShape table = InputShape.row(7);

        assertThat(table).isEqualTo(new InputShape(1, 1, 7));
        assertThat(table.isImage()).isFalse();
    }

    @Test
    void refusesSizesBelowOne() {
        assertThatThrownBy(() -> new InputShape(1, 0, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("channels, height and width must be >= 1, got 1 x 0 x 5");
    }
}
