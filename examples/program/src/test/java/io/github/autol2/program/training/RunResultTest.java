package io.github.autol2.program.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunResultTest {

    @Test
    void theBestPointIsTheFirstWithTheHighestValidationAccuracy() {
        RunResult run = run(new double[] {0.5, 0.7, 0.6, 0.7}, new double[] {0.1, 0.2, 0.9, 0.4});

        assertThat(run.best().step()).isEqualTo(20);
        assertThat(run.best().testAccuracy()).isEqualTo(0.2);
    }

    @Test
    void tStarIsTheFirstStepWithinHalfAPercentOfTheBestTestAccuracy() {
        assertThat(run(new double[3], new double[] {0.744, 0.7451, 0.75}).tStar())
                .isEqualTo(20);
        assertThat(run(new double[3], new double[] {0.7451, 0.744, 0.75}).tStar())
                .isEqualTo(10);
        assertThat(run(new double[3], new double[] {0.5, 0.75, 0.744}).tStar()).isEqualTo(20);
    }

    /** Whatever the highest accuracy and the number of test examples: 0.065 - 0.005 and the like are not the doubles that are meant. */
    @ParameterizedTest
    @ValueSource(ints = {1000, 2000, 6000, 10_000})
    void exactlyHalfAPercentLessIsCloseEnoughAndOneExampleMoreIsNot(int examples) {
        int half = examples * 5 / 1000;
        for (int best = half + 1; best <= examples; best++) {
            double highest = (double) best / examples;
            assertThat(run(new double[2], new double[] {(double) (best - half) / examples, highest})
                            .tStar())
                    .as("%d of %d", best, examples)
                    .isEqualTo(10);
            assertThat(run(new double[2], new double[] {(double) (best - half - 1) / examples, highest})
                            .tStar())
                    .as("%d of %d", best, examples)
                    .isEqualTo(20);
        }
    }

    @Test
    void theLastPointIsTheEndOfTheRun() {
        assertThat(run(new double[3], new double[] {0.1, 0.3, 0.2}).last().testAccuracy())
                .isEqualTo(0.2);
        assertThat(run(new double[3], new double[] {0.1, 0.3, 0.2}).testBest()).isEqualTo(0.3);
    }

    @Test
    void pointsOfANetworkThatDivergedAreNeverTheBest() {
        double nan = Double.NaN;

        RunResult diverged = run(new double[] {0.2, 0.4, nan}, new double[] {0.3, 0.1, nan});
        assertThat(diverged.best().step()).isEqualTo(20);
        assertThat(diverged.testBest()).isEqualTo(0.3);
        assertThat(diverged.tStar()).isEqualTo(10);

        RunResult never = run(new double[] {nan, nan}, new double[] {nan, nan});
        assertThat(never.best().step()).isEqualTo(10);
        assertThat(never.testBest()).isNaN();
        assertThat(never.tStar()).isEqualTo(10);
    }

    /** 95 % and 50 % balanced against 88 % and 85 %: the first network ignores the rare class. */
    @Test
    void balancedAccuracyChoosesTheBestPointWhereClassesAreWeighted() {
        assertThat(twoPoints(true).best().step()).isEqualTo(20);
        assertThat(twoPoints(true).balancedAccuracyChooses()).isTrue();
        assertThat(twoPoints(false).best().step()).isEqualTo(10);
        assertThat(twoPoints(false).balancedAccuracyChooses()).isFalse();
    }

    private static RunResult twoPoints(boolean weighted) {
        Figures ignorant = new Figures.OfClasses(0.95, 0.5, weighted);
        Figures fair = new Figures.OfClasses(0.88, 0.85, weighted);
        return new RunResult(
                1,
                2.5,
                "constant",
                0.1,
                List.of(),
                List.of(
                        new CurvePoint(10, 0.1, 0.05, 1, 0.5, ignorant, ignorant, ignorant),
                        new CurvePoint(20, 0.1, 0.05, 1, 0.5, fair, fair, fair)));
    }

    @Test
    void anEmptyCurveIsRefused() {
        assertThatThrownBy(() -> run(new double[0], new double[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a curve must have at least one point");
    }

    private static RunResult run(double[] validation, double[] test) {
        List<CurvePoint> curve = IntStream.range(0, test.length)
                .mapToObj(i -> Points.ofClasses(10L * (i + 1), 0.1, 1, validation[i], test[i]))
                .toList();
        return new RunResult(1, 2.5, "constant", 0.1, List.of(), curve);
    }
}
