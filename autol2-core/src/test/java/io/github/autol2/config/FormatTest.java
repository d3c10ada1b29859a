package io.github.autol2.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {

    private enum Colour {
        RED,
        GREEN,
        DARK_BLUE
    }

    @ParameterizedTest
    @CsvSource({"1, 1.0", "0.05, 0.05", "5e-2, 0.05", "+1.E3, 1000.0", "4.9E-324, 4.9E-324"})
    void parsesNumbers(String text, String shown) {
        Format<Double> format = Format.number(Range.above(0));

        assertThat(format.show().apply(format.parse().apply(text))).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1e-400", "1e400", "1e999999999"})
    void rejectsNumbersOutsideTheRange(String text) {
        rejects(Format.number(Range.above(0)), text, "must be > 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "1d", "0x1p3", "1,5", "1_000", "one", "1 2"})
    void rejectsTextThatIsNoNumber(String text) {
        rejects(Format.number(Range.above(0)), text, "must be a number > 0");
    }

    @Test
    void parsesDistinctNumbers() {
        // given
        Format<List<Double>> format = Format.numbers(Range.above(0));

        // then
        assertThat(format.parse().apply("0.1, 1e-3")).containsExactly(0.1, 0.001);
        assertThat(format.show().apply(List.of(0.1, 0.001))).isEqualTo("0.1,0.001");
        rejects(format, "0.1,0", "must be > 0");
        rejects(format, "0.1,", "must be a number > 0");
        rejects(format, "0.1,1e-1", "must be distinct numbers");
    }

    @Test
    void parsesIntegersUpToTheLargest() {
        // given
        Format<Integer> format = Format.integer(Range.atLeast(1));

        // then
        assertThat(format.parse().apply("1")).isOne();
        assertThat(format.parse().apply("010")).isEqualTo(10);
        assertThat(format.parse().apply("2147483647")).isEqualTo(Integer.MAX_VALUE);
        rejects(format, "0", "must be >= 1");
        rejects(format, "2147483648", "must be a whole number >= 1 and <= 2147483647");
        rejects(format, "1.0", "must be a whole number >= 1 and <= 2147483647");
    }

    @Test
    void parsesTrueAndFalseOnly() {
        assertThat(Format.bool().parse().apply("true")).isTrue();
        assertThat(Format.bool().parse().apply("false")).isFalse();
        rejects(Format.bool(), "yes", "must be true or false");
        rejects(Format.bool(), "True", "must be true or false");
    }

    @Test
    void parsesConstantsInLowerCase() {
        // given
        Format<Colour> format = Format.choice(Colour.class);

        // then
        assertThat(format.allowed()).isEqualTo("red, green, dark-blue");
        assertThat(format.parse().apply("green")).isEqualTo(Colour.GREEN);
        assertThat(format.show().apply(Colour.RED)).isEqualTo("red");
        assertThat(format.show().apply(Colour.DARK_BLUE)).isEqualTo("dark-blue");
        assertThat(format.parse().apply("dark-blue")).isEqualTo(Colour.DARK_BLUE);
        rejects(format, "RED", "must be one of red, green, dark-blue");
        rejects(format, "dark_blue", "must be one of red, green, dark-blue");
    }

    @Test
    void parsesListsOfLongs() {
        // given
        Format<List<Long>> format = Format.longs();

        // then
        assertThat(format.parse().apply("7")).containsExactly(7L);
        assertThat(format.parse().apply("-1, 9223372036854775807")).containsExactly(-1L, Long.MAX_VALUE);
        assertThat(format.show().apply(List.of(1L, 2L))).isEqualTo("1,2");
        for (String text : List.of("1,,2", "1,", ",", "1;2", "1.5", "9223372036854775808")) {
            rejects(format, text, "must be whole numbers separated by commas");
        }
    }

    @Test
    void takesAnyText() {
        assertThat(Format.text().parse().apply("the last one")).isEqualTo("the last one");
        assertThat(Format.text().show().apply("the last one")).isEqualTo("the last one");
    }

    @Test
    void rejectsWhatIsNoPath() {
        assertThat(Format.path().parse().apply("a/b")).hasToString("a/b");
        rejects(Format.path(), "a\0b", "must be a path");
    }

    @Test
    void rangesEndWhereTheySay() {
        assertThat(Range.above(1)).satisfies(range -> {
            assertThat(range.contains(1)).isFalse();
            assertThat(range.contains(Math.nextUp(1.0))).isTrue();
        });
        assertThat(Range.atLeast(1)).satisfies(range -> {
            assertThat(range.contains(Math.nextDown(1.0))).isFalse();
            assertThat(range.contains(1)).isTrue();
        });
        assertThat(Range.from(0, 1)).satisfies(range -> {
            assertThat(range.text()).isEqualTo("in [0, 1)");
            assertThat(range.contains(-Double.MIN_VALUE)).isFalse();
            assertThat(range.contains(0)).isTrue();
            assertThat(range.contains(Math.nextDown(1.0))).isTrue();
            assertThat(range.contains(1)).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void rangesContainOnlyFiniteNumbers(double value) {
        assertThatThrownBy(() -> Range.atLeast(0).check("x", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("x must be >= 0, got " + value);
    }

    @Test
    void checkPassesWhatTheRangeContains() {
        Range.atLeast(0).check("x", 0);

        assertThatThrownBy(() -> Range.above(0.5).check("x", 0.5)).hasMessage("x must be > 0.5, got 0.5");
    }

    private static void rejects(Format<?> format, String text, String rule) {
        assertThatThrownBy(() -> format.parse().apply(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(rule);
    }
}
