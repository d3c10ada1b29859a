package io.github.autol2.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.prediction.LevelRace.Heat;
import io.github.autol2.validation.HeldOut;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunOffTest {

    private static final long HEAT = 100;
    private static final double LAMBDA = 0.01;
    private static final double BELOW = LAMBDA / Math.sqrt(10);
    private static final Level RACED = raced(1000);
    private static final RunOff RUN_OFF = new RunOff(RACED);

    private static Level raced(long budget) {
        return new Level(budget, Math.min(700, budget), LAMBDA, 0.005, 0.02, 0.004, HEAT, 4, 400, true, true);
    }

    /**
     * @param right the first of 100 examples
     * @param worse so many have a loss of 1, the others 0: 4 are 2.03 standard errors more than none, 3 are 1.75
     */
    private static HeatResult result(double lambda, int right, int worse) {
        float[] hits = new float[100];
        Arrays.fill(hits, 0, right, 1);
        float[] losses = new float[100];
        Arrays.fill(losses, 0, worse, 1);
        return new HeatResult(lambda, 1, Optional.of(new HeldOut(losses, hits)), true, 0.5);
    }

    /** Losses of 1 and 2 in turns, less some share of 0, 1 and 2 in turns. */
    private static HeatResult regression(double lambda, int examples, float less) {
        float[] losses = new float[examples];
        for (int i = 0; i < examples; i++) {
            losses[i] = 1 + i % 2 - less * (i % 3);
        }
        return new HeatResult(lambda, 1, Optional.of(new HeldOut(losses, new float[0])), true, Double.NaN);
    }

    private static HeatResult dead(double lambda) {
        return new HeatResult(lambda, 1, result(lambda, 99, 0).heldOut(), false, 0.5);
    }

    private static HeatResult broken(double lambda) {
        return new HeatResult(lambda, 1, Optional.empty(), true, 0.5);
    }

    @Test
    void halfADecadeBelowTheWinnerRunsToHalfOfTheTraining() {
        Heat heat = RUN_OFF.heat(HEAT).orElseThrow();

        assertThat(heat.lambda()).isCloseTo(BELOW, within(1e-12));
        assertThat(heat.iterations()).isEqualTo(500);
    }

    /** Half of 399 iterations is 199. */
    @ParameterizedTest
    @CsvSource({
        "400, 100, true",
        "399, 100, false",
        "399, 99, true",
        "1000, 250, true",
        "1000, 251, false",
        "1, 1, false"
    })
    void nothingRunsWhereTheWinnersRunWouldNotBecomeTwiceAsLong(long budget, long updates, boolean runs) {
        assertThat(new RunOff(raced(budget)).heat(updates).isPresent()).isEqualTo(runs);
    }

    /** One example alone is one standard error. */
    @ParameterizedTest
    @CsvSource({"82, 0, true", "81, 0, false", "80, 0, false", "70, 0, false", "90, 3, true", "90, 4, false"})
    void theSmallerLambdaWinsByMoreThanOneStandardErrorUnlessItsLossHasRisen(
            int right, int worse, boolean smallerWins) {
        Level level = RUN_OFF.level(result(LAMBDA, 80, 0), result(BELOW, right, worse));

        assertThat(level.lambda()).isEqualTo(smallerWins ? BELOW : LAMBDA);
        assertThat(level.low()).isEqualTo(smallerWins ? BELOW / LevelRace.HALF_A_STEP : RACED.low());
        assertThat(level.high()).isEqualTo(smallerWins ? BELOW * LevelRace.HALF_A_STEP : RACED.high());
    }

    @Test
    void theLevelCountsBothRuns() {
        Level level = RUN_OFF.level(result(LAMBDA, 80, 0), result(BELOW, 90, 0));

        assertThat(level.winnerIterations()).isEqualTo(500);
        assertThat(level.heats()).isEqualTo(5);
        assertThat(level.iterationsSpent()).isEqualTo(400 + (500 - HEAT) + 500);
        assertThat(level.undecided()).isFalse();
        assertThat(level.freeRule()).isEqualTo(RACED.freeRule());
        assertThat(level.horizon()).isEqualTo(700);
        assertThat(level.fits()).isTrue();
    }

    /** Its low end is below that already. */
    @Test
    void theIntervalGrowsOnly() {
        Level wide = new Level(1000, 1000, LAMBDA, 0.0001, 0.02, 0.004, HEAT, 4, 400, false, true);

        assertThat(new RunOff(wide)
                        .level(result(LAMBDA, 80, 0), result(BELOW, 90, 0))
                        .low())
                .isEqualTo(0.0001);
    }

    @ParameterizedTest
    @CsvSource({"10, 0.1, true", "9, 0.1, false", "10, 0, false", "10, -0.1, false"})
    void inRegressionTheSmallerLossesWinWhereThereAreExamplesEnough(int examples, float less, boolean smallerWins) {
        Level level = RUN_OFF.level(regression(LAMBDA, examples, 0), regression(BELOW, examples, less));

        assertThat(level.lambda()).isEqualTo(smallerWins ? BELOW : LAMBDA);
    }

    @Test
    void aNetworkThatIsDeadOrBrokenLoses() {
        HeatResult poor = result(LAMBDA, 10, 0);
        HeatResult poorBelow = result(BELOW, 10, 0);

        assertThat(RUN_OFF.level(poor, dead(BELOW)).lambda()).isEqualTo(LAMBDA);
        assertThat(RUN_OFF.level(poor, broken(BELOW)).lambda()).isEqualTo(LAMBDA);
        assertThat(RUN_OFF.level(dead(LAMBDA), poorBelow).lambda()).isEqualTo(BELOW);
        assertThat(RUN_OFF.level(broken(LAMBDA), poorBelow).lambda()).isEqualTo(BELOW);
        assertThat(RUN_OFF.level(broken(LAMBDA), dead(BELOW)).lambda()).isEqualTo(LAMBDA);
    }
}
