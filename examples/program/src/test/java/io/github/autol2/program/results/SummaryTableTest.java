package io.github.autol2.program.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.program.training.CurvePoint;
import io.github.autol2.program.training.Figures;
import io.github.autol2.program.training.Points;
import io.github.autol2.program.training.RunResult;
import io.github.autol2.schedule.Decision;
import io.github.autol2.schedule.Measurement;
import io.github.autol2.schedule.Seen;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SummaryTableTest {

    private static final List<RunResult> RUNS = List.of(run(1, 0.80), run(2, 0.84), run(3, 0.85));

    @Test
    void meanAndStandardErrorAreOverTheRuns() {
        // sample standard deviation of 0.80, 0.84, 0.85: sqrt(0.0014 / 2) = 0.026458; divided by sqrt(3): 0.015275
        assertThat(Statistic.TEST_FINAL.mean(RUNS)).isCloseTo(0.83, within(1e-12));
        assertThat(Statistic.TEST_FINAL.standardError(RUNS)).isCloseTo(Math.sqrt(0.0014 / 6), within(1e-12));
    }

    @Test
    void aSingleRunHasNoStandardError() {
        assertThat(Statistic.TEST_FINAL.standardError(RUNS.subList(0, 1))).isNaN();
        assertThat(SummaryTable.of(RUNS.subList(0, 1))).contains("mean").doesNotContain("std. error");
    }

    @Test
    void accuraciesAreInPercent() {
        assertThat(SummaryTable.of(RUNS)).contains("83.00", "1.53");
    }

    @Test
    void balancedAccuracyStandsBesideAccuracy() {
        CurvePoint point = new CurvePoint(
                10,
                0.1,
                0.05,
                1,
                0.5,
                new Figures.OfClasses(1, 1),
                new Figures.OfClasses(0.9, 0.8),
                new Figures.OfClasses(0.95, 0.5123));

        assertThat(SummaryTable.of(List.of(new RunResult(1, 1, "constant", 0.1, List.of(), List.of(point)))))
                .contains("balanced % there", "95.00", "51.23");
    }

    @Test
    void aQuantityIsToldByR2AndInItsUnit() {
        CurvePoint point = new CurvePoint(
                10,
                0.1,
                0.05,
                1,
                0.5,
                new Figures.OfQuantity(0.99, 10),
                new Figures.OfQuantity(0.9, 12345),
                new Figures.OfQuantity(0.87654, 23456));

        assertThat(SummaryTable.of(List.of(new RunResult(1, 1, "constant", 0.1, List.of(), List.of(point)))))
                .contains("test R2 there", "test RMSE there", "0.8765", "23460")
                .doesNotContain("%");
    }

    @Test
    void theTrajectoryNamesEveryDivision() {
        Decision.Change division = new Decision.Change(
                120,
                0.0123456,
                0.0041152,
                Decision.Cause.BOTH,
                new Measurement(120, 1, 0, OptionalDouble.empty(), 0.5),
                new Seen(1, 1, 1, 1));
        RunResult run = new RunResult(
                7, 1, "adaptive", 0.0123456, List.of(division), RUNS.get(0).curve());

        assertThat(SummaryTable.trajectory(run)).isEqualTo("seed 7: lambda 0.0123 -> 0.00412 (step 120, both)");
    }

    @Test
    void numbersKeepThreeDigits() {
        assertThat(SummaryTable.threeDigits(0)).isEqualTo("0");
        assertThat(SummaryTable.threeDigits(0.1)).isEqualTo("0.1");
        assertThat(SummaryTable.threeDigits(2.4074e-4)).isEqualTo("2.41e-4");
    }

    private static RunResult run(long seed, double accuracy) {
        return new RunResult(seed, 1, "constant", 0.1, List.of(), List.of(Points.ofClasses(10, 0.1, 1, 0.9, accuracy)));
    }
}
