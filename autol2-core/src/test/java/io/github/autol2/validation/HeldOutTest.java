package io.github.autol2.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeldOutTest {

    private static final float[] NONE = {};

    private static HeldOut classified(float... hits) {
        return new HeldOut(new float[hits.length], hits);
    }

    private static HeldOut losses(float... losses) {
        return new HeldOut(losses, NONE);
    }

    @Test
    void tellsMeanLossAndAccuracy() {
        HeldOut heldOut = new HeldOut(new float[] {1, 2, 3, 6}, new float[] {1, 0, 1, 1});

        assertThat(heldOut.loss()).isEqualTo(3);
        assertThat(heldOut.accuracy()).hasValue(0.75);
        assertThat(heldOut.examples()).isEqualTo(4);
    }

    @Test
    void hasNoAccuracyInRegression() {
        assertThat(losses(1, 2).accuracy()).isEmpty();
        assertThat(losses(1, 2).classifies()).isFalse();
    }

    @Test
    void averagesEvaluationsByExample() {
        HeldOut mean = HeldOut.mean(List.of(
                new HeldOut(new float[] {1, 4}, new float[] {1, 0}),
                new HeldOut(new float[] {3, 0}, new float[] {1, 1})));

        assertThat(mean).isEqualTo(new HeldOut(new float[] {2, 2}, new float[] {1, 0.5f}));
    }

    @Test
    void prefersTheHigherAccuracyWhateverTheLoss() {
        HeldOut right = new HeldOut(new float[] {9, 9}, new float[] {1, 1});
        HeldOut half = new HeldOut(new float[] {1, 1}, new float[] {1, 0});

        assertThat(right.isBetterThan(half)).isTrue();
        assertThat(half.isBetterThan(right)).isFalse();
    }

    @Test
    void prefersTheSmallerLossAmongEqualAccuracies() {
        HeldOut sure = new HeldOut(new float[] {1, 2}, new float[] {1, 0});
        HeldOut unsure = new HeldOut(new float[] {2, 2}, new float[] {0, 1});

        assertThat(sure.isBetterThan(unsure)).isTrue();
        assertThat(unsure.isBetterThan(sure)).isFalse();
        assertThat(sure.isBetterThan(sure)).isFalse();
    }

    /** Ten of 100 examples change from right to wrong: mean 0.1, variance (0.1 - 0.01) 100/99 + 0.01^2. */
    @Test
    void countsStandardErrorsByExample() {
        float[] before = new float[100];
        float[] after = new float[100];
        Arrays.fill(before, 0, 60, 1);
        Arrays.fill(after, 10, 60, 1);

        double errors = classified(after).standardErrorsBelow(classified(before));

        assertThat(errors).isCloseTo(0.1 / Math.sqrt((0.09 / 0.99 + 1e-4) / 100), within(1e-6));
        assertThat(classified(before).standardErrorsBelow(classified(after))).isCloseTo(-errors, within(1e-9));
    }

    /** The same net loss of ten, but forty more examples change both ways: the accuracy is as low, and that says less. */
    @Test
    void isLessSureWhereMoreExamplesChange() {
        float[] before = new float[100];
        float[] after = new float[100];
        Arrays.fill(before, 0, 60, 1);
        Arrays.fill(after, 30, 80, 1);

        assertThat(classified(after).standardErrorsBelow(classified(before))).isBetween(1.0, 2.0);
    }

    @Test
    void judgesRegressionByItsLoss() {
        assertThat(losses(2, 3, 4).standardErrorsBelow(losses(1, 1, 1))).isGreaterThan(2);
        assertThat(losses(1, 1, 1).standardErrorsBelow(losses(2, 3, 4))).isLessThan(-2);
        assertThat(losses(1, 2).isBetterThan(losses(1, 3))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(floats = {1e-3f, 1, 1e3f})
    void doesNotDependOnTheScaleOfALoss(float scale) {
        HeldOut before = losses(scale, scale, scale);
        HeldOut after = losses(2 * scale, scale, 3 * scale);

        assertThat(after.standardErrorsBelow(before))
                .isCloseTo(losses(2, 1, 3).standardErrorsBelow(losses(1, 1, 1)), within(1e-4));
    }

    @Test
    void isNeverSureOfASingleExample() {
        assertThat(classified(0).standardErrorsBelow(classified(1))).isEqualTo(1);
    }

    /** The difference is 2.2 standard errors each time; Student's bound is 2.32 for ten examples and 2.003 for a thousand. */
    @ParameterizedTest
    @CsvSource({"10, false", "1000, true"})
    void mustShowMoreWhereThereAreFewExamples(int examples, boolean below) {
        float[] before = new float[examples];
        float[] after = new float[examples];
        for (int i = 0; i < examples; i++) {
            after[i] = (float) (2.2 / Math.sqrt(examples - 1)) + (i % 2 == 0 ? 1 : -1);
        }

        assertThat(losses(after).standardErrorsBelow(losses(before))).isCloseTo(2.2, within(1e-4));
        assertThat(losses(after).isBelow(losses(before), 2)).isEqualTo(below);
    }

    /** A normal variable is above 2 in 2.3 % of all cases; with the normal bound two examples would be in 15 %. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10, 100})
    void isWrongAsSeldomWithFewExamplesAsWithMany(int examples) {
        Random random = new Random(examples);
        int wrong = 0;
        for (int run = 0; run < 10_000; run++) {
            float[] noise = new float[examples];
            for (int i = 0; i < examples; i++) {
                noise[i] = (float) random.nextGaussian();
            }
            wrong += losses(noise).isBelow(losses(new float[examples]), 2) ? 1 : 0;
        }

        assertThat(wrong).isBetween(110, 290);
    }

    @Test
    void findsNothingBetweenEqualPerformances() {
        assertThat(losses(1, 2).standardErrorsBelow(losses(1, 2))).isZero();
    }

    @Test
    void countsAtLeastOneWrongExample() {
        assertThat(classified(1, 1, 1, 1).countingError()).isEqualTo(0.25);
        assertThat(classified(0, 0, 0, 0).countingError()).isEqualTo(0.25);
        assertThat(classified(1, 1, 0, 0).countingError()).isEqualTo(0.25);
    }

    @Test
    void keepsItsNumbersToItself() {
        float[] losses = {1, 2};
        HeldOut heldOut = losses(losses);
        losses[0] = 5;
        heldOut.losses()[1] = 5;

        assertThat(heldOut).isEqualTo(losses(1, 2));
    }

    @Test
    void rejectsNoExamples() {
        assertThatThrownBy(() -> losses())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there must be at least one held-out example, got none");
    }

    @Test
    void rejectsALossThatIsNoNumber() {
        assertThatThrownBy(() -> losses(1, Float.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("losses must be finite, got NaN");
    }

    @Test
    void rejectsAHitAboveOne() {
        assertThatThrownBy(() -> classified(1, 1.5f))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hits must be in [0, 1], got 1.5");
    }

    @Test
    void rejectsOtherExamples() {
        assertThatThrownBy(() -> classified(1, 0).isBetterThan(classified(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("evaluations must be of the same 2 examples with 2 hits, got 1 with 1");
    }

    /** 95 of 100 examples are of one class. */
    @Test
    void prefersANetworkThatIsAliveToOneThatAlwaysSaysTheSame() {
        HeldOut dead = new HeldOut(new float[] {1, 1}, new float[] {1, 1}, false);
        HeldOut alive = new HeldOut(new float[] {2, 2}, new float[] {1, 0}, true);

        assertThat(alive.isBetterThan(dead)).isTrue();
        assertThat(dead.isBetterThan(alive)).isFalse();
        assertThat(alive.risesAbove(dead, 1)).isTrue();
        assertThat(dead.hasDied(alive)).isTrue();
        assertThat(alive.hasDied(dead)).isFalse();
        assertThat(alive).isNotEqualTo(new HeldOut(alive.losses(), alive.hits(), false));
        assertThat(HeldOut.mean(List.of(dead, alive)).alive()).isTrue();
        assertThat(HeldOut.mean(List.of(alive, dead)).alive()).isFalse();
    }

    @Test
    void comparesDeadNetworksLikeOthers() {
        HeldOut dead = new HeldOut(new float[] {1, 1}, new float[] {1, 1}, false);
        HeldOut worse = new HeldOut(new float[] {1, 1}, new float[] {1, 0}, false);

        assertThat(dead.isBetterThan(worse)).isTrue();
        assertThat(worse.isBetterThan(dead)).isFalse();
    }

    /** A single long sequence: whether it is chance cannot be told. */
    @Test
    void theLossOfOneExampleTellsNothingOfChance() {
        assertThat(losses(2).standardErrorsBelow(losses(1))).isZero();
        assertThat(losses(2).standardErrorsOfLossAbove(losses(1))).isZero();
        assertThat(losses(1).isBetterThan(losses(2))).isTrue();
    }

    /** Where hardly anything can be predicted, the best answer is next to the same for all. */
    @Test
    void inRegressionTheLossAloneCompares() {
        HeldOut same = new HeldOut(new float[] {1, 1}, new float[0], false);
        HeldOut varied = new HeldOut(new float[] {1.5f, 1.6f}, new float[0], true);

        assertThat(same.isBetterThan(varied)).isTrue();
        assertThat(varied.isBetterThan(same)).isFalse();
        assertThat(varied.risesAbove(same, 1)).isFalse();
        assertThat(same.hasDied(varied)).isFalse();
    }
}
