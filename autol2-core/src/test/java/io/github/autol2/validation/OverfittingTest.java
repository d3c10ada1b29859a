package io.github.autol2.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.schedule.InitialLambda;
import io.github.autol2.validation.ValidationDecision.Divide;
import io.github.autol2.validation.ValidationDecision.Keep;
import io.github.autol2.validation.ValidationDecision.RestoreAndHold;
import io.github.autol2.validation.ValidationDecision.RestoreAndRaise;
import io.github.autol2.validation.ValidationState.Best;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A training that begins with next to no penalty, and its first overfitting. */
class OverfittingTest {

    private static final double LAMBDA = 1e-5;
    private static final double WHOLE = 0.01;
    private static final ValidationOptions OPTIONS =
            ValidationOptions.forBudget(1000).withRefractory(0.1); // refractory period: 100 iterations

    private static HeldOut evaluation(int examples, int right, double loss) {
        float[] hits = new float[examples];
        Arrays.fill(hits, 0, right, 1);
        float[] losses = new float[examples];
        for (int i = 0; i < examples; i++) {
            losses[i] = (float) (loss * (i % 2 == 0 ? 0.5 : 1.5));
        }
        return new HeldOut(losses, hits);
    }

    private static HeldOut of(int right, double loss) {
        return evaluation(1000, right, loss);
    }

    /** At iteration 500, the best network was that of iteration 450, at 900 of 1,000 and a loss of 1. */
    private static ValidationState state(HeldOut lately, double lambda, double bestLambda, double ceiling, int harmed) {
        return new ValidationState(
                lambda,
                0,
                ceiling,
                1, // 1/(etaEff T) is 0.001
                0,
                420,
                450,
                1,
                0,
                false,
                harmed,
                0,
                Collections.nCopies(3, lately),
                Optional.of(new Best(evaluation(lately.examples(), lately.examples() * 9 / 10, 1), bestLambda, 450)));
    }

    private static ValidationState quiet(HeldOut lately, int harmed) {
        return state(lately, LAMBDA, LAMBDA, Double.POSITIVE_INFINITY, harmed).withRaiseTo(WHOLE);
    }

    private static ValidationRule.Step step(ValidationState state, long iteration, HeldOut now) {
        return ValidationRule.apply(OPTIONS, state, iteration, now);
    }

    @Test
    void leavesLambdaAloneWhilePerformanceIsStaleAndTheLossHasNotRisen() {
        assertThat(step(quiet(of(900, 1), 0), 700, of(900, 1)).decision()).isEqualTo(new Keep());
    }

    @Test
    void raisesLambdaOnceWhenStaleAndTheLossHasRisen() {
        HeldOut overfitted = of(900, 1.2);

        ValidationRule.Step early = step(quiet(overfitted, 0), 549, overfitted);
        ValidationRule.Step step = step(quiet(overfitted, 0), 550, overfitted);

        assertThat(early.decision()).isEqualTo(new Keep());
        assertThat(step.decision()).isEqualTo(new RestoreAndRaise(550, 450, LAMBDA, WHOLE));
        assertThat(step.state().lambda()).isEqualTo(WHOLE);
        assertThat(step.state().waits()).isFalse();
    }

    @Test
    void raisesLambdaWhenAccuracyIsHarmedWithoutWaitingForTheRefractoryPeriod() {
        ValidationRule.Step step = step(quiet(of(880, 1), 1), 510, of(880, 1));

        assertThat(step.decision()).isEqualTo(new RestoreAndRaise(510, 450, LAMBDA, WHOLE));
        assertThat(step.state().waits()).isFalse();
    }

    @Test
    void raisesNothingThatHasNoTimeToComeDownAgain() {
        for (HeldOut now : List.of(of(900, 1.2), of(880, 1))) {
            int harmed = now.accuracy().orElseThrow() < 0.9 ? 1 : 0;
            assertThat(step(quiet(now, harmed), 900, now).decision()).isInstanceOf(RestoreAndRaise.class);
            assertThat(step(quiet(now, harmed), 901, now).decision()).isNotInstanceOf(RestoreAndRaise.class);
        }
    }

    @Test
    void takesNoLossForRisenThatIsLessThanAHundredthAboveTheBestOnes() {
        assertThat(step(quiet(of(900, 1.009), 0), 700, of(900, 1.009)).decision())
                .isEqualTo(new Keep());
        assertThat(step(quiet(of(900, 1.011), 0), 700, of(900, 1.011)).decision())
                .isInstanceOf(RestoreAndRaise.class);
    }

    /** Of the network's own, for example. */
    @Test
    void doesNotDivideALambdaThatWaitsToBeRaised() {
        ValidationState own =
                state(of(900, 1), 0.004, 0.004, Double.POSITIVE_INFINITY, 0).withRaiseTo(WHOLE);

        assertThat(step(own, 700, of(900, 1)).decision()).isEqualTo(new Keep());
        assertThat(step(own.withRaiseTo(0), 700, of(900, 1)).decision()).isInstanceOf(Divide.class);
    }

    @Test
    void doesNotRaiseLambdaAgainAfterADivision() {
        HeldOut stale = of(900, 1);
        ValidationState raised =
                state(stale, LAMBDA, WHOLE, Double.POSITIVE_INFINITY, 0).withRaiseTo(WHOLE);
        ValidationState whole = new ValidationState(
                WHOLE,
                0,
                Double.POSITIVE_INFINITY,
                1,
                0,
                420,
                450,
                1,
                WHOLE,
                false,
                0,
                1,
                raised.recent(),
                raised.best());

        ValidationRule.Step divided = step(whole, 700, stale);

        assertThat(divided.decision()).isEqualTo(new Divide(700, WHOLE, WHOLE / 3));
        assertThat(divided.state().waits()).isFalse();
    }

    @Test
    void brokenNumbersAfterTheRaiseLetLambdaWaitAgain() {
        ValidationState raised = step(quiet(of(900, 1.2), 0), 550, of(900, 1.2)).state();

        ValidationRule.Step step = ValidationRule.applyBroken(OPTIONS, raised, 560);

        assertThat(step.state().lambda()).isEqualTo(LAMBDA);
        assertThat(step.state().waits()).isTrue();
    }

    @Test
    void aDeathAtNextToNothingDoesNotCloseTheWayUp() {
        HeldOut dead = new HeldOut(new float[1000], of(100, 1).hits(), false);

        ValidationRule.Step step = step(quiet(dead, 1), 510, dead);

        assertThat(step.decision()).isInstanceOf(RestoreAndHold.class);
        assertThat(step.state().lambda()).isEqualTo(LAMBDA);
        assertThat(step.state().waits()).isTrue();
    }

    @Test
    void isNotRaisedToATauOfLessThanTwoHundredIterations() {
        ValidationState waiting = ValidationState.begin(0, LAMBDA, 0).withRaiseTo(WHOLE);

        assertThat(waiting.seenEtaEff(0.5).raiseTo()).isEqualTo(WHOLE);
        assertThat(waiting.seenEtaEff(5).raiseTo()).isEqualTo(0.001);
    }

    @Test
    void takesNoLossForRisenThatIsNearTheBestOnesByChance() {
        HeldOut noise = evaluation(1000, 900, 1);
        float[] losses = noise.losses();
        losses[0] += 20; // one example: its mean is 2 % and one standard error above
        HeldOut now = new HeldOut(losses, noise.hits());

        assertThat(step(quiet(now, 0), 700, now).decision()).isEqualTo(new Keep());
    }

    @Test
    void takesNineExamplesForNothing() {
        assertThat(step(quiet(evaluation(9, 8, 5), 0), 700, evaluation(9, 8, 5)).decision())
                .isEqualTo(new Keep());
        assertThat(step(quiet(evaluation(10, 9, 5), 0), 700, evaluation(10, 9, 5))
                        .decision())
                .isInstanceOf(RestoreAndRaise.class);
    }

    @Test
    void dividesAsEverWhereNothingWaitsToBeRaised() {
        HeldOut overfitted = of(900, 1.2);

        ValidationRule.Step step = step(state(overfitted, WHOLE, WHOLE, Double.POSITIVE_INFINITY, 0), 550, overfitted);

        assertThat(step.decision()).isEqualTo(new Divide(550, WHOLE, WHOLE / 3));
    }

    @Test
    void goesBackWhereTheRaiseHarmsAndTriesHalfOfTheWayThen() {
        HeldOut harmed = of(880, 1);
        ValidationState state = step(quiet(harmed, 1), 510, harmed).state();
        assertThat(state.lambda()).isEqualTo(WHOLE);

        state = untilRestored(state, 520, harmed);
        assertThat(state.lambda()).isEqualTo(LAMBDA);
        assertThat(state.ceiling()).isEqualTo(WHOLE);

        state = untilRestored(state, 620, harmed);
        assertThat(state.lambda()).isCloseTo(Math.sqrt(LAMBDA * WHOLE), within(1e-12));
        assertThat(state.restores()).isEqualTo(3);
    }

    /** As from a hundredth of the lambda that plays a part, which is 0.001 here. */
    @Test
    void halfOfTheWayFromNothingIsNotNothing() {
        HeldOut harmed = of(880, 1);
        double nothing = InitialLambda.NOTHING;
        ValidationState state =
                state(harmed, nothing, nothing, Double.POSITIVE_INFINITY, 1).withRaiseTo(WHOLE);

        state = untilRestored(step(state, 510, harmed).state(), 520, harmed);
        assertThat(state.lambda()).isEqualTo(nothing);
        state = untilRestored(state, 620, harmed);

        assertThat(state.lambda()).isCloseTo(Math.sqrt(1e-5 * WHOLE), within(1e-12));
    }

    private static ValidationState untilRestored(ValidationState before, long from, HeldOut now) {
        ValidationState state = before;
        for (long iteration = from; state.restores() == before.restores() && iteration < from + 100; iteration += 10) {
            state = step(state, iteration, now).state();
        }
        return state;
    }

    /** The bound on tau lowers what waited; that it has done harm is not forgotten. */
    @Test
    void doesNotWaitAgainAfterHarmWhereTheLearningRateRises() {
        HeldOut harmed = of(880, 1);
        ValidationState raised = step(quiet(harmed, 1), 510, harmed).state();

        ValidationState back = untilRestored(raised, 520, harmed).seenEtaEff(1.01);

        assertThat(back.raiseTo()).isLessThan(WHOLE);
        assertThat(back.waits()).isFalse();
    }

    /** That of the network's own, which is no small one, may have killed it. */
    @Test
    void aDeathAtACoefficientThatMattersClosesTheWayUp() {
        HeldOut dead = new HeldOut(new float[1000], of(100, 1).hits(), false);
        ValidationState own =
                state(dead, 0.004, 0.004, Double.POSITIVE_INFINITY, 1).withRaiseTo(WHOLE);

        ValidationRule.Step step = step(own, 510, dead);

        assertThat(step.state().lambda()).isLessThan(0.004);
        assertThat(step.state().ceiling()).isEqualTo(0.004);
    }

    @Test
    void keepsWhatWaitsThroughARestoreForBrokenNumbers() {
        ValidationRule.Step step = ValidationRule.applyBroken(OPTIONS, quiet(of(900, 1), 0), 510);

        assertThat(step.decision()).isInstanceOf(RestoreAndHold.class);
        assertThat(step.state().raiseTo()).isEqualTo(WHOLE);
    }

    @Test
    void waitsForNothingThatIsNotAboveTheFirstLambda() {
        for (double notAbove : List.of(0.0, LAMBDA / 2, LAMBDA)) {
            assertThat(ValidationState.begin(0, LAMBDA, 0).withRaiseTo(notAbove).raiseTo())
                    .isZero();
        }
        assertThat(ValidationState.begin(0, LAMBDA, 0).withRaiseTo(WHOLE).raiseTo())
                .isEqualTo(WHOLE);
    }

    @Test
    void rejectsAnInfiniteRaise() {
        assertThatThrownBy(() -> ValidationState.begin(0, LAMBDA, 0).withRaiseTo(Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("raiseTo must be finite and >= 0, got Infinity");
    }
}
