package io.github.autol2.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTest {

    /** The usual table: what is exceeded in 2.5 % of all cases (z = 1.959964) and in 5 % (z = 1.644854). */
    @ParameterizedTest
    @CsvSource({
        "1.959964, 5, 2.571",
        "1.959964, 9, 2.262",
        "1.959964, 30, 2.042",
        "1.959964, 120, 1.980",
        "1.644854, 5, 2.015",
        "1.644854, 9, 1.833",
        "1.644854, 120, 1.658"
    })
    void isTheValueOfTheTable(double z, int freedom, double value) {
        assertThat(Student.quantile(z, freedom)).isCloseTo(value, Percentage.withPercentage(0.5));
    }

    @ParameterizedTest
    @CsvSource({"1, 12.706", "2, 4.303", "3, 3.182", "4, 2.776"})
    void isTooLargeRatherThanTooSmallForAHandfulOfValues(int freedom, double value) {
        assertThat(Student.quantile(1.959964, freedom)).isBetween(value, 1.5 * value);
    }

    @Test
    void isTheNormalOneForManyValues() {
        assertThat(Student.quantile(2, 1e6)).isCloseTo(2, Percentage.withPercentage(0.001));
        assertThat(Student.quantile(0, 3)).isZero();
    }
}
