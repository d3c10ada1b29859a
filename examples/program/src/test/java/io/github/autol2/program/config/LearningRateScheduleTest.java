package io.github.autol2.program.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LearningRateScheduleTest {

    private static final LearningRateSchedule STEPS = new LearningRateSchedule.Steps(0.2, List.of(0.3, 0.6, 0.9));

    @ParameterizedTest
    @CsvSource({"0, 1", "29, 1", "30, 0.2", "59, 0.2", "60, 0.04", "89, 0.04", "90, 0.008", "99, 0.008", "1000, 0.008"})
    void multipliesAtEachFraction(long iteration, double factor) {
        assertThat(STEPS.factorAt(iteration, 100)).isCloseTo(factor, withPercentage(1e-10));
    }

    @Test
    void stepsExactlyAtEveryDecimalFraction() {
        for (int percent = 1; percent < 100; percent++) {
            // given
            LearningRateSchedule schedule =
                    new LearningRateSchedule.Steps(0.5, List.of(Double.valueOf("0.%02d".formatted(percent))));

            // then
            assertThat(schedule.factorAt(percent - 1, 100))
                    .as("before %d", percent)
                    .isEqualTo(1);
            assertThat(schedule.factorAt(percent, 100)).as("at %d", percent).isEqualTo(0.5);
            assertThat(schedule.factorAt(percent * 1_000_000_000L - 1, 100_000_000_000L))
                    .isEqualTo(1);
            assertThat(schedule.factorAt(percent * 1_000_000_000L, 100_000_000_000L))
                    .isEqualTo(0.5);
        }
    }

    @Test
    void staysConstant() {
        assertThat(LearningRateSchedule.CONSTANT.factorAt(0, 1)).isEqualTo(1);
        assertThat(LearningRateSchedule.CONSTANT.factorAt(999, 1000)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "cosine", "0.2@0.3,0.6,0.9", "2.0@0.5"})
    void isWrittenAsItIsRead(String text) {
        LearningRateSchedule schedule = LearningRateSchedule.FORMAT.parse().apply(text);

        assertThat(schedule).hasToString(text);
        assertThat(LearningRateSchedule.FORMAT.parse().apply(schedule.toString()))
                .isEqualTo(schedule);
    }

    @Test
    void parsesSpacesAndExponents() {
        assertThat(LearningRateSchedule.FORMAT.parse().apply("2e-1 @ 0.3, 0.6, 9e-1"))
                .isEqualTo(STEPS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0.2",
                "0.2@",
                "@0.3",
                "0@0.3",
                "-1@0.3",
                "x@0.3",
                "0.2@0",
                "0.2@1",
                "0.2@0.6,0.3",
                "0.2@0.3,0.3",
                "0.2@0.3,",
                "0.2@0.3@0.6",
                "0.2@NaN",
                "Constant"
            })
    void rejectsOtherTexts(String text) {
        assertThatThrownBy(() -> LearningRateSchedule.FORMAT.parse().apply(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "must be constant, cosine, or factor@fractions with a factor > 0 and increasing fractions in (0, 1), "
                                + "such as 0.2@0.3,0.6,0.9");
    }

    @Test
    void cannotBeMadeOutsideItsRules() {
        assertThatThrownBy(() -> new LearningRateSchedule.Steps(0, List.of(0.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("factor must be > 0, got 0");
        assertThatThrownBy(() -> new LearningRateSchedule.Steps(0.5, List.of(0.5, 1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fractions must be strictly increasing in (0, 1), got [0.5, 1.0]");
        assertThatThrownBy(() -> new LearningRateSchedule.Steps(0.5, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("factor must be 1 without fractions, got 0.5");
    }

    @Test
    void needsAnIterationOfARun() {
        assertThatThrownBy(() -> STEPS.factorAt(-1, 10)).hasMessage("iteration must be >= 0, got -1");
        assertThatThrownBy(() -> STEPS.factorAt(0, 0)).hasMessage("total must be >= 1, got 0");
    }

    @Test
    void theFirstDecayIsTheFirstIterationWithAnotherFactor() {
        for (double fraction : new double[] {0.001, 0.3, 0.55, 0.7, 0.999}) {
            LearningRateSchedule schedule = new LearningRateSchedule.Steps(0.2, List.of(fraction));
            for (long total : new long[] {1, 7, 100, 4000}) {
                long first = schedule.firstDecay(total);
                assertThat(schedule.factorAt(first, total)).isEqualTo(0.2);
                assertThat(schedule.factorAt(first - 1, total)).isEqualTo(1);
            }
        }
        assertThat(LearningRateSchedule.CONSTANT.firstDecay(4000)).isEqualTo(4000);
    }

    /** (1 + cos(pi x)) / 2 at x = 0, 1/3, 1/2, 1 and beyond. */
    @ParameterizedTest
    @CsvSource({"0, 1", "100, 0.75", "150, 0.5", "300, 0", "400, 0"})
    void fallsAlongHalfACosine(long iteration, double factor) {
        assertThat(new LearningRateSchedule.Cosine().factorAt(iteration, 300)).isCloseTo(factor, within(1e-12));
    }

    @Test
    void aCosineCountsAsHalfOfTheRun() {
        assertThat(new LearningRateSchedule.Cosine().firstDecay(300)).isEqualTo(150);
        assertThat(new LearningRateSchedule.Cosine().firstDecay(1)).isEqualTo(1);
    }
}
