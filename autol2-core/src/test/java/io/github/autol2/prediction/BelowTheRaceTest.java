package io.github.autol2.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.prediction.LevelRace.Heat;
import io.github.autol2.validation.HeldOut;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows a race whose winner is not above the free rule. */
class BelowTheRaceTest {

    private static final double ETA_EFF = 0.25;
    private static final long BUDGET = 2000;
    private static final double FREE = 1 / (ETA_EFF * BUDGET);
    private static final LevelRace RACE = new LevelRace(BUDGET, 0.1, 1);
    private static final BelowTheRace BELOW = new BelowTheRace(RACE);

    /** The first examples are right, so that of two runs the one is right wherever the other is. */
    private static HeldOut right(int count) {
        float[] hits = new float[1000];
        Arrays.fill(hits, 0, count, 1);
        return new HeldOut(new float[1000], hits);
    }

    private static HeatResult result(double lambda, int right, double fit) {
        return new HeatResult(lambda, ETA_EFF, Optional.of(right(right)), true, fit);
    }

    private static HeatResult result(double lambda, int right) {
        return result(lambda, right, 0.5);
    }

    private static HeatResult dead(double lambda) {
        return new HeatResult(lambda, ETA_EFF, Optional.of(right(990)), false, 0.5);
    }

    private static HeatResult broken(double lambda) {
        return new HeatResult(lambda, ETA_EFF, Optional.empty(), true, 0.5);
    }

    /** A race whose accuracy falls off from there by 100 of 1,000 examples for each decade. */
    private static Level raced(LevelRace race, double best, double fit) {
        List<HeatResult> finished = new ArrayList<>();
        for (List<Heat> heats = race.next(finished); !heats.isEmpty(); heats = race.next(finished)) {
            for (Heat heat : heats) {
                double decades = Math.abs(Math.log10(heat.lambda() / best));
                finished.add(result(heat.lambda(), (int) (900 - 100 * decades), fit));
            }
        }
        return race.level(finished, race.byLaw(finished).map(heat -> result(heat.lambda(), 900, fit)));
    }

    private static Level lowest() {
        return raced(RACE, FREE / 100, 0.5);
    }

    /** Of 1,009 iterations ten heats are 1,000. In 500 iterations the free rule is 0.008, and 0.01 is above it. */
    @ParameterizedTest
    @CsvSource({
        "1009, 1e-5, true",
        "1009, 0.01, false",
        "500, 1e-5, true",
        "500, 0.01, false",
        "101, 1e-5, true",
        "100, 1e-5, false"
    })
    void aWinnerAtTheFreeRuleOrBelowItIsUndecided(long budget, double best, boolean undecided) {
        assertThat(raced(new LevelRace(budget, 0.1, 1), best, 0.5).undecided()).isEqualTo(undecided);
    }

    @Test
    void theLawDecides() {
        Level level = raced(RACE, FREE, 1);

        assertThat(level.fits()).isTrue();
        assertThat(level.undecided()).isFalse();
        assertThat(BELOW.heat(level)).isEmpty();
    }

    @Test
    void nothingIsComparedWhereNoNetworkIsAlive() {
        Level level = RACE.withoutWinner(List.of(dead(0.01), dead(0.03)));

        assertThat(BELOW.heat(level)).isEmpty();
    }

    @Test
    void aTenthOfTheWinnersLambdaRunsTwiceAsLong() {
        Heat below = BELOW.heat(lowest()).orElseThrow();

        assertThat(below.lambda()).isCloseTo(FREE / 10, within(1e-12));
        assertThat(below.iterations()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"400, true", "399, false"})
    void nothingIsComparedForLongerThanHalfOfTheTraining(long budget, boolean compared) {
        LevelRace race = new LevelRace(budget, 0.1, 1);
        Level level = raced(race, 1e-5, 0.5);

        assertThat(level.undecided()).isTrue();
        assertThat(new BelowTheRace(race).heat(level).isPresent()).isEqualTo(compared);
    }

    /** Of five examples in which they differ, five are two standard errors and more. */
    @ParameterizedTest
    @ValueSource(ints = {5, 50})
    void theSmallerLambdaWinsIfItIsBetterByMoreThanTwoStandardErrors(int more) {
        Level before = lowest();

        Level level = BELOW.level(before, result(before.lambda(), 800), result(before.lambda() / 10, 800 + more));

        assertThat(level.lambda()).isCloseTo(FREE / 10, within(1e-12));
        assertThat(level.low()).isCloseTo(FREE / 10 / LevelRace.HALF_A_STEP, within(1e-12));
        assertThat(level.high()).isCloseTo(FREE / 10 * LevelRace.HALF_A_STEP, within(1e-12));
        assertThat(level.undecided()).isFalse();
        assertThat(level.fits()).isFalse();
        assertThat(level.winnerIterations()).isEqualTo(400);
        assertThat(level.heats()).isEqualTo(before.heats() + 1);
        assertThat(level.iterationsSpent()).isEqualTo(before.iterationsSpent() + 200 + 400);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "3, true", "-3, true", "-5, false", "-50, false"})
    void theWinnerStaysIfItIsNot(int more, boolean undecided) {
        Level before = lowest();

        Level level = BELOW.level(before, result(before.lambda(), 800), result(before.lambda() / 10, 800 + more));

        assertThat(level.lambda()).isEqualTo(before.lambda());
        assertThat(level.low()).isEqualTo(undecided ? before.lambda() / 10 / LevelRace.HALF_A_STEP : before.low());
        assertThat(level.high()).isEqualTo(before.high());
        assertThat(level.undecided()).isEqualTo(undecided);
        assertThat(level.winnerIterations()).isEqualTo(400);
    }

    @Test
    void aNetworkThatIsDeadOrBrokenLoses() {
        Level before = lowest();
        double lambda = before.lambda();

        for (HeatResult below : List.of(dead(lambda / 10), broken(lambda / 10))) {
            Level level = BELOW.level(before, result(lambda, 100), below);
            assertThat(level.lambda()).isEqualTo(lambda);
            assertThat(level.undecided()).isFalse();
        }
        assertThat(BELOW.level(before, broken(lambda), result(lambda / 10, 100)).lambda())
                .isEqualTo(lambda / 10);
        assertThat(BELOW.level(before, broken(lambda), dead(lambda / 10)).undecided())
                .isTrue();
    }

    /** Of 1,000 losses, or of nine. */
    @ParameterizedTest
    @CsvSource({"1000, true", "10, true", "9, false"})
    void inRegressionTheSmallerLossWinsWhereThereAreExamplesEnough(int examples, boolean wins) {
        Level before = lowest();
        float[] losses = new float[examples];
        float[] smaller = new float[examples];
        for (int i = 0; i < examples; i++) {
            losses[i] = 1 + i % 2;
            smaller[i] = losses[i] - 0.5f - 0.01f * (i % 3);
        }

        Level level =
                BELOW.level(before, regression(before.lambda(), losses), regression(before.lambda() / 10, smaller));

        assertThat(level.lambda()).isEqualTo(wins ? before.lambda() / 10 : before.lambda());
        assertThat(level.undecided()).isEqualTo(!wins);
    }

    private static HeatResult regression(double lambda, float[] losses) {
        return new HeatResult(lambda, ETA_EFF, Optional.of(new HeldOut(losses, new float[0])), true, Double.NaN);
    }

    @Test
    void theMostIterationsCountIt() {
        Level level = lowest();
        Level after = BELOW.level(level, result(level.lambda(), 800), result(level.lambda() / 10, 800));

        assertThat(RACE.mostIterations() - after.iterationsSpent())
                .isEqualTo((LevelRace.MOST_HEATS - level.heats()) * RACE.heatIterations());
        assertThat(new LevelRace(399, 0.1, 1).mostIterations()).isEqualTo((LevelRace.MOST_HEATS + 1) * 100L);
    }
}
