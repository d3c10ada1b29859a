package io.github.autol2.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.prediction.CalibrationSearch.Trial;
import io.github.autol2.prediction.LearningCurve.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CalibrationSearchTest {

    private static final CalibrationOptions ONE_SEED =
            CalibrationOptions.forBudget(4000).withSeeds(List.of(7L)); // 400 iterations
    private static final double ETA_EFF = 0.5;
    private static final CalibrationSearch SEARCH = new CalibrationSearch(ONE_SEED, ETA_EFF, 4);

    private static CalibrationRun peaked(long seed, double lambda, double peakAt, long length) {
        return Curves.run(seed, lambda, ETA_EFF, Curves.of(Curves.times(length), Curves.asymmetric(peakAt, 0.1)));
    }

    private static CalibrationRun rising(double lambda, long length) {
        return Curves.run(7, lambda, ETA_EFF, Curves.of(Curves.times(length), t -> 0.9 - 5 / (t + 10)));
    }

    private static CalibrationRun stuck(double lambda, long length) {
        return Curves.run(7, lambda, ETA_EFF, Curves.of(Curves.times(length), t -> 0.1));
    }

    @Test
    void beginsWithATauOfAQuarterOfTheAllowance() {
        assertThat(SEARCH.next(List.of())).contains(new Trial(7, 0.02, 200)); // 1 / (0.5 * 100)
    }

    @Test
    void beginsWithATauOfAnEpochWhereThatIsLonger() {
        assertThat(new CalibrationSearch(ONE_SEED, ETA_EFF, 200)
                        .next(List.of())
                        .orElseThrow()
                        .lambda())
                .isEqualTo(0.01);
    }

    @Test
    void neverBeginsAboveTheCeiling() {
        assertThat(new CalibrationSearch(ONE_SEED, 0.05, 4)
                        .next(List.of())
                        .orElseThrow()
                        .lambda())
                .isEqualTo(CalibrationSearch.FIRST_LAMBDA_CEILING);
        assertThat(CalibrationSearch.needsMoreSpeed(ONE_SEED, 0.05, 4)).isTrue();
        assertThat(CalibrationSearch.needsMoreSpeed(ONE_SEED, ETA_EFF, 4)).isFalse();
    }

    @Test
    void takesAThirdAfterANetworkThatDoesNotLearn() {
        assertThat(SEARCH.next(List.of(stuck(0.02, 100)))).contains(new Trial(7, 0.0067, 200));
    }

    @Test
    void takesAThirdAfterNaN() {
        CalibrationRun broken =
                Curves.run(7, 0.02, ETA_EFF, new LearningCurve(List.of(new Point(30, Double.NaN)), 0.1, 100));

        assertThat(SEARCH.next(List.of(broken))).contains(new Trial(7, 0.0067, 200));
    }

    @Test
    void takesTwiceTheLambdaAfterARunWithoutAPeak() {
        assertThat(SEARCH.next(List.of(rising(0.02, 200)))).contains(new Trial(7, 0.04, 200));
    }

    @Test
    void doesNotGoUpToALambdaThatIsKnownToBeTooLarge() {
        assertThat(SEARCH.next(List.of(stuck(0.04, 100), rising(0.02, 200)))).isEmpty();
    }

    @Test
    void takesASmallerLambdaAfterAPeakSoThatItsPeakFitsIntoWhatIsLeft() {
        // 240 iterations are left: a peak at 150 fits, 2.5 times as late as the first one.
        Trial trial = SEARCH.next(List.of(peaked(7, 0.02, 60, 160))).orElseThrow();

        assertThat(trial.iterations()).isEqualTo(240);
        assertThat(trial.lambda()).isBetween(0.02 / 3, 0.02 / 2.2);
    }

    @Test
    void triesWhatLiesBetweenACollapseAndARunWithoutAPeak() {
        assertThat(SEARCH.next(List.of(stuck(0.03, 50), rising(0.01, 200)))).contains(new Trial(7, 0.02, 150));
    }

    /** Pruning compares what the first runs that train have shown of several networks. */
    @Test
    void theFirstRunThatTrainsMayTakeHalfTheAllowanceHoweverManyCollapsedBefore() {
        Optional<Trial> trial = SEARCH.next(List.of(stuck(0.02, 150), stuck(0.0067, 150), stuck(0.0022, 90)));

        assertThat(trial).contains(new Trial(7, 0.00073, 200));
    }

    @Test
    void doesNotGoBelowALambdaThatDidNotPeak() {
        assertThat(SEARCH.next(List.of(rising(0.02, 200), stuck(0.04, 20)))).isEmpty();
    }

    @Test
    void givesUpWhereThePenaltyIsTooSmallToBeTheReason() {
        CalibrationSearch search = new CalibrationSearch(CalibrationOptions.forBudget(30_000), ETA_EFF, 4);
        List<CalibrationRun> runs = new ArrayList<>();
        Optional<Trial> trial = search.next(runs);
        while (trial.isPresent()) {
            runs.add(Curves.run(
                    trial.get().seed(),
                    trial.get().lambda(),
                    ETA_EFF,
                    new LearningCurve(List.of(new Point(8, Double.NaN)), 0.1, 100)));
            trial = search.next(runs);
        }

        assertThat(runs).hasSizeLessThan(12);
        assertThat(runs)
                .allSatisfy(run -> assertThat(1 / (ETA_EFF * run.lambda())).isLessThanOrEqualTo(3_000_000 * 1.05));
    }

    /** At 0.0001, tau is 20,000 iterations: five times the budget. */
    @Test
    void goesDownUntilANetworkTrainsHoweverSmallThatLambdaIs() {
        List<CalibrationRun> runs = new ArrayList<>();
        Optional<Trial> trial = SEARCH.next(runs);
        while (trial.isPresent()) {
            double lambda = trial.get().lambda();
            long length = trial.get().iterations();
            runs.add(lambda > 0.0001 ? stuck(lambda, length) : rising(lambda, length));
            trial = SEARCH.next(runs);
        }

        CalibrationRun last = runs.get(runs.size() - 1);
        assertThat(last.lambda()).isBetween(0.00003, 0.0001);
        assertThat(Calibration.of(runs, ETA_EFF).harmless()).isEqualTo(last.lambda());
    }

    @Test
    void asksForNothingBelowTheFreeRuleOnceANetworkHasTrained() {
        CalibrationRun trained = rising(0.0006, 20); // tau: 3,333 iterations of the budget of 4,000

        assertThat(SEARCH.next(List.of(trained, stuck(0.0007, 20)))).isEmpty();
    }

    @Test
    void aSlowedRunIsNoPeakToBeginFrom() {
        CalibrationSearch search = new CalibrationSearch(ONE_SEED.withSeeds(List.of(7L, 8L)), ETA_EFF, 4);
        CalibrationRun good = peaked(7, 0.008, 60, 150);
        CalibrationRun slowed = Curves.run(
                7,
                0.02,
                ETA_EFF,
                new LearningCurve(
                        peaked(7, 0.02, 40, 130).curve().points().stream()
                                .map(p -> new Point(p.iteration(), Math.max(0, p.accuracy() - 0.2)))
                                .toList(),
                        0.1,
                        1000));

        assertThat(search.next(List.of(slowed, good, peaked(7, 0.004, 60, 110))))
                .hasValueSatisfying(trial -> {
                    assertThat(trial.seed()).isEqualTo(8);
                    assertThat(trial.lambda()).isEqualTo(0.008);
                });
    }

    @Test
    void endsAfterTwoPeaksOrWhereTooLittleIsLeft() {
        assertThat(SEARCH.next(List.of(peaked(7, 0.02, 60, 160), peaked(7, 0.01, 100, 170))))
                .isEmpty();
        assertThat(SEARCH.next(List.of(peaked(7, 0.02, 130, 330)))).isEmpty();
        assertThat(SEARCH.next(List.of(rising(0.02, 361)))).isEmpty();
    }

    @Test
    void aLaterSeedBeginsWithTheLargestLambdaThatPeaked() {
        CalibrationSearch search = new CalibrationSearch(ONE_SEED.withSeeds(List.of(7L, 8L)), ETA_EFF, 4);
        List<CalibrationRun> runs = List.of(stuck(0.06, 100), peaked(7, 0.02, 60, 150), peaked(7, 0.01, 90, 150));

        assertThat(search.next(runs)).contains(new Trial(8, 0.02, 200));
    }

    @Test
    void spendsNoMoreThanTheAllowanceWhereTheNetworkTrains() {
        for (double peakAt : new double[] {10, 60, 150, 1000}) {
            List<CalibrationRun> runs = new ArrayList<>();
            Optional<Trial> trial = SEARCH.next(runs);
            for (int i = 0; trial.isPresent(); i++) {
                assertThat(i).isLessThan(20);
                runs.add(peaked(7, trial.get().lambda(), peakAt, trial.get().iterations()));
                trial = SEARCH.next(runs);
            }
            assertThat(runs.stream().mapToLong(run -> run.curve().length()).sum())
                    .isLessThanOrEqualTo(400);
        }
    }

    @Test
    void endsWhereNoNetworkTrainsAtAll() {
        List<CalibrationRun> runs = new ArrayList<>();
        Optional<Trial> trial = SEARCH.next(runs);
        while (trial.isPresent()) {
            assertThat(runs).hasSizeLessThan(10);
            runs.add(stuck(trial.get().lambda(), trial.get().iterations()));
            trial = SEARCH.next(runs);
        }
        assertThat(runs)
                .hasSizeGreaterThan(3)
                .allSatisfy(run -> assertThat(run.curve().length()).isLessThanOrEqualTo(200));
    }

    @Test
    void aRunIsDoneSoonAfterItsPeakAndNotBefore() {
        Trial trial = new Trial(7, 0.02, 1000);

        assertThat(SEARCH.isDone(trial, Curves.of(Curves.times(130), Curves.asymmetric(100, 0.2))))
                .isFalse();
        assertThat(SEARCH.isDone(trial, Curves.of(Curves.times(180), Curves.asymmetric(100, 0.2))))
                .isTrue();
        assertThat(SEARCH.isDone(trial, Curves.of(Curves.times(999), t -> 0.9 - 5 / (t + 10))))
                .isFalse();
        assertThat(SEARCH.isDone(trial, Curves.of(Curves.times(1000), t -> 0.9 - 5 / (t + 10))))
                .isTrue();
    }

    @Test
    void aRunThatLearnsNothingIsDoneAfterThreeTau() {
        Trial trial = new Trial(7, 0.02, 1000); // tau = 100

        assertThat(SEARCH.isDone(trial, Curves.of(Curves.times(299), t -> 0.1))).isFalse();
        assertThat(SEARCH.isDone(trial, Curves.of(Curves.times(300), t -> 0.1))).isTrue();
        assertThat(SEARCH.isDone(trial, new LearningCurve(List.of(new Point(3, Double.NaN)), 0.1, 100)))
                .isTrue();
    }

    @Test
    void refusesABudgetShorterThanAnEpoch() {
        assertThatThrownBy(() -> new CalibrationSearch(ONE_SEED, ETA_EFF, 4001))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("budget must be at least one epoch of 4001 iterations, got 4000");
        assertThat(new CalibrationSearch(ONE_SEED, ETA_EFF, 4000).next(List.of()))
                .isPresent();
    }

    @Test
    void optionsRefuseWhatCannotBeSpent() {
        assertThatThrownBy(() -> CalibrationOptions.forBudget(0)).hasMessage("budget must be at least 1, got 0");
        assertThatThrownBy(() -> CalibrationOptions.forBudget(9))
                .hasMessage("share of budget must be at least 1 iteration, got 0.1 of 9");
        assertThatThrownBy(() -> ONE_SEED.withShare(0)).hasMessage("share must be in (0, 1], got 0.0");
        assertThatThrownBy(() -> ONE_SEED.withShare(1.01)).hasMessage("share must be in (0, 1], got 1.01");
        assertThatThrownBy(() -> ONE_SEED.withSeeds(List.of(1L, 1L)))
                .hasMessage("seeds must be distinct and at least one, got [1, 1]");
        assertThat(ONE_SEED.withShare(1).iterationsPerSeed()).isEqualTo(4000);
    }
}
