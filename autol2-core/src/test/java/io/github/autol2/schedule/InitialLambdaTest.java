package io.github.autol2.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitialLambdaTest {

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 10})
    void fixedIsTheGivenNumberAtEveryLoss(double loss) {
        assertThat(new InitialLambda.Fixed(0.07).value(new TrainingStart(loss, 3, 0.5)))
                .isEqualTo(0.07);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void fixedRejectsWhatIsNoLambda(double lambda) {
        assertThatThrownBy(() -> new InitialLambda.Fixed(lambda))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("initialLambda must be finite and > 0, got " + lambda);
    }

    @Test
    void fixedAcceptsTheSmallestLambda() {
        assertThat(new InitialLambda.Fixed(Double.MIN_VALUE).lambda()).isEqualTo(Double.MIN_VALUE);
    }

    /** share * loss / penaltyAtOne, by hand. */
    @ParameterizedTest
    @CsvSource({
        "0.5, 2.3, 202, 0.0056930693069306930",
        "1, 2.3, 2000, 0.00115",
        "0.5, 2300, 202000, 0.0056930693069306930"
    })
    void fromLossIsTheShareOfTheFirstLoss(double share, double loss, double penaltyAtOne, double expected) {
        assertThat(new InitialLambda.FromLoss(share).value(new TrainingStart(loss, penaltyAtOne, 0.5)))
                .isCloseTo(expected, within(1e-14 * expected));
    }

    @Test
    void onceFittedIsNothingUntilAClassifierFits() {
        TrainingStart start = new TrainingStart(2.3, 202, 0.5);
        TrainingStart regression = new TrainingStart(2.3, 202, 0.5, OptionalDouble.of(1), false, true);

        assertThat(new InitialLambda.OnceFitted(0.5).value(start)).isEqualTo(InitialLambda.NOTHING);
        assertThat(new InitialLambda.OnceFitted(0.5).value(regression))
                .isEqualTo(new InitialLambda.FromLoss(0.5).value(regression));
        assertThatThrownBy(() -> new InitialLambda.OnceFitted(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("share must be in (0, 1], got 0.0");
    }

    /** Targets with a large mean: the first loss is that of its square, which the penalty must not be compared with. */
    @Test
    void fromLossTakesTheBaselineWhereThatIsSmaller() {
        InitialLambda fromLoss = new InitialLambda.FromLoss(0.5);

        assertThat(fromLoss.value(new TrainingStart(2_500, 1_000, 0, OptionalDouble.of(2.3), false, true)))
                .isCloseTo(0.03 * 0.00115, within(1e-17));
        assertThat(fromLoss.value(new TrainingStart(2.3, 1_000, 0, OptionalDouble.of(2_500), false, true)))
                .isCloseTo(0.03 * 0.00115, within(1e-17));
        assertThat(fromLoss.value(new TrainingStart(2.3, 1_000, 0, OptionalDouble.of(0), false, true)))
                .isCloseTo(0.03 * 0.00115, within(1e-17));
        assertThat(fromLoss.value(new TrainingStart(2.3, 1_000, 0, OptionalDouble.of(1), true, true)))
                .as("a classifier")
                .isCloseTo(0.5 / 1_000, within(1e-17));
    }

    @Test
    void fromLossIsSmallWithoutATrainingError() {
        assertThat(new InitialLambda.FromLoss(0.5)
                        .value(new TrainingStart(2, 100, 0, OptionalDouble.of(1), false, true)))
                .isCloseTo(0.5 * 0.03 / 100, within(1e-17));
    }

    /** 0.5 * 2 / penalty crosses 0.1 at a penalty of 10. */
    @Test
    void fromLossStopsAtItsCeiling() {
        InitialLambda fromLoss = new InitialLambda.FromLoss(0.5);

        assertThat(fromLoss.value(new TrainingStart(2, 9.9, 0))).isEqualTo(0.1);
        assertThat(fromLoss.value(new TrainingStart(2, 10.1, 0)))
                .isLessThan(0.1)
                .isCloseTo(1 / 10.1, within(1e-15));
    }

    /** 1 / (etaEff lambda) >= 200 iterations: at etaEff = 0.5, lambda <= 0.01. */
    @Test
    void fromLossLeavesTimeToLearn() {
        InitialLambda fromLoss = new InitialLambda.FromLoss(0.5);

        assertThat(fromLoss.value(new TrainingStart(2, 20, 0.5))).isEqualTo(0.01);
        assertThat(fromLoss.value(new TrainingStart(2, 20, 0.05))).isEqualTo(0.05);
    }

    @Test
    void fromLossDoesNotTakeALearningRateOfZeroForALimit() {
        assertThat(new InitialLambda.FromLoss(0.5).value(new TrainingStart(2, 20, 0)))
                .isEqualTo(0.05);
    }

    @Test
    void fromLossIsBoundedByTauAndItsCeilingWhereNoWeightCounts() {
        InitialLambda fromLoss = new InitialLambda.FromLoss(0.5);

        assertThat(fromLoss.value(new TrainingStart(2, 0, 0.5))).isEqualTo(0.01);
        assertThat(fromLoss.value(new TrainingStart(2, 0, 0.001))).isEqualTo(InitialLambda.FromLoss.CEILING);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -3})
    void fromLossTakesOneForALossWithoutScale(double loss) {
        assertThat(new InitialLambda.FromLoss(0.5).value(new TrainingStart(loss, 20, 0)))
                .isEqualTo(0.025);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.1, Double.NaN})
    void fromLossRejectsWhatIsNoShare(double share) {
        assertThatThrownBy(() -> new InitialLambda.FromLoss(share))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("share must be in (0, 1], got " + share);
    }
}
