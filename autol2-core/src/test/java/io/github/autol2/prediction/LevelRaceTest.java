package io.github.autol2.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.prediction.LevelRace.Heat;
import io.github.autol2.validation.HeldOut;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LevelRaceTest {

    private static final long BUDGET = 2000;
    private static final double ETA_EFF = 0.25; // free rule: 0.002

    private static final LevelRace RACE = new LevelRace(BUDGET, 0.1, 1);

    /** So slow that no penalty is too large, in a race of as long a training; free rule: 0.01. */
    private static final double SLOW = 1e-4;

    private static final LevelRace LONG_RACE = new LevelRace(1_000_000, 0.1, 1);
    private static final int EXAMPLES = 1000;

    /** Of a network that has more than a twentieth of the errors left. */
    private static final double UNFIT = 0.94;

    private static HeldOut heldOut(double accuracy, double loss) {
        float[] hits = new float[EXAMPLES];
        Arrays.fill(hits, 0, (int) Math.round(accuracy * EXAMPLES), 1);
        float[] losses = new float[EXAMPLES];
        Arrays.fill(losses, (float) loss);
        return new HeldOut(losses, hits);
    }

    private static HeatResult finish(double lambda, double accuracy, double loss) {
        return new HeatResult(lambda, ETA_EFF, Optional.of(heldOut(accuracy, loss)), true, UNFIT);
    }

    private static HeatResult dead(double lambda) {
        return new HeatResult(lambda, ETA_EFF, Optional.of(heldOut(0.99, 0.01)), false, UNFIT);
    }

    /** Runs a whole race against a response curve. */
    private static List<HeatResult> run(LevelRace race, DoubleFunction<HeatResult> network) {
        List<HeatResult> finished = new ArrayList<>();
        for (List<Heat> heats = race.next(finished); !heats.isEmpty(); heats = race.next(finished)) {
            heats.forEach(heat -> finished.add(network.apply(heat.lambda())));
        }
        return finished;
    }

    /** Accuracy and loss are best at one lambda and fall off on both sides on a logarithmic axis. */
    private static DoubleFunction<HeatResult> bestAt(double level, double etaEff) {
        return lambda -> {
            double decades = Math.abs(Math.log10(lambda / level));
            return new HeatResult(
                    lambda, etaEff, Optional.of(heldOut(Math.max(0, 0.9 - 0.1 * decades), 0.5 + decades)), true, UNFIT);
        };
    }

    private static double winner(LevelRace race, DoubleFunction<HeatResult> network) {
        return race.level(run(race, network), Optional.empty()).lambda();
    }

    @Test
    void beginsWithTwoLambdasHalfADecadeApart() {
        List<Heat> heats = RACE.next(List.of());

        assertThat(heats).extracting(Heat::iterations).containsOnly(200L);
        assertThat(heats.stream().mapToDouble(Heat::lambda)).hasSize(2);
        assertThat(heats.get(0).lambda() / heats.get(1).lambda()).isCloseTo(LevelRace.STEP, within(1e-12));
    }

    @Test
    void goesOnFromWhatIsFinished() {
        List<Heat> first = RACE.next(List.of());

        assertThat(RACE.next(List.of(finish(first.get(1).lambda(), 0.5, 1)))).containsExactly(first.get(0));
    }

    @Test
    void endsWhereTheBestLiesBetweenOthers() {
        assertThat(run(RACE, bestAt(0.01, ETA_EFF))).hasSize(3);
        assertThat(winner(RACE, bestAt(0.01, ETA_EFF))).isEqualTo(0.01);
    }

    @Test
    void looksFurtherUpWhereTheLargestIsBest() {
        List<HeatResult> finished = run(LONG_RACE, bestAt(0.1, SLOW));

        assertThat(finished).hasSize(4);
        assertThat(LONG_RACE.level(finished, Optional.empty()).lambda()).isCloseTo(0.1, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1e-4, 1e-3})
    void neverGoesBelowTheFreeRule(double level) {
        List<HeatResult> finished = run(RACE, bestAt(level, ETA_EFF));

        assertThat(finished).allMatch(one -> one.lambda() >= 0.002 * (1 - 1e-12));
        assertThat(RACE.level(finished, Optional.empty()).lambda()).isCloseTo(0.002, within(1e-12));
    }

    @Test
    void goesDownAsFarAsTheFreeRuleAllows() {
        double winner = winner(RACE, bestAt(1e-3, 5));

        assertThat(winner).isBetween(0.9e-3, 1.1e-3);
    }

    @Test
    void stopsAfterEightHeats() {
        assertThat(run(LONG_RACE, bestAt(1e9, SLOW))).hasSize(LevelRace.MOST_HEATS);
    }

    @Test
    void choosesTheSmallestLossWithinOneCountingErrorOfTheBestAccuracy() {
        List<HeatResult> finished =
                List.of(finish(0.003, 0.900, 0.8), finish(0.01, 0.895, 0.5), finish(0.03, 0.880, 0.3));

        assertThat(RACE.level(finished, Optional.empty()).lambda()).isEqualTo(0.01);
    }

    /** 20 of 20 right are one example more than 19, whatever a standard error of 0 says. */
    @ParameterizedTest
    @ValueSource(ints = {3, 20, 49, 1000})
    void takesOneExampleLessThanAllForChance(int examples) {
        List<HeatResult> one = List.of(
                counted(0.003, examples, 0, 0.8f), counted(0.01, examples, 1, 0.5f), counted(0.03, examples, 3, 0.4f));
        List<HeatResult> two = List.of(
                counted(0.003, examples, 0, 0.8f), counted(0.01, examples, 2, 0.5f), counted(0.03, examples, 3, 0.4f));

        assertThat(RACE.level(one, Optional.empty()).lambda()).isEqualTo(0.01);
        assertThat(RACE.level(two, Optional.empty()).lambda()).isEqualTo(0.003);
    }

    private static HeatResult counted(double lambda, int examples, int wrong, float loss) {
        float[] hits = new float[examples];
        Arrays.fill(hits, wrong, examples, 1);
        float[] losses = new float[examples];
        Arrays.fill(losses, loss);
        return new HeatResult(lambda, ETA_EFF, Optional.of(new HeldOut(losses, hits)), true, UNFIT);
    }

    @Test
    void choosesTheSmallestOfEqualLambdas() {
        assertThat(RACE.level(List.of(finish(0.03, 0.9, 0.5), finish(0.1, 0.9, 0.5)), Optional.empty())
                        .lambda())
                .isEqualTo(0.03);
    }

    /** A peak between 0.0316 and 0.1: 0.003 has nothing to tell. */
    @Test
    void runsNoHeatOnTheSideAwayFromTheBest() {
        List<HeatResult> finished = run(LONG_RACE, bestAt(0.03, SLOW));

        assertThat(finished.stream().mapToDouble(HeatResult::lambda).min().orElseThrow())
                .isEqualTo(0.01);
        assertThat(finished).hasSize(3);
    }

    /** Nothing has been learned that a penalty could change: all heats are the same. */
    @ParameterizedTest
    @ValueSource(longs = {60, 100, 200, 300, 500, 1000, 2000})
    void goesToTheFreeRuleWhereNoHeatShowsAnything(long budget) {
        double etaEff = 0.01;
        LevelRace race = new LevelRace(budget, 0.1, 1);

        double winner =
                winner(race, lambda -> new HeatResult(lambda, etaEff, Optional.of(heldOut(0.2, 2.3)), true, UNFIT));

        assertThat(winner).isCloseTo(1 / (etaEff * Math.max(budget, 10L * Math.min(budget, 100))), within(1e-12));
        assertThat(winner).isLessThanOrEqualTo(1 / (etaEff * budget) * (1 + 1e-12));
    }

    /** The free rule is 0.1, above the first two. */
    @Test
    void triesTheFreeRuleWhereTheFirstTwoAreBelowIt() {
        List<HeatResult> finished = run(RACE, bestAt(1e-4, 0.005));

        assertThat(finished).hasSize(3);
        assertThat(finished.get(2).lambda()).isCloseTo(0.1, within(1e-12));
        assertThat(RACE.level(finished, Optional.empty()).lambda()).isEqualTo(0.01);
        assertThat(winner(RACE, bestAt(1, 0.005))).isCloseTo(1, within(1e-9));
    }

    /** Weights that have died away make an adaptive updater's steps large beside them: that says nothing of lambdas that let it live. */
    @Test
    void goesDownInHalfDecadesFromDeadNetworksWhateverTheirTau() {
        List<HeatResult> finished = run(
                RACE,
                lambda -> lambda > 0.005
                        ? new HeatResult(lambda, 100, Optional.of(heldOut(0.5, 1)), false, UNFIT)
                        : finish(lambda, 0.9, 0.5));

        assertThat(finished).hasSize(4);
        assertThat(finished.get(2).lambda()).isCloseTo(0.00316, within(1e-5));
        assertThat(RACE.level(finished, Optional.empty()).lambda()).isCloseTo(0.002, within(1e-12));
        assertThat(RACE.level(finished, Optional.empty()).freeRule()).isCloseTo(0.002, within(1e-12));
    }

    @Test
    void endsWhereAllAreDeadAndBelowTheFreeRule() {
        List<HeatResult> finished =
                List.of(dead(0.01, 0.005), dead(0.01 * LevelRace.STEP, 0.005)); // the free rule is 0.1

        assertThat(RACE.next(finished)).isEmpty();
    }

    /** An adaptive updater: with 0.01 the weights are so small that its steps are large beside them, and with 1e-4 they are not. */
    @Test
    void looksAboveALambdaThatOthersHadLedDownTo() {
        DoubleFunction<HeatResult> best = bestAt(1e-3, 1);
        List<HeatResult> finished = run(
                RACE,
                lambda -> lambda < 0.005
                        ? best.apply(lambda)
                        : new HeatResult(lambda, 500, Optional.of(heldOut(0.5, 2)), true, UNFIT));

        assertThat(finished.get(2).lambda()).isCloseTo(1e-4, within(1e-16));
        assertThat(RACE.level(finished, Optional.empty()).lambda()).isCloseTo(1e-3, within(1e-12));
    }

    private static HeatResult dead(double lambda, double etaEff) {
        return new HeatResult(lambda, etaEff, Optional.of(heldOut(0.99, 0.01)), false, UNFIT);
    }

    /** eta = 50 with momentum 0.9: tau is 20 iterations at 1e-4. */
    @Test
    void goesDownUntilTauIsTwentyIterationsWhereAllForgetTooFast() {
        List<HeatResult> finished = run(RACE, bestAt(0.1, 500));

        assertThat(finished.get(2).lambda()).isCloseTo(1e-4, within(1e-16));
        assertThat(RACE.level(finished, Optional.empty()).lambda())
                .isEqualTo(finished.get(2).lambda());
    }

    /** eta = 0.05 with momentum 0.9: at 0.1 the weights would forget in 20 iterations, and at 0.316 in 6. */
    @ParameterizedTest
    @CsvSource({"0.5, 0.1", "0.51, 0.0316", "0.05, 1", "0.0049, 10.2"})
    void goesNoFurtherUpThanATauOfTwentyIterations(double etaEff, double largest) {
        List<HeatResult> finished = run(RACE, bestAt(100, etaEff));

        assertThat(finished.stream().mapToDouble(HeatResult::lambda).max().orElseThrow())
                .isCloseTo(largest, within(0.002 * largest));
    }

    /** eta = 0.5 with momentum 0.9: tau is 6 iterations at the larger of the first two, and 20 at the other. */
    @Test
    void neverChoosesATauShorterThanTwentyIterationsIfAnythingElseLives() {
        List<HeatResult> finished = run(RACE, bestAt(0.1, 5));

        assertThat(RACE.level(finished, Optional.empty()).lambda()).isEqualTo(0.01);
    }

    @Test
    void takesATooShortTauWhereNothingElseLives() {
        HeatResult alive = new HeatResult(0.03, 5, Optional.of(heldOut(0.9, 0.5)), true, UNFIT);

        assertThat(RACE.level(List.of(dead(0.003), dead(0.01), alive), Optional.empty())
                        .lambda())
                .isEqualTo(0.03);
    }

    /** The free rule is 0.005: what is smaller plays no part, so that what it shows is chance. */
    @Test
    void goesBelowTheFreeRuleOnlyWhereMoreDoesClearlyWorse() {
        assertThat(RACE.level(List.of(slow(0.003, 0.90), slow(0.01, 0.895), slow(0.03, 0.8)), Optional.empty())
                        .lambda())
                .isEqualTo(0.01);
        assertThat(RACE.level(List.of(slow(0.003, 0.90), slow(0.01, 0.870), slow(0.03, 0.8)), Optional.empty())
                        .lambda())
                .isEqualTo(0.003);
    }

    private static HeatResult slow(double lambda, double accuracy) {
        return new HeatResult(lambda, 0.1, Optional.of(heldOut(accuracy, 1 - accuracy)), true, UNFIT);
    }

    @Test
    void choosesTheSmallestLossInRegression() {
        List<HeatResult> finished = List.of(
                regression(0.03, new float[] {1}), regression(0.1, new float[] {1.001f}), regression(0.3, new float[] {2
                }));

        assertThat(RACE.level(finished, Optional.empty()).lambda()).isEqualTo(0.03);
    }

    @ParameterizedTest
    @CsvSource({"60, 60", "100, 100", "101, 100", "999, 100", "1000, 100", "1010, 101", "3000, 300"})
    void hasHeatsOfAShareOfTheBudgetButNotShorterThanAVerdictTakes(long budget, long iterations) {
        assertThat(new LevelRace(budget, 0.1, 1).heatIterations()).isEqualTo(iterations);
    }

    /** 1/share heats of 100 iterations are 1,000: longer than such a training, whose free rule alone is too large. */
    @Test
    void goesBelowTheFreeRuleInAShortTrainingAsFarAsAHeatCanShow() {
        LevelRace race = new LevelRace(300, 0.1, 1);

        double winner = winner(race, bestAt(1e-6, ETA_EFF));

        assertThat(winner).isCloseTo(1 / (ETA_EFF * 1000), within(1e-12));
    }

    @Test
    void tellsWhichLambdasDoAsWell() {
        Level level = RACE.level(
                List.of(finish(0.003, 0.900, 0.8), finish(0.01, 0.895, 0.5), finish(0.03, 0.8, 0.9)), Optional.empty());

        assertThat(level.low()).isCloseTo(0.003 / Math.sqrt(LevelRace.STEP), within(1e-12));
        assertThat(level.high()).isCloseTo(0.01 * Math.sqrt(LevelRace.STEP), within(1e-12));
        assertThat(level.iterationsSpent()).isEqualTo(600L);
        assertThat(level.freeRule()).isCloseTo(0.002, within(1e-12));
    }

    @Test
    void neverChoosesADeadNetworkHoweverGoodItLooks() {
        List<HeatResult> finished = List.of(finish(0.003, 0.2, 3), finish(0.01, 0.2, 3.1), dead(0.03));

        assertThat(RACE.level(finished, Optional.empty()).lambda()).isLessThan(0.02);
    }

    @Test
    void goesOnWithSmallerLambdasWhereAllAreDead() {
        List<HeatResult> finished = run(RACE, lambda -> lambda > 0.0025 ? dead(lambda) : finish(lambda, 0.5, 1));

        assertThat(RACE.level(finished, Optional.empty()).lambda()).isCloseTo(0.002, within(1e-12));
    }

    @Test
    void neverChoosesANetworkWithoutFiniteNumbers() {
        List<HeatResult> finished = List.of(
                finish(0.003, 0.2, 3),
                finish(0.01, 0.2, 3),
                new HeatResult(0.03, ETA_EFF, Optional.empty(), true, UNFIT));

        assertThat(RACE.level(finished, Optional.empty()).lambda()).isLessThan(0.02);
    }

    @Test
    void saysSoWhereNoNetworkIsAlive() {
        List<HeatResult> finished = run(RACE, LevelRaceTest::dead);

        assertThatThrownBy(() -> RACE.level(finished, Optional.empty()))
                .isInstanceOf(CalibrationException.class)
                .hasMessageStartingWith("the network trained at none of 4 short runs with lambda from 0.002 to 0.03");
    }

    @Test
    void theFreeRuleIsLeftWhereNoNetworkIsAlive() {
        List<HeatResult> finished = run(RACE, LevelRaceTest::dead);

        Level level = RACE.withoutWinner(finished);

        assertThat(List.of(level.lambda(), level.low(), level.high(), level.freeRule()))
                .containsOnly(1 / (ETA_EFF * BUDGET));
        assertThat(level.heats()).isEqualTo(5);
        assertThat(level.iterationsSpent()).isEqualTo(5 * 200);
    }

    /** A loss s times as large with a learning rate s times as small is the same training with s times the lambda. */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 1, 100})
    void scalesWithTheLoss(double scale) {
        LevelRace race = new LevelRace(BUDGET, 0.1, scale);

        assertThat(winner(race, bestAt(0.1 * scale, ETA_EFF / scale))).isCloseTo(0.1 * scale, within(1e-9 * scale));
    }

    /** Without telling the race: it finds the level from where it begins, within half a step. */
    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.03, 1, 30, 1000})
    void findsALevelFarFromWhereItBegins(double factor) {
        double level = 0.01 * factor;

        double winner = winner(RACE, bestAt(level, ETA_EFF / factor));

        assertThat(Math.abs(Math.log10(winner / level))).isLessThan(0.26);
    }

    /** The race's best is 0.01, and the free rule 0.001. */
    private static DoubleFunction<HeatResult> withFit(double fit) {
        return withFit(fit, bestAt(0.01, 2 * ETA_EFF));
    }

    private static DoubleFunction<HeatResult> withFit(double fit, DoubleFunction<HeatResult> network) {
        return lambda -> {
            HeatResult heat = network.apply(lambda);
            return new HeatResult(lambda, heat.etaEff(), heat.heldOut(), heat.alive(), fit);
        };
    }

    /** With the heat that follows by the law. */
    private static Level level(LevelRace race, DoubleFunction<HeatResult> network, double last) {
        List<HeatResult> finished = run(race, network);
        Optional<Heat> byLaw = race.byLaw(finished);
        assertThat(byLaw.map(Heat::lambda).orElse(Double.NaN)).isEqualTo(last, within(1e-12));
        return race.level(finished, byLaw.map(heat -> network.apply(heat.lambda())));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.95, 1})
    void theFreeRuleWinsWhereTheBestNetworkFitsItsTrainingData(double fit) {
        Level level = level(RACE, withFit(fit), 0.001);

        assertThat(level.lambda()).isCloseTo(0.001, within(1e-12));
        assertThat(level.fits()).isTrue();
        assertThat(level.low()).isCloseTo(0.001 / Math.sqrt(LevelRace.STEP), within(1e-12));
        assertThat(level.high()).isCloseTo(0.01 * Math.sqrt(LevelRace.STEP), within(1e-12));
        assertThat(level.heats()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-9, 0.9499, Double.NaN})
    void theLevelWinsWhereTheBestNetworkDoesNotFit(double fit) {
        Level level = level(RACE, withFit(fit), Double.NaN);

        assertThat(level.lambda()).isEqualTo(0.01);
        assertThat(level.fits()).isFalse();
        assertThat(level.heats()).isEqualTo(3);
    }

    /** It is too short to tell. */
    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.99})
    void theHeatOfTheFreeRuleIsNotJudged(double accuracy) {
        Level level = level(
                RACE,
                lambda -> lambda < 0.0015
                        ? new HeatResult(lambda, 20 * ETA_EFF, Optional.of(heldOut(accuracy, 1)), true, UNFIT)
                        : withFit(1).apply(lambda),
                0.001);

        assertThat(level.lambda()).isCloseTo(0.001, within(1e-12));
        assertThat(level.freeRule()).isCloseTo(0.001, within(1e-12));
    }

    /** 0.00316 has run, and the free rule is 0.002. */
    @Test
    void aHeatWithinHalfAStepOfTheFreeRuleServes() {
        Level level = level(RACE, withFit(1, bestAt(0.01, ETA_EFF)), Double.NaN);

        assertThat(level.lambda()).isCloseTo(0.01 / LevelRace.STEP, within(1e-12));
        assertThat(level.heats()).isEqualTo(3);
        assertThat(level.fits()).isTrue();
    }

    /** The free rule is 0.02. */
    @Test
    void aSmallerLambdaThatDidBetterStays() {
        Level level = level(new LevelRace(400, 0.1, 1), withFit(1, bestAt(0.01, ETA_EFF / 2)), Double.NaN);

        assertThat(level.lambda()).isEqualTo(0.01);
        assertThat(level.fits()).isTrue();
    }

    @Test
    void theBestOneStaysWhereTheNetworkIsDeadWithTheFreeRule() {
        Level level = level(
                RACE, lambda -> lambda < 0.0015 ? dead(lambda) : withFit(1).apply(lambda), 0.001);

        assertThat(level.lambda()).isEqualTo(0.01);
        assertThat(level.fits()).isFalse();
        assertThat(level.heats()).isEqualTo(4);
    }

    /** Its etaEff counts: with larger lambdas an adaptive updater's may be far larger. */
    @Test
    void theFreeRuleIsThatOfTheBestHeat() {
        DoubleFunction<HeatResult> best = withFit(1, bestAt(1e-3, 1));
        Level level = level(
                new LevelRace(10_000, 0.1, 1),
                lambda -> lambda < 0.005
                        ? best.apply(lambda)
                        : new HeatResult(lambda, 500, Optional.of(heldOut(0.5, 2)), true, UNFIT),
                Double.NaN);

        assertThat(level.freeRule()).isCloseTo(1e-4, within(1e-16));
        assertThat(level.lambda()).isCloseTo(1e-4, within(1e-16));
    }

    /** A heat of 100 iterations shows what a lambda does in a training of 199. */
    @ParameterizedTest
    @CsvSource({"199, NaN, 0.03162, false", "200, 0.005, 0.005, true"})
    void inATrainingOfLessThanTwoHeatsTheRaceDecides(long budget, double last, double lambda, boolean fits) {
        Level level = level(new LevelRace(budget, 0.1, 1), withFit(1, bestAt(0.0316, 1)), last);

        assertThat(level.lambda()).isCloseTo(lambda, within(1e-5));
        assertThat(level.fits()).isEqualTo(fits);
    }

    @Test
    void theHeatOfTheFreeRuleComesAfterEightOthers() {
        LevelRace race = new LevelRace(100_000_000, 0.1, 1);

        Level level = level(race, withFit(1, bestAt(1e9, SLOW)), 1e-4);

        assertThat(level.heats()).isEqualTo(LevelRace.MOST_HEATS + 1);
        assertThat(level.iterationsSpent()).isEqualTo((LevelRace.MOST_HEATS + 1) * race.heatIterations());
    }

    @Test
    void rejectsAFitAboveOne() {
        assertThatThrownBy(() -> new HeatResult(0.01, 1, Optional.empty(), true, 1.01))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fit must be at most 1, or NaN, got 1.01");
    }

    private static HeatResult regression(double lambda, float[] losses) {
        return new HeatResult(lambda, ETA_EFF, Optional.of(new HeldOut(losses, new float[0])), true, UNFIT);
    }

    @Test
    void rejectsAShareOfNothing() {
        assertThatThrownBy(() -> new LevelRace(BUDGET, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("share must be in (0, 1], got 0.0");
    }
}
