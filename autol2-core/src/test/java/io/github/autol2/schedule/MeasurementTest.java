package io.github.autol2.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasurementTest {

    private static final OptionalDouble NO_ERROR = OptionalDouble.empty();

    private static Measurement withError(double error) {
        return new Measurement(10, 1.5, 0.1, OptionalDouble.of(error), 0.1);
    }

    @Test
    void rejectsANegativeIteration() {
        assertThatThrownBy(() -> new Measurement(-1, 1.5, 0.1, NO_ERROR, 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("iteration must be >= 0, got -1");
    }

    @Test
    void acceptsIterationZero() {
        assertThat(new Measurement(0, 1.5, 0.1, NO_ERROR, 0.1).iteration()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void rejectsALossOrPenaltyThatIsNotFinite(double number) {
        assertThatThrownBy(() -> new Measurement(10, number, 0.1, NO_ERROR, 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("loss must be finite, got " + number);
        assertThatThrownBy(() -> new Measurement(10, 1, number, NO_ERROR, 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("penalty must be finite, got " + number);
        assertThatThrownBy(() -> new Sample(10, number, 0.1, NO_ERROR, 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("score must be finite, got " + number);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-2, 0, Double.MAX_VALUE})
    void acceptsAnyFiniteLoss(double loss) {
        assertThat(new Measurement(10, loss, 0.1, NO_ERROR, 0.1).loss()).isEqualTo(loss);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-Double.MIN_VALUE, 1.0000000000000002, Double.NaN, Double.POSITIVE_INFINITY})
    void rejectsAnErrorThatIsNoFraction(double error) {
        assertThatThrownBy(() -> withError(error))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("error must be in [0, 1], got " + error);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1})
    void acceptsAnErrorUpToBothEndsOfItsRange(double error) {
        assertThat(withError(error).error()).hasValue(error);
    }

    @Test
    void rejectsAMissingOptionalByItsName() {
        assertThatThrownBy(() -> new Measurement(10, 1.5, 0, null, 0.1))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("error");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY})
    void rejectsALearningRateThatIsNegativeOrNotFinite(double etaEff) {
        assertThatThrownBy(() -> new Measurement(10, 1.5, 0, NO_ERROR, etaEff))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("etaEff must be finite and >= 0, got " + etaEff);
    }
}
