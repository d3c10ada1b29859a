package io.github.autol2.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.validation.ValidationDecision.Divide;
import io.github.autol2.validation.ValidationDecision.Keep;
import io.github.autol2.validation.ValidationDecision.RestoreAndHold;
import io.github.autol2.validation.ValidationDecision.RestoreAndRaise;
import io.github.autol2.validation.ValidationState.Best;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One mid-run state and one step for each rule of the package, on both sides of its boundary. */
class ValidationRuleTest {

    private static final int EXAMPLES = 1000;
    private static final double LAMBDA = 0.01;
    private static final ValidationOptions OPTIONS =
            ValidationOptions.forBudget(1000).withRefractory(0.1); // refractory period: 100 iterations
    private static final HeldOut BEST = right(900);
    private static final HeldOut SAME = right(900);
    private static final HeldOut HARMED = right(880);
    private static final double ROOT = Math.sqrt(OPTIONS.decayFactor());

    /** The first examples are classified rightly, so that the fewer of two performances is wrong where the other is, and elsewhere. */
    private static HeldOut right(int count) {
        float[] hits = new float[EXAMPLES];
        Arrays.fill(hits, 0, count, 1);
        return new HeldOut(new float[EXAMPLES], hits);
    }

    /** At iteration 500, the best network was that of iteration 450, at {@code bestLambda}. */
    private static ValidationState state(double lambda, double bestLambda, HeldOut lately, int harmed) {
        return new ValidationState(
                lambda,
                0.001,
                Double.POSITIVE_INFINITY,
                0,
                0,
                420,
                450,
                1,
                0,
                false,
                harmed,
                0,
                Collections.nCopies(3, lately),
                Optional.of(new Best(BEST, bestLambda, 450)));
    }

    private static ValidationRule.Step step(ValidationState state, long iteration, HeldOut now) {
        return ValidationRule.apply(OPTIONS, state, iteration, now);
    }

    @Test
    void waitsForAFullWindow() {
        ValidationState state = ValidationState.begin(0, LAMBDA, 0);

        for (int i = 1; i < OPTIONS.window(); i++) {
            ValidationRule.Step step = step(state, 10L * i, SAME);
            assertThat(step.decision()).isEqualTo(new Keep());
            assertThat(step.best()).isFalse();
            state = step.state();
        }

        assertThat(step(state, 40, SAME).best()).isTrue();
    }

    @Test
    void callsTheNetworkOfABetterWindowTheBest() {
        ValidationRule.Step step = step(state(LAMBDA, LAMBDA, BEST, 0), 510, right(903));

        assertThat(step.best()).isTrue();
        assertThat(step.decision()).isEqualTo(new Keep());
        assertThat(step.state().best().orElseThrow().iteration()).isEqualTo(510);
        assertThat(step.state().risenAt()).isEqualTo(510);
    }

    private static HeldOut dead(int right) {
        return new HeldOut(new float[EXAMPLES], right(right).hits(), false);
    }

    /** Its outputs do not depend on its input; 95 % of the examples are of one class. */
    @Test
    void neverCallsADeadNetworkTheBestOnceAnotherLived() {
        ValidationRule.Step step = step(state(LAMBDA, LAMBDA, dead(950), 0), 510, dead(950));

        assertThat(step.best()).isFalse();
        assertThat(step.decision()).isEqualTo(new Keep());
        assertThat(step.state().best().orElseThrow().performance()).isEqualTo(BEST);
    }

    @Test
    void callsTheFirstNetworkThatLivesTheBestAndDoesNotHoldADeadOnesAccuracyAgainstIt() {
        ValidationState begun = ValidationState.begin(0, LAMBDA, 0);
        for (int i = 1; i <= OPTIONS.window(); i++) {
            ValidationRule.Step step = step(begun, 10L * i, dead(950));
            assertThat(step.best()).isEqualTo(i == OPTIONS.window()); // something must be handed out
            begun = step.state();
        }
        ValidationRule.Step alive = null;
        for (int i = OPTIONS.window() + 1; i <= 2 * OPTIONS.window(); i++) {
            alive = step(begun, 10L * i, right(930));
            assertThat(alive.decision()).isEqualTo(new Keep());
            begun = alive.state();
        }

        assertThat(alive.state().harmed()).isZero();
        assertThat(alive.state().best().orElseThrow().performance().alive()).isTrue();
        assertThat(alive.state().risenAt()).isGreaterThan(10L * OPTIONS.window());
    }

    /** It is right more often than the best network, which lives. */
    @Test
    void bringsTheBestNetworkBackAtTheEndWhereALaterOneHasDied() {
        ValidationState state = state(LAMBDA, LAMBDA, dead(950), 0);

        ValidationRule.Step step = step(state, OPTIONS.budget(), dead(950));

        assertThat(step.decision()).isInstanceOf(RestoreAndHold.class);
        assertThat(step.state().lambda()).isEqualTo(LAMBDA);
        assertThat(step.state().best().orElseThrow().performance()).isEqualTo(BEST);
    }

    /** As its weights shrink to nothing: it is right by chance, one time in ten. */
    @Test
    void goesBackAndDividesLambdaWhereAClassifierDies() {
        ValidationState state = state(LAMBDA, LAMBDA, dead(100), 0);
        double lambda = LAMBDA;
        for (int restore = 1; restore <= 2; restore++) {
            ValidationRule.Step step = null;
            for (int i = 0; i < OPTIONS.window() + 1 && state.restores() < restore; i++) {
                step = step(state, 455 + 50L * restore + i, dead(100));
                state = step.state();
            }

            assertThat(step.decision())
                    .isInstanceOfSatisfying(
                            RestoreAndHold.class,
                            back -> assertThat(back.bestIteration()).isEqualTo(450));
            assertThat(state.ceiling()).isEqualTo(lambda);
            lambda /= OPTIONS.decayFactor();
            assertThat(state.lambda()).isEqualTo(lambda);
            assertThat(state.floor()).isEqualTo(0.001);
        }
    }

    @Test
    void doesNotBringADeadNetworkBackInThePlaceOfALivingOne() {
        ValidationState state = new ValidationState(
                LAMBDA,
                0.001,
                Double.POSITIVE_INFINITY,
                0,
                0,
                980,
                450,
                1,
                0,
                false,
                0,
                0,
                List.of(),
                Optional.of(new Best(dead(950), LAMBDA, 450)));

        ValidationRule.Step step = step(state, OPTIONS.budget(), right(900));

        assertThat(step.decision()).isEqualTo(new Keep());
    }

    @Test
    void dividesLambdaWhereTheNetworkStaysDead() {
        ValidationState state = state(LAMBDA, LAMBDA, dead(950), 0);

        assertThat(step(state, 550, dead(950)).decision()).isEqualTo(new Divide(550, LAMBDA, LAMBDA / 3));
    }

    @Test
    void doesNotCallAnEqualNetworkTheBest() {
        assertThat(step(state(LAMBDA, LAMBDA, BEST, 0), 510, SAME).best()).isFalse();
    }

    /** Two evaluations at 940 and one at 870: the mean is better than the best, but its last network alone is not. */
    @Test
    void passesOverANetworkThatIsADipInABetterWindow() {
        ValidationState rising = state(LAMBDA, LAMBDA, right(940), 0);

        ValidationRule.Step dip = step(rising, 510, right(870));

        assertThat(dip.best()).isFalse();
        assertThat(dip.state().best().orElseThrow().iteration()).isEqualTo(450);
        assertThat(dip.state().harmed()).isZero();
        ValidationRule.Step after = step(dip.state(), 520, right(940));
        assertThat(after.best()).isTrue();
        assertThat(after.state().best().orElseThrow().iteration()).isEqualTo(520);
    }

    /** The mean of 904, 904 and 903 is above 903 by less than one example. */
    @Test
    void takesANetworkAtMostOneStandardErrorBelowItsWindow() {
        assertThat(step(state(LAMBDA, LAMBDA, right(904), 0), 510, right(903)).best())
                .isTrue();
    }

    /** Something must be handed out, also where a training has no more than one window. */
    @Test
    void takesTheFirstFullWindowEvenIfItEndsInADip() {
        ValidationState state = ValidationState.begin(0, LAMBDA, 0);
        for (int i = 1; i < OPTIONS.window(); i++) {
            state = step(state, 10L * i, right(940)).state();
        }

        assertThat(step(state, 10L * OPTIONS.window(), right(870)).best()).isTrue();
    }

    @Test
    void dividesWhenStaleForTheRefractoryPeriod() {
        ValidationRule.Step step = step(state(LAMBDA, LAMBDA, SAME, 0), 550, SAME);

        assertThat(step.decision()).isEqualTo(new Divide(550, LAMBDA, LAMBDA / 3));
        assertThat(step.state().lambda()).isEqualTo(LAMBDA / 3);
        assertThat(step.state().changedAt()).isEqualTo(550);
        assertThat(step.state().recent()).isEmpty();
    }

    /** 900 right at both, the loss a little smaller at each evaluation. */
    @Test
    void dividesWhereOnlyTheLossCreepsDown() {
        ValidationState state = state(LAMBDA, LAMBDA, loss(1, 900), 0).withBest(loss(1, 900), 450);
        double loss = 1;
        for (long iteration = 460; iteration < 550; iteration += 10) {
            loss *= 0.999;
            ValidationRule.Step step = step(state, iteration, loss(loss, 900));
            assertThat(step.decision()).isEqualTo(new Keep());
            state = step.state();
        }

        ValidationRule.Step step = step(state, 550, loss(loss * 0.999, 900));

        assertThat(step.best()).isTrue();
        assertThat(step.decision()).isEqualTo(new Divide(550, LAMBDA, LAMBDA / 3));
        assertThat(step.state().best().orElseThrow().iteration()).isEqualTo(550);
    }

    @Test
    void waitsAsLongAsAccuracyRises() {
        ValidationState state = state(LAMBDA, LAMBDA, SAME, 0);
        int right = 900;
        for (long iteration = 460; iteration <= 900; iteration += 10) {
            right++;
            ValidationRule.Step step = step(state, iteration, right(right));
            assertThat(step.decision()).isEqualTo(new Keep());
            state = step.state();
        }
    }

    @Test
    void countsCreepingOfARegressionsLossOnceItAddsUp() {
        ValidationState state = ValidationState.begin(400, LAMBDA, 0).withBest(new HeldOut(of(1), new float[0]), 450);

        ValidationState crept = state.withBest(new HeldOut(of(0.994f), new float[0]), 460);
        ValidationState risen = crept.withBest(new HeldOut(of(0.989f), new float[0]), 470);

        assertThat(crept.risenAt()).isEqualTo(450);
        assertThat(risen.risenAt()).isEqualTo(470);
    }

    /** Such as those of cosine proximity or of a density: the better, the further below 0. */
    @Test
    void countsCreepingOfANegativeLossOnceItAddsUp() {
        ValidationState state = ValidationState.begin(400, LAMBDA, 0).withBest(new HeldOut(of(-1), new float[0]), 450);

        ValidationState crept = state.withBest(new HeldOut(of(-1.006f), new float[0]), 460);
        ValidationState risen = crept.withBest(new HeldOut(of(-1.011f), new float[0]), 470);

        assertThat(crept.risenAt()).isEqualTo(450);
        assertThat(risen.risenAt()).isEqualTo(470);
    }

    private static float[] of(float value) {
        float[] values = new float[EXAMPLES];
        Arrays.fill(values, value);
        return values;
    }

    private static HeldOut loss(double loss, int right) {
        float[] hits = new float[EXAMPLES];
        Arrays.fill(hits, 0, right, 1);
        return new HeldOut(of((float) loss), hits);
    }

    @Test
    void keepsLambdaWhenStaleForLess() {
        assertThat(step(state(LAMBDA, LAMBDA, SAME, 0), 549, SAME).decision()).isEqualTo(new Keep());
    }

    @Test
    void doesNotDivideBelowTheFloor() {
        assertThat(step(state(0.0029, 0.0029, SAME, 0), 700, SAME).decision()).isEqualTo(new Keep());
        assertThat(step(state(0.0031, 0.0031, SAME, 0), 700, SAME).decision()).isInstanceOf(Divide.class);
    }

    @Test
    void toleratesASingleHarmedEvaluation() {
        ValidationRule.Step step = step(state(LAMBDA / 3, LAMBDA, HARMED, 0), 510, HARMED);

        assertThat(step.decision()).isEqualTo(new Keep());
        assertThat(step.state().harmed()).isEqualTo(1);
    }

    @Test
    void forgetsAHarmedEvaluationAfterOneThatIsNot() {
        assertThat(step(state(LAMBDA / 3, LAMBDA, SAME, 1), 510, SAME).state().harmed())
                .isZero();
    }

    @Test
    void goesBackToTheBestNetworkAndItsLambdaWhenASmallerOneHarms() {
        ValidationRule.Step step = step(state(LAMBDA / 3, LAMBDA, HARMED, 1), 510, HARMED);

        assertThat(step.decision()).isEqualTo(new RestoreAndHold(510, 450, LAMBDA / 3, LAMBDA));
        assertThat(step.state().lambda()).isEqualTo(LAMBDA);
        assertThat(step.state().floor()).isEqualTo(LAMBDA);
        assertThat(step.state().restores()).isEqualTo(1);
        assertThat(step.state().recent()).isEmpty();
        assertThat(step.state().changedAt()).isEqualTo(510);
    }

    @Test
    void neverDividesBelowALambdaThatWasBetter() {
        ValidationState after =
                step(state(LAMBDA / 3, LAMBDA, HARMED, 1), 510, HARMED).state();

        for (long iteration = 520; iteration < 1000; iteration += 10) {
            ValidationRule.Step step = step(after, iteration, SAME);
            assertThat(step.decision()).isEqualTo(new Keep());
            after = step.state();
        }
    }

    @Test
    void raisesLambdaWhenHarmedAtTheBestOnesOwn() {
        ValidationRule.Step step = step(state(LAMBDA, LAMBDA, HARMED, 1), 510, HARMED);

        assertThat(step.decision()).isEqualTo(new RestoreAndRaise(510, 450, LAMBDA, LAMBDA * ROOT));
        assertThat(step.state().lambda()).isEqualTo(LAMBDA * ROOT);
        assertThat(step.state().floor()).isEqualTo(LAMBDA);
    }

    @Test
    void closesTheWayUpWhereALargerLambdaHarms() {
        ValidationRule.Step step = step(state(LAMBDA * ROOT, LAMBDA, HARMED, 1), 510, HARMED);

        assertThat(step.decision()).isEqualTo(new RestoreAndHold(510, 450, LAMBDA * ROOT, LAMBDA));
        assertThat(step.state().ceiling()).isEqualTo(LAMBDA * ROOT);
        assertThat(step.state().floor()).isEqualTo(0.001);
    }

    @Test
    void doesNotRaiseLambdaToWhatHasHarmed() {
        ValidationState closed = new ValidationState(
                LAMBDA,
                0.001,
                LAMBDA * ROOT,
                0,
                0,
                420,
                450,
                1,
                0,
                false,
                1,
                1,
                Collections.nCopies(3, HARMED),
                Optional.of(new Best(BEST, LAMBDA, 450)));

        assertThat(step(closed, 510, HARMED).decision()).isEqualTo(new RestoreAndHold(510, 450, LAMBDA, LAMBDA));
    }

    @Test
    void holdsLambdaAfterTheLastRestore() {
        ValidationState spent = new ValidationState(
                LAMBDA,
                0,
                Double.POSITIVE_INFINITY,
                0,
                0,
                420,
                450,
                1,
                0,
                false,
                1,
                OPTIONS.mostRestores(),
                Collections.nCopies(3, HARMED),
                Optional.of(new Best(BEST, LAMBDA, 450)));

        assertThat(step(spent, 510, HARMED).decision()).isEqualTo(new Keep());
        assertThat(step(spent, 900, HARMED).decision()).isEqualTo(new Keep());
    }

    /** 20 of 1,000 examples changed in one way are 4.5 standard errors; 2 of 100 are 1.4. */
    @Test
    void takesTheSameLossForHarmOnlyWhereThereAreExamplesEnough() {
        HeldOut few = new HeldOut(new float[100], Arrays.copyOf(ones(90), 100));
        HeldOut fewer = new HeldOut(new float[100], Arrays.copyOf(ones(88), 100));
        ValidationState small = new ValidationState(
                LAMBDA,
                0,
                Double.POSITIVE_INFINITY,
                0,
                0,
                420,
                450,
                1,
                0,
                false,
                1,
                0,
                Collections.nCopies(3, fewer),
                Optional.of(new Best(few, LAMBDA, 450)));

        assertThat(step(small, 510, fewer).decision()).isEqualTo(new Keep());
        assertThat(step(state(LAMBDA, LAMBDA, HARMED, 1), 510, HARMED).decision())
                .isInstanceOf(RestoreAndRaise.class);
    }

    /** All were right, and are wrong. */
    @Test
    void takesNothingForHarmBelowTenExamples() {
        for (int examples : new int[] {2, 9, 10}) {
            HeldOut none = new HeldOut(new float[examples], new float[examples]);
            ValidationState state = state(LAMBDA / 3, LAMBDA, none, 1);
            ValidationState small = new ValidationState(
                    state.lambda(),
                    state.floor(),
                    state.ceiling(),
                    0,
                    0,
                    state.changedAt(),
                    state.risenAt(),
                    1,
                    0,
                    false,
                    1,
                    0,
                    state.recent(),
                    Optional.of(new Best(new HeldOut(new float[examples], ones(examples)), LAMBDA, 450)));

            ValidationRule.Step step = step(small, 510, none);

            assertThat(step.decision() instanceof RestoreAndHold).isEqualTo(examples == 10);
        }
    }

    @Test
    void bringsTheBestNetworkBackAtOnceWhenNumbersAreNotFinite() {
        ValidationRule.Step step = ValidationRule.applyBroken(OPTIONS, state(LAMBDA / 3, LAMBDA, SAME, 0), 510);

        assertThat(step.decision()).isEqualTo(new RestoreAndHold(510, 450, LAMBDA / 3, LAMBDA));
    }

    /** Whatever the lambda was: a step that explodes tells nothing of it. */
    @Test
    void numbersThatAreNotFiniteLeaveLambdaFreeToFall() {
        for (double lambda : new double[] {LAMBDA / 3, LAMBDA, LAMBDA * ROOT}) {
            ValidationRule.Step broken = ValidationRule.applyBroken(OPTIONS, state(lambda, LAMBDA, SAME, 0), 510);

            assertThat(broken.decision()).isEqualTo(new RestoreAndHold(510, 450, lambda, LAMBDA));
            assertThat(broken.state().lambda()).isEqualTo(LAMBDA);
            assertThat(broken.state().floor()).isEqualTo(0.001);
            assertThat(broken.state().ceiling()).isInfinite();
            ValidationState after = broken.state();
            for (long iteration = 520; iteration < 610; iteration += 10) {
                after = step(after, iteration, SAME).state();
            }
            assertThat(step(after, 610, SAME).decision()).isEqualTo(new Divide(610, LAMBDA, LAMBDA / 3));
        }
    }

    @Test
    void holdsLambdaWhereNumbersAreNotFiniteAgainAndAgain() {
        ValidationState state = state(LAMBDA, LAMBDA, SAME, 0);
        for (int i = 1; i <= OPTIONS.mostRestores(); i++) {
            state = ValidationRule.applyBroken(OPTIONS, state, 500 + i).state();
        }
        for (long iteration = 510; iteration <= 900; iteration += 10) {
            ValidationRule.Step step = step(state, iteration, SAME);
            assertThat(step.decision()).isEqualTo(new Keep());
            state = step.state();
        }
    }

    @Test
    void keepsABrokenNetworkWhereThereIsNoBetterOne() {
        ValidationRule.Step step = ValidationRule.applyBroken(OPTIONS, ValidationState.begin(0, LAMBDA, 0), 10);

        assertThat(step.decision()).isEqualTo(new Keep());
        assertThat(step.state().lambda()).isEqualTo(LAMBDA);
    }

    @Test
    void judgesRegressionByItsLoss() {
        HeldOut good = new HeldOut(ones(EXAMPLES), new float[0]);
        float[] worse = ones(EXAMPLES);
        for (int i = 0; i < EXAMPLES; i += 2) {
            worse[i] = 1.5f;
        }
        HeldOut bad = new HeldOut(worse, new float[0]);
        ValidationState state = new ValidationState(
                LAMBDA / 3,
                0,
                Double.POSITIVE_INFINITY,
                0,
                0,
                420,
                450,
                1,
                0,
                false,
                1,
                0,
                List.of(bad, bad, bad),
                Optional.of(new Best(good, LAMBDA, 450)));

        assertThat(step(state, 510, bad).decision()).isInstanceOf(RestoreAndHold.class);
        assertThat(step(state, 510, good).state().harmed()).isLessThanOrEqualTo(2);
    }

    /** Whatever is measured: lambda stays between the floor and its highest raise, and restores are limited. */
    @Test
    void keepsLambdaWithinItsBoundsOnRandomEvaluations() {
        Random random = new Random(1);
        for (int run = 0; run < 100; run++) {
            ValidationState state = ValidationState.begin(0, LAMBDA, 0.001);
            boolean best = false;
            for (long iteration = 10; iteration <= 1000; iteration += 10) {
                float[] hits = new float[50];
                double accuracy = 0.3 + 0.5 * random.nextDouble();
                for (int i = 0; i < hits.length; i++) {
                    hits[i] = random.nextDouble() < accuracy ? 1 : 0;
                }
                ValidationRule.Step step = step(state, iteration, new HeldOut(new float[50], hits));
                best |= step.best();
                boolean restores =
                        step.decision() instanceof RestoreAndHold || step.decision() instanceof RestoreAndRaise;
                assertThat(restores && !best).isFalse();
                state = step.state();
                assertThat(state.lambda()).isBetween(0.00099, LAMBDA * Math.pow(ROOT, OPTIONS.mostRestores()) * 1.001);
            }
            assertThat(state.restores()).isLessThanOrEqualTo(OPTIONS.mostRestores() + 1);
        }
    }

    @Test
    void bringsTheBestNetworkBackAtTheEndIfTheLastOneIsWorseByMoreThanAStandardError() {
        // given standard errors of one example that changed: two of 1,000 are 1.4 of them, one is 0.7
        ValidationState state = state(LAMBDA, 3 * LAMBDA, BEST, 0);

        ValidationRule.Step worse = step(state, OPTIONS.budget(), right(898));
        ValidationRule.Step same = step(state, OPTIONS.budget(), right(899));
        ValidationRule.Step before = step(state.seen(state.recent(), 0), OPTIONS.budget() - 1, right(898));

        assertThat(worse.decision()).isEqualTo(new RestoreAndHold(OPTIONS.budget(), 450, LAMBDA, 3 * LAMBDA));
        assertThat(worse.best()).isFalse();
        assertThat(same.decision()).isNotInstanceOf(RestoreAndHold.class);
        assertThat(before.decision()).isNotInstanceOf(RestoreAndHold.class);
    }

    @Test
    void keepsTheLastNetworkIfItsWindowIsTheBest() {
        ValidationState state = state(LAMBDA, LAMBDA, right(950), 0);

        ValidationRule.Step step = step(state, OPTIONS.budget(), right(949));

        assertThat(step.best()).isTrue();
        assertThat(step.decision()).isEqualTo(new Keep());
    }

    @Test
    void bringsTheBestNetworkBackAtTheEndIfTheLastOneIsADipInABetterWindow() {
        ValidationState state = state(LAMBDA, LAMBDA, right(950), 0);

        ValidationRule.Step step = step(state, OPTIONS.budget(), right(880));

        assertThat(step.decision()).isEqualTo(new RestoreAndHold(OPTIONS.budget(), 450, LAMBDA, LAMBDA));
    }

    @Test
    void bringsTheBestNetworkBackAtTheEndEvenAfterTheLastRestore() {
        ValidationState state = state(LAMBDA, LAMBDA, BEST, 0);
        for (int i = 0; i < OPTIONS.mostRestores(); i++) {
            state = state.restored(LAMBDA, 0.001, 1, 460);
        }

        assertThat(step(state, OPTIONS.budget(), HARMED).decision()).isInstanceOf(RestoreAndHold.class);
        assertThat(ValidationRule.applyBroken(OPTIONS, state, OPTIONS.budget()).decision())
                .isInstanceOf(RestoreAndHold.class);
    }

    /** The bound on restores is one on noise. */
    @Test
    void bringsTheBestNetworkBackEvenAfterTheLastRestoreWhenNumbersAreNotFinite() {
        ValidationState state = state(LAMBDA, LAMBDA, BEST, 0);
        for (int i = 0; i < OPTIONS.mostRestores(); i++) {
            state = state.restored(3 * LAMBDA, 0.001, 1, 460);
        }
        for (long iteration : new long[] {510, 520, OPTIONS.budget(), OPTIONS.budget() + 10}) {
            ValidationRule.Step step = ValidationRule.applyBroken(OPTIONS, state, iteration);

            assertThat(step.decision()).isEqualTo(new RestoreAndHold(iteration, 450, state.lambda(), LAMBDA));
            assertThat(step.state().lambda()).isEqualTo(LAMBDA);
            state = step.state();
        }
        assertThat(step(state, 530, SAME).decision()).isEqualTo(new Keep());
    }

    /** A learning rate that warms up is small at first. */
    @Test
    void dividesDownToWhatTheLargestLearningRateMakesIdle() {
        ValidationState cold = ValidationState.begin(400, LAMBDA, 0)
                .seenEtaEff(0.1) // 1/(0.1 * 1000) = LAMBDA
                .withBest(BEST, 450)
                .seen(Collections.nCopies(3, SAME), 0);
        ValidationState warm = cold.seenEtaEff(0.4).seenEtaEff(0.2).seenEtaEff(Double.POSITIVE_INFINITY);

        assertThat(step(cold, 700, SAME).decision()).isEqualTo(new Keep());
        assertThat(warm.etaEff()).isEqualTo(0.4);
        assertThat(step(warm, 700, SAME).decision()).isEqualTo(new Divide(700, LAMBDA, LAMBDA / 3));
        assertThat(step(step(warm, 700, SAME).state(), 900, SAME).decision()).isEqualTo(new Keep());
    }

    /** 0.0302 / 3 = 0.01007 is above the floor, 0.0298 / 3 = 0.00993 is taken for it. */
    @Test
    void neverGetsBelowTheFloorByRounding() {
        for (double lambda : new double[] {0.0302, 0.0298}) {
            ValidationState state = ValidationState.begin(400, lambda, LAMBDA)
                    .withBest(BEST, 450)
                    .seen(Collections.nCopies(3, SAME), 0);

            ValidationRule.Step step = step(state, 700, SAME);

            assertThat(step.decision()).isInstanceOf(Divide.class);
            assertThat(step.state().lambda()).isEqualTo(Math.max(lambda / 3, LAMBDA));
        }
    }

    @Test
    void countsTheBudgetOfANetworkThatWasTrainedBeforeFromWhereTheTrainingBegan() {
        ValidationState state = state(LAMBDA, 3 * LAMBDA, BEST, 0).trainedBefore(200);

        assertThat(step(state, OPTIONS.budget(), right(898)).decision()).isNotInstanceOf(RestoreAndHold.class);
        assertThat(step(state, 200 + OPTIONS.budget(), right(898)).decision())
                .isEqualTo(new RestoreAndHold(200 + OPTIONS.budget(), 450, LAMBDA, 3 * LAMBDA));
    }

    @Test
    void onlyTellsTheBestNetworkBeyondTheBudget() {
        long beyond = OPTIONS.budget() + 10;

        assertThat(step(state(LAMBDA, LAMBDA, SAME, 0), beyond, SAME).decision())
                .isEqualTo(new Keep());
        assertThat(step(state(LAMBDA / 3, LAMBDA, HARMED, 1), beyond, HARMED).decision())
                .isEqualTo(new Keep());
        assertThat(step(state(LAMBDA, LAMBDA, right(950), 0), beyond, right(950))
                        .best())
                .isTrue();
    }

    @Test
    void knowsTheBestNetworkOfTheShortRunThatItGoesOnFromAndHasNotActedInIt() {
        ValidationOptions watching = OPTIONS.withMostRestores(0);
        ValidationState state = ValidationState.begin(0, LAMBDA, 0);
        for (int i = 1; i <= 3; i++) {
            state = ValidationRule.apply(watching, state, 10L * i, SAME).state();
        }
        for (int i = 4; i <= 10; i++) { // harmed, over and over
            ValidationRule.Step step = ValidationRule.apply(watching, state, 10L * i, right(600));
            assertThat(step.decision()).isEqualTo(new Keep());
            state = step.state();
        }

        state = state.goOn(100, LAMBDA / 2, false);

        assertThat(state.best().orElseThrow().iteration()).isEqualTo(30);
        assertThat(state.floor()).isEqualTo(LAMBDA / 2);
        assertThat(state.changedAt()).isEqualTo(100); // not divided for a refractory period from here
        ValidationRule.Step once = ValidationRule.apply(OPTIONS, state, 110, right(600));
        assertThat(once.decision()).isEqualTo(new Keep());
        assertThat(ValidationRule.apply(OPTIONS, once.state(), 120, right(600)).decision())
                .isEqualTo(new RestoreAndRaise(120, 30, LAMBDA, LAMBDA * Math.sqrt(OPTIONS.decayFactor())));
    }

    @Test
    void goesOnFromTheBestNetworkThatWasBroughtBackByHand() {
        ValidationState state = state(LAMBDA / 3, LAMBDA, HARMED, 1).backAtBest(510);

        assertThat(state.lambda()).isEqualTo(LAMBDA);
        assertThat(state.recent()).isEmpty();
        assertThat(state.harmed()).isZero();
        assertThat(state.changedAt()).isEqualTo(510);
        assertThat(state.restores()).isZero();
    }

    @Test
    void bringsNothingBackAtTheEndWhereItOnlyTellsTheBestNetwork() {
        ValidationOptions telling = OPTIONS.withMostRestores(0);
        ValidationState state = state(LAMBDA, LAMBDA, BEST, 0);

        assertThat(ValidationRule.apply(telling, state, telling.budget(), HARMED)
                        .decision())
                .isEqualTo(new Keep());
        assertThat(ValidationRule.applyBroken(telling, state, telling.budget()).decision())
                .isEqualTo(new Keep());
    }

    @Test
    void refusesEvaluationsOfOtherExamples() {
        assertThatThrownBy(() -> step(state(LAMBDA, LAMBDA, SAME, 0), 510, new HeldOut(ones(2), ones(2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("evaluations must be of the same");
    }

    @Test
    void raisesByTheRootOfTheDecayFactor() {
        ValidationRule.Step step =
                ValidationRule.apply(OPTIONS.withDecayFactor(4), state(LAMBDA, LAMBDA, HARMED, 1), 510, HARMED);

        assertThat(step.state().lambda()).isCloseTo(0.02, within(1e-15));
    }

    private static float[] ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }
}
