package io.github.autol2.research.figure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.program.results.Pooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeenTest {

    @ParameterizedTest
    @CsvSource({
        "0.001, 0, YES",
        "-0.004, 0.001, YES",
        "-0.0045, 0.001, UNCLEAR",
        "-0.0055, 0.001, UNCLEAR",
        "-0.0065, 0.001, NO",
        "0, 0.006, UNCLEAR",
        "0.1, NaN, UNCLEAR"
    })
    void halfAPercentLessIsEqual(double difference, double standardError, Seen seen) {
        assertThat(Seen.equal(new Pooled(difference, standardError))).isEqualTo(seen);
    }

    @ParameterizedTest
    @CsvSource({"0.01, 0.0049, YES", "0.01, 0.0051, UNCLEAR", "0, 0, NO", "-0.01, 0.1, NO", "0.01, NaN, UNCLEAR"})
    void aLossIsTwoStandardErrorsLarge(double loss, double standardError, Seen seen) {
        assertThat(Seen.lower(new Pooled(loss, standardError))).isEqualTo(seen);
    }
}
