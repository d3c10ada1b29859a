package io.github.autol2.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LambdaRangeTest {

    @Test
    void twoNeighboursLieHalfwayToTheEnds() {
        List<Double> neighbours = new LambdaRange(1e-4, 1e-2, 1).neighbours(2);

        assertThat(neighbours).hasSize(2);
        assertThat(neighbours.get(0)).isCloseTo(1e-3, within(1e-15));
        assertThat(neighbours.get(1)).isCloseTo(0.1, within(1e-13));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 20})
    void allNeighboursAreDifferentAndInside(int count) {
        List<Double> neighbours = new LambdaRange(1e-4, 1e-2, 3e-2).neighbours(count);

        assertThat(neighbours)
                .hasSize(count)
                .doesNotHaveDuplicates()
                .allMatch(lambda -> lambda > 1e-4 && lambda < 3e-2 && lambda != 1e-2);
        assertThat(neighbours.stream().filter(lambda -> lambda < 1e-2)).hasSize(count - count / 2);
    }

    @Test
    void whereNothingIsAboveAllAreBelow() {
        assertThat(new LambdaRange(1e-3, 1e-2, 1e-2).neighbours(3)).hasSize(3).allMatch(lambda -> lambda < 1e-2);
    }

    @Test
    void aRangeWithoutWidthHasNoNeighbours() {
        assertThat(new LambdaRange(1e-2, 1e-2, 1e-2).neighbours(3)).isEmpty();
        assertThat(new LambdaRange(1e-3, 1e-2, 1).neighbours(0)).isEmpty();
    }

    @Test
    void refusesAPredictionOutsideAndNegativeCounts() {
        assertThatThrownBy(() -> new LambdaRange(1e-3, 1e-4, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lambda must be between low and high, got 0.001, 1.0E-4, 1.0");
        assertThatThrownBy(() -> new LambdaRange(0, 1e-4, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("low must be finite and > 0, got 0.0");
        assertThatThrownBy(() -> new LambdaRange(1e-3, Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LambdaRange(1e-3, 1e-2, 1).neighbours(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("count must be at least 0, got -1");
    }

    @Test
    void aCalibrationsRangeEndsWhereHarmBegins() {
        Calibration calibration = Calibration.of(Curves.lawful(10, 1, 1, 0.03, 0.01), 1);

        LambdaRange usual = calibration.range(2000);
        LambdaRange capped = calibration.range(20);

        assertThat(usual)
                .isEqualTo(new LambdaRange(
                        calibration.cLow() / 2000, calibration.predict(2000).lambda(), calibration.cHigh() / 2000));
        assertThat(capped.lambda()).isEqualTo(0.03);
        assertThat(capped.high()).isEqualTo(0.03);
        assertThat(capped.lambda() / capped.low()).isCloseTo(calibration.c() / calibration.cLow(), within(1e-12));
    }
}
