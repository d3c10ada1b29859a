package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellsTest {

    private static final String NUMBER = "[-+]?(\\d+[.,]?\\d*|[.,]\\d+)([eE][-+]?\\d+)?";

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "+1.5", "1,5", ".5", "5.", "1e3", "1.5E-3", "00501", "1e999"})
    void knowsANumber(String cell) {
        assertThat(Cells.looksLikeNumber(cell)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", ".", "+.", "e5", ".e5", "1e", "1e+", "1.2.3", "1,2.3", "12f", "0x1", "NaN", "1 ", "٣"})
    void knowsWhatIsNone(String cell) {
        assertThat(Cells.looksLikeNumber(cell)).isFalse();
    }

    @Test
    void agreesWithThePatternOnAllKindsOfTexts() {
        Random random = new Random(1);
        String signs = "0123456789..,,eE+-x";
        int numbers = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder cell = new StringBuilder();
            for (int length = random.nextInt(8); length >= 0; length--) {
                cell.append(signs.charAt(random.nextInt(signs.length())));
            }
            boolean expected = cell.toString().matches(NUMBER);
            numbers += expected ? 1 : 0;
            assertThat(Cells.looksLikeNumber(cell.toString()))
                    .as(cell.toString())
                    .isEqualTo(expected);
        }
        assertThat(numbers).isGreaterThan(10_000);
    }

    @Test
    void takesAVeryLongTextForNone() {
        assertThat(Cells.looksLikeNumber("1".repeat(100))).isTrue();
        assertThat(Cells.looksLikeNumber("1".repeat(101))).isFalse();
    }
}
