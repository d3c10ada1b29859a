package io.github.autol2.program.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FourDigitsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "23456, 23460",
        "-23456, -23460",
        "0.87654, 0.8765",
        "0.5, 0.5",
        "0.0001, 0.0001000",
        "0.000099, 9.900e-05",
        "999900000, 999900000",
        "1e9, 1.000e+09",
        "NaN, NaN",
        "Infinity, Infinity"
    })
    void keepsFourDigitsThatTell(double value, String text) {
        assertThat(FourDigits.of(value)).isEqualTo(text);
    }
}
