package io.github.autol2.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.prediction.LearningCurve.Point;
import io.github.autol2.prediction.Peak.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeakTest {

    private static final double COUNTING_NOISE = 0.0095; // of 0.9 on 1,000 examples

    @ParameterizedTest
    @ValueSource(doubles = {30, 100, 300, 800})
    void findsThePeakOfASmoothCurveToATenth(double peakAt) {
        Peak peak = Peak.of(Curves.of(Curves.times(1000), Curves.asymmetric(peakAt, 0.05)));

        assertThat(peak.verdict()).isEqualTo(Verdict.PEAKED);
        assertThat(peak.maximumAt()).isCloseTo(peakAt, within(0.1 * peakAt));
        assertThat(peak.low()).isLessThanOrEqualTo(peak.maximumAt());
        assertThat(peak.high()).isGreaterThanOrEqualTo(peak.maximumAt() * 0.97); // the evaluation before
    }

    @Test
    void smoothingDoesNotDragThePeakToTheShallowSide() {
        LearningCurve curve = Curves.of(Curves.times(1000), Curves.asymmetric(100, 0.02));

        double[] errors = new double[200];
        double meanError = 0;
        for (int seed = 0; seed < errors.length; seed++) {
            errors[seed] = Math.log(
                    Peak.of(Curves.noisy(curve, COUNTING_NOISE / 3, seed)).maximumAt() / 100);
            meanError += errors[seed] / errors.length;
        }

        // A running mean over a factor 2 of time moves this peak by 0.3; noise alone moves the estimate by half of
        // that.
        assertThat(meanError).isBetween(-0.1, 0.2);
    }

    /** Bias and spread of log t* with the noise of counting on 1,000 examples, on 300 curves. */
    @Test
    void biasAndSpreadStayBelowAFactorOneAndAHalfAtCountingNoise() {
        LearningCurve curve = Curves.of(Curves.times(600), Curves.asymmetric(100, 0.05));

        Statistics quiet = statistics(curve, COUNTING_NOISE / 4);
        Statistics loud = statistics(curve, COUNTING_NOISE);

        assertThat(Math.abs(quiet.bias)).isLessThan(0.15);
        assertThat(Math.abs(loud.bias)).isLessThan(0.3);
        assertThat(quiet.spread).isLessThan(0.15);
        assertThat(loud.spread).isLessThan(0.4).isGreaterThan(quiet.spread);
    }

    private record Statistics(double bias, double spread) {}

    private static Statistics statistics(LearningCurve curve, double sigma) {
        double sum = 0;
        double squares = 0;
        int n = 300;
        for (int seed = 0; seed < n; seed++) {
            double error = Math.log(Peak.of(Curves.noisy(curve, sigma, seed)).maximumAt() / 100);
            sum += error;
            squares += error * error;
        }
        return new Statistics(sum / n, Math.sqrt(squares / n - sum / n * sum / n));
    }

    @Test
    void moreNoiseDoesNotNarrowTheIntervalOnAverage() {
        LearningCurve curve = Curves.of(Curves.times(600), Curves.asymmetric(100, 0.05));

        double before = 0;
        for (double sigma : new double[] {0.001, 0.003, 0.01, 0.03}) {
            double width = 0;
            for (int seed = 0; seed < 200; seed++) {
                Peak peak = Peak.of(Curves.noisy(curve, sigma, seed));
                width += Math.log(peak.high() / peak.low()) / 200;
            }
            assertThat(width).as("mean width at sigma " + sigma).isGreaterThanOrEqualTo(before);
            before = width;
        }
    }

    @Test
    void scalingTheTimeAxisScalesAllTimes() {
        LearningCurve curve = Curves.noisy(Curves.of(Curves.times(500), Curves.asymmetric(80, 0.05)), 0.01, 1);
        LearningCurve slower = new LearningCurve(
                curve.points().stream()
                        .map(p -> new Point(7 * p.iteration(), p.accuracy()))
                        .toList(),
                curve.chance(),
                curve.examples());

        Peak peak = Peak.of(curve);
        Peak later = Peak.of(slower);

        assertThat(later.verdict()).isEqualTo(peak.verdict());
        assertThat(later.tStar()).isEqualTo(7 * peak.tStar());
        assertThat(later.maximumAt()).isCloseTo(7 * peak.maximumAt(), within(1e-9 * peak.maximumAt()));
        assertThat(later.low()).isEqualTo(7 * peak.low());
        assertThat(later.high()).isEqualTo(7 * peak.high());
    }

    @Test
    void aConstantOffsetInAccuracyChangesNoTime() {
        LearningCurve curve = Curves.noisy(Curves.of(Curves.times(500), Curves.asymmetric(80, 0.05)), 0.01, 1);
        LearningCurve higher = new LearningCurve(
                curve.points().stream()
                        .map(p -> new Point(p.iteration(), p.accuracy() + 0.0625))
                        .toList(),
                curve.chance() + 0.0625,
                curve.examples());

        assertThat(Peak.of(higher).tStar()).isEqualTo(Peak.of(curve).tStar());
        assertThat(Peak.of(higher).maximumAt()).isCloseTo(Peak.of(curve).maximumAt(), within(1e-9));
        assertThat(Peak.of(higher).verdict()).isEqualTo(Peak.of(curve).verdict());
    }

    @Test
    void tStarIsTheFirstTimeWithinHalfAPercentOfTheMaximum() {
        // A straight rise to 0.9 at 200, then a straight fall: 0.895 is reached at 190.
        List<Long> times =
                LongStream.rangeClosed(1, 40).map(i -> 10 * i).boxed().toList();
        LearningCurve curve = Curves.of(times, t -> t <= 200 ? 0.9 - 0.0005 * (200 - t) : 0.9 - 0.0005 * (t - 200));

        assertThat(Peak.of(curve).tStar()).isEqualTo(190);
    }

    @Test
    void aCurveThatOnlyRisesHasNotPeaked() {
        Peak peak = Peak.of(Curves.of(Curves.times(500), t -> 0.9 - 5 / (t + 5)));

        assertThat(peak.verdict()).isEqualTo(Verdict.NOT_PEAKED_YET);
        assertThat(peak.high()).isGreaterThan(450);
    }

    @Test
    void aPlateauHasNotPeakedAndItsMiddleIsAsGoodAsAnyTime() {
        Peak peak = Peak.of(Curves.noisy(Curves.of(Curves.times(500), t -> Math.min(0.9, t / 50)), 0.005, 3));

        assertThat(peak.verdict()).isEqualTo(Verdict.NOT_PEAKED_YET);
        assertThat(peak.low()).isBetween(40.0, 200.0);
        assertThat(peak.high()).isBetween(150.0, 500.0);
        assertThat(peak.tStar()).isBetween(30.0, 80.0);
    }

    @Test
    void aNetworkAtChanceHasNeverTrained() {
        assertThat(Peak.of(Curves.noisy(Curves.of(Curves.times(500), t -> 0.1), 0.01, 1))
                        .verdict())
                .isEqualTo(Verdict.NEVER_TRAINED);
        assertThat(Peak.of(Curves.of(Curves.times(500), t -> 0.1 + 0.2 * t / 500))
                        .verdict())
                .isEqualTo(Verdict.NOT_PEAKED_YET);
    }

    @Test
    void losingMoreThanHalfOfTheRiseIsACollapse() {
        assertThat(Peak.of(fallingTo(0.48)).verdict()).isEqualTo(Verdict.COLLAPSED);
        assertThat(Peak.of(fallingTo(0.52)).verdict()).isEqualTo(Verdict.PEAKED);
    }

    private static LearningCurve fallingTo(double end) { // halfway from chance 0.1 to the maximum 0.9 is 0.5
        return Curves.of(Curves.times(500), t -> t < 100 ? 0.9 * t / 100 : t < 200 ? 0.9 : end);
    }

    @Test
    void aTailOfNaNIsACollapseAtThePeakBeforeIt() {
        List<Point> points = new ArrayList<>(
                Curves.of(Curves.times(300), Curves.asymmetric(100, 0.1)).points());
        points.add(new Point(301, Double.NaN));
        points.add(new Point(302, 0.9)); // after NaN nothing counts

        Peak peak = Peak.of(new LearningCurve(points, 0.1, 1000));

        assertThat(peak.verdict()).isEqualTo(Verdict.COLLAPSED);
        assertThat(peak.maximumAt()).isCloseTo(100, within(10.0));
    }

    @Test
    void nothingButNaNHasNeverTrained() {
        Peak peak = Peak.of(new LearningCurve(List.of(new Point(3, Double.NaN), new Point(4, Double.NaN)), 0.1, 1000));

        assertThat(peak.verdict()).isEqualTo(Verdict.NEVER_TRAINED);
        assertThat(peak.maximumAt()).isEqualTo(3);
    }

    @Test
    void onePointHasNotPeaked() {
        Peak peak = Peak.of(new LearningCurve(List.of(new Point(50, 0.8)), 0.1, 1000));

        assertThat(peak.verdict()).isEqualTo(Verdict.NOT_PEAKED_YET);
        assertThat(peak.maximumAt()).isCloseTo(50, within(1e-9));
        assertThat(List.of(peak.tStar(), peak.low(), peak.high())).containsOnly(50.0);
        assertThat(peak.maximum()).isEqualTo(0.8);
    }
}
