package io.github.autol2.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One mid-run state and one step for each sign, on both sides of its boundary. */
class SignificantRiseRuleTest {

    private static final double LAMBDA = 0.01;
    private static final double ETA = 0.5; // tau = 200 iterations
    private static final AutoL2Options OPTIONS = AutoL2Options.adaptive(new InitialLambda.Fixed(LAMBDA));
    private static final double FIRST = 2;
    private static final double MINIMUM = 0.5;
    private static final double NOISE = 0.03;

    /** Half a tau after the last division at iteration 1000, with the minimum's noise 0.04. */
    private static AutoL2State state(double elapsed, double previousError) {
        return new AutoL2State(
                LAMBDA,
                1000,
                0.55,
                previousError,
                MINIMUM,
                0.1,
                new Progress(1100, elapsed, 3 + elapsed, 0.04, ETA, FIRST));
    }

    private static Measurement measurement(long iteration, double loss, double error) {
        return new Measurement(iteration, loss, OptionalDouble.of(error), NOISE, ETA);
    }

    private static AutoL2Rule.Step step(AutoL2State state, Measurement measurement) {
        return AutoL2Rule.apply(OPTIONS, state, measurement);
    }

    private static Decision.Cause cause(AutoL2Rule.Step step) {
        assertThat(step.decision()).isInstanceOf(Decision.Divide.class);
        return ((Decision.Divide) step.decision()).cause();
    }

    /** 4 * hypot(0.03, 0.04) = 0.2 above the minimum. */
    @Test
    void dividesWhenTheLossRisesByMoreThanFourStandardErrors() {
        AutoL2Rule.Step step = step(state(0.5, 0.1), measurement(1120, 0.7001, 0.1));

        assertThat(cause(step)).isEqualTo(Decision.Cause.LOSS);
        assertThat(step.state().lambda()).isEqualTo(LAMBDA / 3);
    }

    @Test
    void keepsLambdaWhenTheLossRisesByLess() {
        assertThat(step(state(0.5, 0.1), measurement(1120, 0.6999, 0.1)).decision())
                .isEqualTo(new Decision.Keep(Decision.Reason.IMPROVING));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1, 1e6})
    void doesNotDependOnTheScaleOfTheLoss(double scale) {
        AutoL2State scaled = new AutoL2State(
                LAMBDA,
                1000,
                0.55 * scale,
                0.1,
                MINIMUM * scale,
                0.1,
                new Progress(1100, 0.5, 3.5, 0.04 * scale, ETA, FIRST * scale));
        Measurement above = new Measurement(1120, 0.7001 * scale, OptionalDouble.of(0.1), NOISE * scale, ETA);
        Measurement below = new Measurement(1120, 0.6999 * scale, OptionalDouble.of(0.1), NOISE * scale, ETA);

        assertThat(step(scaled, above).decision()).isInstanceOf(Decision.Divide.class);
        assertThat(step(scaled, below).decision()).isInstanceOf(Decision.Keep.class);
    }

    @Test
    void takesAnyRiseForSignificantWithoutNoise() {
        AutoL2State exact =
                new AutoL2State(LAMBDA, 1000, 0.5, 0.1, MINIMUM, 0.1, new Progress(1100, 0.5, 3.5, 0, ETA, FIRST));

        assertThat(cause(step(exact, new Measurement(1120, Math.nextUp(MINIMUM), OptionalDouble.empty(), ETA))))
                .isEqualTo(Decision.Cause.LOSS);
        assertThat(step(exact, new Measurement(1120, MINIMUM, OptionalDouble.empty(), ETA))
                        .decision())
                .isInstanceOf(Decision.Keep.class);
    }

    /** 20 iterations are 0.1 tau; the refractory period is 0.4 tau, and must be over. */
    @Test
    void waitsForTheRefractoryPeriod() {
        assertThat(step(state(0.3, 0.1), measurement(1120, 1, 0.1)).decision())
                .isEqualTo(new Decision.Keep(Decision.Reason.REFRACTORY));
        assertThat(step(state(0.31, 0.1), measurement(1120, 1, 0.1)).decision()).isInstanceOf(Decision.Divide.class);
    }

    @Test
    void dividesWhenTheTrainingErrorIsZeroTwice() {
        assertThat(cause(step(state(0.5, 0), measurement(1120, 0.5, 0)))).isEqualTo(Decision.Cause.FITTED);
        assertThat(step(state(0.5, 0.001), measurement(1120, 0.5, 0)).decision())
                .isInstanceOf(Decision.Keep.class);
        assertThat(step(state(0.5, 0), measurement(1120, 0.5, 0.001)).decision())
                .isInstanceOf(Decision.Keep.class);
    }

    @Test
    void dividesWhenTheLongestTimeAtOneLambdaIsOver() {
        assertThat(cause(step(state(0.9, 0.1), measurement(1120, 0.4, 0.1)))).isEqualTo(Decision.Cause.PATIENCE);
        assertThat(step(state(0.89, 0.1), measurement(1120, 0.4, 0.1)).decision())
                .isInstanceOf(Decision.Keep.class);
    }

    /** A loss of 0.9 times the first one, more than half a refractory period after the last division. */
    @Test
    void stepsDownEarlyWhenTheNetworkHasCollapsed() {
        assertThat(cause(step(state(0.11, 0.9), measurement(1120, 1.8, 0.9)))).isEqualTo(Decision.Cause.COLLAPSE);
        assertThat(step(state(0.11, 0.9), measurement(1120, 1.79, 0.9)).decision())
                .isEqualTo(new Decision.Keep(Decision.Reason.REFRACTORY));
        assertThat(step(state(0.09, 0.9), measurement(1120, 1.8, 0.9)).decision())
                .isEqualTo(new Decision.Keep(Decision.Reason.REFRACTORY));
    }

    @Test
    void keepsLambdaAtItsFloor() {
        assertThat(AutoL2Rule.apply(OPTIONS.withMinimumLambda(LAMBDA), state(0.9, 0), measurement(1120, 1, 0))
                        .decision())
                .isEqualTo(new Decision.Keep(Decision.Reason.AT_FLOOR));
    }

    /** After a step of the schedule from 0.5 to 0.1 the same 20 iterations are 0.02 tau; what has passed before stays counted. */
    @Test
    void countsEachIterationWithItsOwnLearningRate() {
        Measurement slow = new Measurement(1120, 0.4, OptionalDouble.of(0.1), NOISE, 0.1);

        assertThat(step(state(0.5, 0.1), measurement(1120, 0.4, 0.1))
                        .state()
                        .progress()
                        .elapsed())
                .isCloseTo(0.6, within(1e-12));
        assertThat(step(state(0.5, 0.1), slow).state().progress().elapsed()).isCloseTo(0.52, within(1e-12));
        assertThat(step(state(0.5, 0.1), slow).state().progress().total()).isCloseTo(3.52, within(1e-12));
    }

    @Test
    void standsStillWhileTheLearningRateIsZero() {
        Measurement still = new Measurement(1120, 0.4, OptionalDouble.of(0.1), NOISE, 0);

        assertThat(step(state(0.5, 0.1), still).state().progress().elapsed()).isEqualTo(0.5);
    }

    @Test
    void beginsAnewAfterADivision() {
        AutoL2State next = step(state(0.5, 0), measurement(1120, 0.5, 0)).state();

        assertThat(next.progress())
                .isEqualTo(new Progress(1120, 0, next.progress().total(), 0, 0, FIRST));
        assertThat(next.progress().total()).as("goes on").isCloseTo(3.6, within(1e-12));
        assertThat(next.minimumLoss()).isInfinite();
        assertThat(next.lastDivision()).isEqualTo(1120);
    }

    @Test
    void remembersTheNoiseOfTheMinimum() {
        assertThat(step(state(0.5, 0.1), measurement(1120, 0.45, 0.1))
                        .state()
                        .progress()
                        .minimumNoise())
                .isEqualTo(NOISE);
        assertThat(step(state(0.5, 0.1), measurement(1120, 0.55, 0.1))
                        .state()
                        .progress()
                        .minimumNoise())
                .isEqualTo(0.04);
    }

    /** A schedule that raises the learning rate raises the loss: the minimum begins anew. */
    @Test
    void doesNotCompareALossWithTheMinimumOfASmallerLearningRate() {
        Measurement raised = new Measurement(1120, 0.75, OptionalDouble.of(0.1), NOISE, ETA, 1.001 * ETA);

        AutoL2State next = step(state(0.5, 0.1), raised).state();

        assertThat(next.lambda()).isEqualTo(LAMBDA);
        assertThat(next.minimumLoss()).isEqualTo(0.75);
        assertThat(next.progress().minimumNoise()).isEqualTo(NOISE);
        assertThat(next.progress().minimumStep()).isEqualTo(1.001 * ETA);
    }

    @Test
    void comparesALossWithTheMinimumOfALargerLearningRate() {
        Measurement lowered = new Measurement(1120, 0.75, OptionalDouble.of(0.1), NOISE, ETA, 0.2 * ETA);
        Measurement rounded = new Measurement(1120, 0.75, OptionalDouble.of(0.1), NOISE, ETA, Math.nextUp(ETA));

        assertThat(cause(step(state(0.5, 0.1), lowered))).isEqualTo(Decision.Cause.LOSS);
        assertThat(cause(step(state(0.5, 0.1), rounded))).isEqualTo(Decision.Cause.LOSS);
    }

    @Test
    void looksForTheOtherSignsWhenTheLearningRateRises() {
        assertThat(cause(step(state(0.5, 0), new Measurement(1120, 0.75, OptionalDouble.of(0), NOISE, ETA, 2 * ETA))))
                .isEqualTo(Decision.Cause.FITTED);
        assertThat(cause(step(
                        state(0.9, 0.1), new Measurement(1120, 0.75, OptionalDouble.of(0.1), NOISE, ETA, 2 * ETA))))
                .isEqualTo(Decision.Cause.PATIENCE);
        assertThat(cause(
                        step(state(0.5, 0.1), new Measurement(1120, 1.8, OptionalDouble.of(0.9), NOISE, ETA, 2 * ETA))))
                .isEqualTo(Decision.Cause.COLLAPSE);
    }

    @Test
    void holdsLambdaToTheEndOfTheTraining() {
        AutoL2Rule.Step held = AutoL2Rule.apply(OPTIONS.withHoldFrom(1120), state(0.9, 0), measurement(1120, 1, 0));
        AutoL2Rule.Step before = AutoL2Rule.apply(OPTIONS.withHoldFrom(1121), state(0.9, 0), measurement(1120, 1, 0));

        assertThat(held.decision()).isEqualTo(new Decision.Keep(Decision.Reason.HELD));
        assertThat(held.state().lambda()).isEqualTo(LAMBDA);
        assertThat(held.state().progress().elapsed()).as("time goes on").isCloseTo(1, within(1e-12));
        assertThat(before.decision()).isInstanceOf(Decision.Divide.class);
    }
}
