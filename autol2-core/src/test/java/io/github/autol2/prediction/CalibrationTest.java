package io.github.autol2.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.prediction.Calibration.Regime;
import io.github.autol2.prediction.LearningCurve.Point;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class CalibrationTest {

    @Test
    void aLongCalibrationFindsCWithoutTheDriftOfThePapersEstimate() {
        // c = 1 with a learning time of 40: one run at lambda 0.03 alone gives t* lambda = 2.2.
        List<CalibrationRun> runs = new ArrayList<>();
        for (int seed = 0; seed < 6; seed++) {
            runs.addAll(Curves.lawful(40, 1, 1, 0.03, 0.01, 0.003));
        }

        Calibration calibration = Calibration.of(runs, 1);

        assertThat(calibration.c()).isCloseTo(1, within(0.2));
        assertThat(calibration.tLearn()).isBetween(5.0, 50.0);
        assertThat(calibration.paperC()).isGreaterThan(1.5);
        assertThat(calibration.warnings()).isEmpty();
    }

    @Test
    void theIntervalHoldsTheEstimateAndNarrowsWithMoreRuns() {
        List<CalibrationRun> few = Curves.lawful(10, 1, 1, 0.03, 0.01);
        List<CalibrationRun> many = new ArrayList<>();
        for (int seed = 0; seed < 8; seed++) {
            many.addAll(few);
        }

        Calibration fromFew = Calibration.of(few, 1);
        Calibration fromMany = Calibration.of(many, 1);

        assertThat(fromFew.c()).isBetween(fromFew.cLow(), fromFew.cHigh());
        assertThat(fromMany.cHigh() / fromMany.cLow()).isLessThan(fromFew.cHigh() / fromFew.cLow());
    }

    @Test
    void noisierCurvesNeverNarrowTheIntervalOnAverage() {
        double before = 0;
        for (double sigma : new double[] {0.001, 0.01, 0.03}) {
            double width = 0;
            for (int seed = 0; seed < 20; seed++) {
                List<CalibrationRun> runs = new ArrayList<>();
                for (CalibrationRun run : Curves.lawful(10, 1, 1, 0.03, 0.01)) {
                    runs.add(Curves.run(seed, run.lambda(), 1, Curves.noisy(run.curve(), sigma, seed)));
                }
                Calibration calibration = Calibration.of(runs, 1);
                width += Math.log(calibration.cHigh() / calibration.cLow()) / 20;
            }
            assertThat(width).as("mean width at sigma " + sigma).isGreaterThan(before);
            before = width;
        }
    }

    @Test
    void scalingTheTimeAxisScalesC() {
        List<CalibrationRun> runs = Curves.lawful(10, 1, 1, 0.03, 0.01);
        List<CalibrationRun> slower = runs.stream()
                .map(run -> Curves.run(1, run.lambda(), 0.1, stretched(run.curve(), 10)))
                .toList();

        Calibration calibration = Calibration.of(runs, 1);
        Calibration later = Calibration.of(slower, 0.1);

        assertThat(later.c()).isCloseTo(10 * calibration.c(), within(1e-6 * later.c()));
        assertThat(later.cLow()).isCloseTo(10 * calibration.cLow(), within(1e-6 * later.cLow()));
        assertThat(later.cHigh()).isCloseTo(10 * calibration.cHigh(), within(1e-6 * later.cHigh()));
        assertThat(later.paperC()).isCloseTo(10 * calibration.paperC(), within(1e-6 * later.paperC()));
    }

    private static LearningCurve stretched(LearningCurve curve, int factor) {
        return new LearningCurve(
                curve.points().stream()
                        .map(p -> new Point(factor * p.iteration(), p.accuracy()))
                        .toList(),
                curve.chance(),
                curve.examples());
    }

    @Test
    void aConstantOffsetInAccuracyChangesNothing() {
        List<CalibrationRun> runs = Curves.lawful(10, 1, 1, 0.03, 0.01);
        List<CalibrationRun> higher = runs.stream()
                .map(run -> Curves.run(
                        1,
                        run.lambda(),
                        1,
                        new LearningCurve(
                                run.curve().points().stream()
                                        .map(p -> new Point(p.iteration(), p.accuracy() + 0.0625))
                                        .toList(),
                                0.1625,
                                run.curve().examples())))
                .toList();

        assertThat(Calibration.of(higher, 1).c())
                .isCloseTo(Calibration.of(runs, 1).c(), within(1e-9));
    }

    @Test
    void cOfAnotherEffectiveLearningRateIsScaledByTheRatio() {
        List<CalibrationRun> withMomentum = Curves.lawful(10, 1, 0.5, 0.03, 0.01);

        Calibration own = Calibration.of(withMomentum, 0.5);
        Calibration scaled = Calibration.of(withMomentum, 0.05);

        assertThat(scaled.c()).isCloseTo(10 * own.c(), within(1e-6 * scaled.c()));
        assertThat(own.predict(10_000, 0.05).lambda())
                .isCloseTo(scaled.predict(10_000).lambda(), within(1e-9));
        assertThat(scaled.warnings())
                .singleElement()
                .hasToString("the calibration ran at etaEff 0.5 instead of 0.05, and c is scaled as 1/etaEff");
    }

    @Test
    void oneMeasurementServesAllBudgets() {
        Calibration calibration = Calibration.of(Curves.lawful(10, 1, 1, 0.03, 0.01), 1);

        for (long budget : new long[] {500, 2000, 6000}) {
            Prediction prediction = calibration.predict(budget);
            assertThat(prediction.lambda()).isCloseTo(calibration.c() / budget, within(1e-15));
            assertThat(prediction.low()).isCloseTo(calibration.cLow() / budget, within(1e-15));
            assertThat(prediction.high()).isCloseTo(calibration.cHigh() / budget, within(1e-15));
            assertThat(prediction.capped()).isFalse();
        }
    }

    @Test
    void neverPredictsMoreThanWasSeenToBeHarmless() {
        Calibration calibration = Calibration.of(Curves.lawful(10, 1, 1, 0.03, 0.01), 1);

        Prediction shortRun = calibration.predict(20);

        assertThat(shortRun.lambda()).isEqualTo(0.03);
        assertThat(shortRun.high()).isCloseTo(calibration.cHigh() / 20, within(1e-12));
        assertThat(shortRun.capped()).isTrue();
        assertThat(calibration.initialLambda(100)).isEqualTo(0.03);
        assertThat(calibration.initialLambda(100_000))
                .isEqualTo(10 * calibration.predict(100_000).lambda());
    }

    @Test
    void aRunOnePercentBelowTheBestDoesHarmAndOneThreePercentBelowDoesNotCount() {
        CalibrationRun best = Curves.lawful(10, 1, 1, 0.01).get(0);

        assertThat(Calibration.of(List.of(best, lower(0.05, 0.008)), 1).harmless())
                .isEqualTo(0.05);
        Calibration harmed = Calibration.of(List.of(best, lower(0.05, 0.02)), 1);
        assertThat(harmed.harmless()).isEqualTo(0.01);
        assertThat(harmed.warnings()).isEmpty();
        Calibration slowed = Calibration.of(List.of(best, lower(0.05, 0.04)), 1);
        assertThat(slowed.c()).isEqualTo(Calibration.of(List.of(best), 1).c());
        assertThat(slowed.warnings())
                .anyMatch(warning -> warning.sentence()
                        .startsWith("lambda 0.05, seed 1: the accuracy stayed clearly below the best run's"));
    }

    /** In a regression there are no labels and no accuracy. */
    @Test
    void notesOnARegressionSpeakOfItsExplainedVariance() {
        CalibrationRun poor = ofVariance(0.06, 0.09, 1000);
        CalibrationRun fair = ofVariance(0.03, 0.4, 1000);

        List<String> none = Calibration.of(
                        List.of(poor),
                        1,
                        List.of(new Level(100, 100, 0.01, 0.005, 0.02, 0.001, 100, 3, 300, false, false)))
                .warnings()
                .stream()
                .map(CalibrationWarning::sentence)
                .toList();
        List<String> some = Calibration.of(List.of(poor, fair), 1).warnings().stream()
                .map(CalibrationWarning::sentence)
                .toList();

        assertThat(none)
                .containsExactly(
                        "none of the 1 calibration runs explained a tenth of the variance without breaking down, "
                                + "so c is the built-in prior, and lambda is that of the race");
        assertThat(some)
                .anyMatch(sentence -> sentence.startsWith(
                        "lambda 0.06, seed 1: the network explained less than a tenth of the variance, so"))
                .anyMatch(sentence -> sentence.startsWith("explained variance R2 did not clearly peak"))
                .anyMatch(sentence -> sentence.startsWith("the training explained variance R2 reached 0.500 at most")
                        && sentence.contains("with noise in the targets or a small network"))
                .noneMatch(sentence -> sentence.contains("accuracy") || sentence.contains("label"));
    }

    /** With 200 examples the standard error of R2 is 0.05 there; a count would have 0.028. */
    @Test
    void aRegressionIsNotSlowedWithinTheErrorsOfItsExplainedVariance() {
        CalibrationRun lower = ofVariance(0.06, 0.2, 200);
        CalibrationRun higher = ofVariance(0.03, 0.26, 200);

        assertThat(UsefulRuns.of(List.of(lower, higher))).containsExactly(lower, higher);
        assertThat(UsefulRuns.of(List.of(ofVariance(0.06, 0.2, 2000), higher))).containsExactly(higher);
    }

    private static CalibrationRun ofVariance(double lambda, double highest, int examples) {
        List<Point> points = List.of(new Point(10, highest / 2), new Point(20, highest), new Point(40, highest));
        return new CalibrationRun(1, lambda, 1, new LearningCurve(points, 0, examples, Metric.R2), 0.5);
    }

    private static CalibrationRun lower(double lambda, double by) {
        LearningCurve curve = Curves.lawful(10, 1, 1, lambda).get(0).curve();
        return Curves.run(
                1,
                lambda,
                1,
                new LearningCurve(
                        curve.points().stream()
                                .map(p -> new Point(p.iteration(), Math.max(0, p.accuracy() - by)))
                                .toList(),
                        curve.chance(),
                        curve.examples()));
    }

    @Test
    void aRunThatBrokeDownIsReportedAndDoesNotCount() {
        List<CalibrationRun> runs = new ArrayList<>(Curves.lawful(10, 1, 1, 0.03, 0.01));
        double before = Calibration.of(runs, 1).c();
        runs.add(
                0,
                Curves.run(
                        1, 0.3, 1, new LearningCurve(List.of(new Point(5, 0.3), new Point(6, Double.NaN)), 0.1, 1000)));

        Calibration calibration = Calibration.of(runs, 1);

        assertThat(calibration.c()).isEqualTo(before);
        assertThat(calibration.warnings())
                .extracting(CalibrationWarning::sentence)
                .contains("lambda 0.3, seed 1: the network broke down, so lambda is too large; "
                        + "the run does not count");
        assertThat(calibration.iterationsSpent())
                .isEqualTo(runs.stream().mapToLong(run -> run.curve().length()).sum());
    }

    @Test
    void runsThatOnlyRiseBoundCFromBelowAndSayThatExperienceDecides() {
        List<CalibrationRun> rising =
                List.of(Curves.run(1, 0.01, 1, Curves.of(Curves.times(400), t -> 0.9 - 40 / (t + 50))));

        Calibration calibration = Calibration.of(rising, 1);

        assertThat(calibration.c()).isGreaterThan(0.01 * 400 / 2);
        assertThat(Calibration.of(rising, 0.1).c()).isGreaterThan(10 * 0.01 * 400 / 2);
        assertThat(calibration.paperC()).isNaN();
    }

    @Test
    void aFlatCurveLeavesTheIntervalAsWideAsExperience() {
        List<CalibrationRun> flat = List.of(Curves.run(1, 0.01, 1, Curves.of(List.of(90L, 100L, 110L), t -> 0.9)));

        assertThat(Calibration.of(flat, 1).warnings())
                .singleElement()
                .asString()
                .startsWith("accuracy did not clearly peak");
    }

    @Test
    void warnsWhereTheTrainingDataAreNotFitted() {
        List<CalibrationRun> runs = Curves.lawful(10, 1, 1, 0.03, 0.01).stream()
                .map(run -> new CalibrationRun(run.seed(), run.lambda(), run.etaEff(), run.curve(), 0.9))
                .toList();

        assertThat(Calibration.of(runs, 1).warnings())
                .singleElement()
                .asString()
                .startsWith("the training accuracy reached 0.900 at most")
                .contains("as large as c/T");
    }

    /** Two lambdas and three seeds without noise, over two decades of the true c: far beyond what experience expects. */
    @Test
    void theIntervalHoldsTheTruthAndTheEstimateGrowsWithIt() {
        double before = 0;
        for (double c : new double[] {0.1, 0.3, 1, 3, 10}) {
            List<CalibrationRun> runs = new ArrayList<>();
            for (int seed = 0; seed < 3; seed++) {
                runs.addAll(Curves.lawful(0.1 * c / 0.03, c, 1, 0.03, 0.01));
            }
            Calibration calibration = Calibration.of(runs, 1);
            assertThat(c).as("c").isBetween(calibration.cLow(), calibration.cHigh());
            assertThat(calibration.c()).isGreaterThan(before);
            before = calibration.c();
        }
    }

    @Test
    void aRunThatWasOnlyTooShortIsNotTakenForSlowed() {
        CalibrationRun best = Curves.lawful(10, 1, 1, 0.03).get(0);
        CalibrationRun cut = Curves.run(1, 0.01, 1, Curves.of(Curves.times(40), t -> 0.1 + 0.5 * t / 40));

        assertThat(UsefulRuns.of(List.of(best, cut))).containsExactly(best, cut);
        assertThat(Calibration.of(List.of(best, cut), 1).warnings()).isEmpty();
    }

    @Test
    void failsWhereNoLambdaTrains() {
        List<CalibrationRun> runs = List.of(
                Curves.run(1, 0.03, 1, Curves.of(Curves.times(100), t -> 0.1)),
                Curves.run(1, 0.01, 1, Curves.of(Curves.times(100), t -> 0.1)));

        assertThatThrownBy(() -> Calibration.of(runs, 1))
                .isInstanceOf(CalibrationException.class)
                .hasMessageContaining("at none of 2 calibration runs with lambda from 0.01 to 0.03")
                .hasMessageContaining("without a penalty");
    }

    @Test
    void refusesNumbersOutsideTheirRange() {
        Calibration calibration = Calibration.of(Curves.lawful(10, 1, 1, 0.03), 1);

        assertThatThrownBy(() -> calibration.predict(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("iterations must be at least 1, got 0");
        assertThatThrownBy(() -> calibration.predict(10, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("etaEff must be finite and > 0, got 0.0");
        assertThatThrownBy(() -> Calibration.of(List.of(), 1)).isInstanceOf(CalibrationException.class);
    }

    /** c = 1 and 90 % of its probability within a factor of 4: at 1,000 iterations the law says 0.001. */
    private static Calibration lawful() {
        return new Calibration(0.5, 1, 0.25, 4, 10, 1, 0.1, List.of(), List.of(), List.of());
    }

    private static Level level(double lambda) {
        return new Level(1000, 1000, lambda, lambda / 2, lambda * 3, 0.0005, 150, 4, 600, false, false);
    }

    @Test
    void withoutARaceTheLawIsTakenForGranted() {
        assertThat(lawful().regime()).isEqualTo(Regime.UNTESTED);
        assertThat(lawful().predict(1000).lambda()).isEqualTo(0.001);
    }

    @Test
    void aRaceThatAgreesDecidesAndTheLawCarriesItToLongerTrainings() {
        Calibration calibration = lawful().withLevels(List.of(level(0.002)));

        assertThat(calibration.regime()).isEqualTo(Regime.TIME);
        assertThat(calibration.predict(1000)).isEqualTo(new Prediction(1000, 0.002, 0.001, 0.006, false));
        assertThat(calibration.predict(4000).lambda()).isCloseTo(0.0005, within(1e-15));
        assertThat(calibration.predict(4000).high()).isCloseTo(0.0015, within(1e-15));
        assertThat(calibration.predict(300).lambda()).isEqualTo(0.002); // a smaller lambda is the safe choice
        assertThat(calibration.predict(1000, 0.25).lambda()).isCloseTo(0.004, within(1e-15));
        assertThat(calibration.range(1000)).isEqualTo(new LambdaRange(0.001, 0.002, 0.006));
        assertThat(calibration.initialLambda(1000)).isCloseTo(0.02, within(1e-15));
        assertThat(calibration.iterationsSpent()).isEqualTo(600);
    }

    /** c/T is 0.001 at most a factor of 4 away: not 0.03. */
    @Test
    void aNetworkThatFittedInTheRaceFollowsTheLawWhateverTheCalibrationRunsSay() {
        Level fits = new Level(1000, 1000, 0.03, 0.015, 0.09, 0.03, 150, 4, 600, true, false);

        Calibration calibration = lawful().withLevels(List.of(fits));

        assertThat(calibration.regime()).isEqualTo(Regime.TIME);
        assertThat(calibration.predict(1000).lambda()).isEqualTo(0.03);
        assertThat(calibration.predict(3000).lambda()).isCloseTo(0.01, within(1e-15));
        assertThat(lawful().withLevels(List.of(fits, level(0.03))).regime()).isEqualTo(Regime.LEVEL);
    }

    /** The schedule 0.2@0.3: a race of 1,000 iterations, asked for the first 300 of them and for the first 900 of 3,000. */
    @Test
    void underAScheduleAllTimesAreThoseUpToTheFirstDecay() {
        Calibration calibration = lawful().withLevels(List.of(level(0.02).withHorizon(300)));

        assertThat(calibration.regime())
                .as("c/300 is up to 0.0133, and the level from 0.01")
                .isEqualTo(Regime.TIME);
        assertThat(lawful().withLevels(List.of(level(0.02))).regime()).isEqualTo(Regime.LEVEL);
        assertThat(calibration.predict(300).lambda()).isEqualTo(0.02);
        assertThat(calibration.predict(900).lambda()).isCloseTo(0.02 / 3, within(1e-15));
        assertThat(calibration.predict(900).high()).isCloseTo(0.02, within(1e-15));
        assertThat(calibration.predict(100).lambda()).isEqualTo(0.02);
    }

    @Test
    void refusesAHorizonBeyondTheBudget() {
        assertThatThrownBy(() -> level(0.02).withHorizon(1001))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("horizon must be in [1, budget] = [1, 1000], got 1001");
        assertThatThrownBy(() -> CalibrationOptions.forBudget(1000).withHorizon(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("horizon must be in [1, budget] = [1, 1000], got 0");
        assertThatThrownBy(() ->
                        lawful().withLevels(List.of(level(0.01), level(0.01).withHorizon(999))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("all races must be for one budget and horizon, got [");
    }

    @Test
    void aLevelThatContradictsTheLawHoldsForAllTrainings() {
        Calibration calibration = lawful().withLevels(List.of(level(0.03)));

        assertThat(calibration.regime()).isEqualTo(Regime.LEVEL);
        for (long iterations : new long[] {100, 1000, 50_000}) {
            assertThat(calibration.predict(iterations)).isEqualTo(new Prediction(iterations, 0.03, 0.015, 0.09, false));
        }
        assertThat(calibration.predict(1000, 0.1).lambda()).isEqualTo(0.03);
        assertThat(calibration.initialLambda(1000)).isEqualTo(0.1); // what was seen to be harmless
        assertThat(lawful().withLevels(List.of(level(0.3))).initialLambda(1000)).isEqualTo(0.3);
        assertThat(lawful().withLevels(List.of(level(0.3))).range(1000).high()).isEqualTo(0.9, within(1e-12));
    }

    @Test
    void theRegimeChangesWhereTheIntervalsPart() {
        assertThat(lawful().withLevels(List.of(level(0.008))).regime()).isEqualTo(Regime.TIME); // 0.004 is in both
        assertThat(lawful().withLevels(List.of(level(0.00801))).regime()).isEqualTo(Regime.LEVEL);
    }

    /** Within a factor of 21 nearly every race agrees with c/T, which therefore says nothing about longer trainings. */
    @Test
    void aLawThatIsHardlyKnownIsNotCarriedToLongerTrainings() {
        Calibration vague = new Calibration(0.5, 1, 0.2, 4.2, 10, 1, 0.1, List.of(), List.of(level(0.002)), List.of());

        assertThat(vague.regime()).isEqualTo(Regime.UNCLEAR);
        assertThat(vague.predict(10_000).lambda()).isEqualTo(0.002);
        assertThat(new Calibration(0.5, 1, 0.2, 4, 10, 1, 0.1, List.of(), List.of(level(0.002)), List.of()).regime())
                .isEqualTo(Regime.TIME);
    }

    /** With wrong labels a wide interval of c agrees with any race, but the law is not about such data. */
    @Test
    void aLawWhoseRunsHaveNotFittedTheirDataIsNotCarriedToLongerTrainings() {
        Level level = level(
                Calibration.of(lawfulWithTrainAccuracy(1), 1).predict(1000).lambda());

        assertThat(Calibration.of(lawfulWithTrainAccuracy(0.95), 1, List.of(level))
                        .regime())
                .isEqualTo(Regime.TIME);
        assertThat(Calibration.of(lawfulWithTrainAccuracy(0.949), 1, List.of(level))
                        .regime())
                .isEqualTo(Regime.UNCLEAR);
        assertThat(Calibration.of(lawfulWithTrainAccuracy(Double.NaN), 1, List.of(level))
                        .regime())
                .as("not known to have failed")
                .isEqualTo(Regime.TIME);
    }

    private static List<CalibrationRun> lawfulWithTrainAccuracy(double accuracy) {
        return Curves.lawful(10, 1, 1, 0.03, 0.01).stream()
                .map(run -> new CalibrationRun(run.seed(), run.lambda(), run.etaEff(), run.curve(), accuracy))
                .toList();
    }

    @Test
    void aRaceIsEnoughWhereNoCalibrationRunLearned() {
        List<CalibrationRun> runs = List.of(Curves.run(1, 0.03, 2, Curves.of(Curves.times(100), t -> 0.1)));

        Calibration calibration = Calibration.of(runs, 2, List.of(level(0.02)));

        assertThat(calibration.regime()).isEqualTo(Regime.LEVEL); // experience says 0.0005 for these data
        assertThat(Calibration.of(runs, 2, List.of(level(0.002))).regime()).isEqualTo(Regime.UNCLEAR);
        assertThat(calibration.predict(10_000).lambda()).isEqualTo(0.02);
        assertThat(calibration.initialLambda(1000)).isEqualTo(0.02);
        assertThat(calibration.range(1000)).isEqualTo(new LambdaRange(0.01, 0.02, 0.06));
        assertThat(calibration.c()).isCloseTo(0.5, within(1e-12));
        assertThat(calibration.cHigh() / calibration.cLow()).isCloseTo(26.8, within(0.1));
        assertThat(calibration.warnings())
                .containsExactly(new CalibrationWarning(
                        "the network learned in none of the 1 calibration runs, so c is the built-in prior, and lambda is that "
                                + "of the race",
                        CalibrationWarning.Holds.ALWAYS));
    }

    @Test
    void severalRacesCountByTheirGeometricMean() {
        Calibration calibration = lawful().withLevels(List.of(level(0.01), level(0.04)));

        assertThat(calibration.predict(1000).lambda()).isCloseTo(0.02, within(1e-12));
        assertThatThrownBy(() -> lawful().withLevels(List.of(
                        level(0.01), new Level(999, 999, 0.01, 0.01, 0.01, 0.001, 150, 3, 450, false, false))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("all races must be for one budget and horizon, got [");
    }

    @Test
    void aRaceMakesOneWarningNeedless() {
        List<CalibrationRun> runs = Curves.lawful(10, 1, 1, 0.03, 0.01).stream()
                .map(run -> new CalibrationRun(run.seed(), run.lambda(), run.etaEff(), run.curve(), 0.8))
                .toList();
        Calibration calibration = Calibration.of(runs, 1).withWarning("keep me");
        assertThat(calibration.warnings()).anySatisfy(warning -> {
            assertThat(warning.sentence()).contains("reached 0.800", "a race on validation data finds it");
            assertThat(warning.holds()).isEqualTo(CalibrationWarning.Holds.UNTIL_A_RACE);
        });

        assertThat(calibration.withLevels(List.of(level(0.03))).warnings())
                .containsExactly(new CalibrationWarning("keep me", CalibrationWarning.Holds.ALWAYS));
        assertThat(calibration.withLevels(List.of())).isEqualTo(calibration);
    }
}
