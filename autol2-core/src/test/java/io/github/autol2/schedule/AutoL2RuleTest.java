package io.github.autol2.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The numbered guarantees of the package page, one group for each. A test builds a state in the middle of a run, some time
 * after a division at iteration 100, and takes one step.
 *
 * <p>With {@link #PAPER} and lambda = 0.01 the refractory period is 0.1/0.01 = 10 iterations: at iteration 110 it is not
 * over yet.
 */
class AutoL2RuleTest {

    private static final AutoL2Options PAPER = AutoL2Options.paper();
    private static final AutoL2Options TAU =
            new AutoL2Options(new InitialLambda.Fixed(0.01), 3, 0.4, Timescale.TAU, new Window.MeanOfTau(0.1, 20), 0);

    private static final double MINIMUM_LOSS = 1.0;
    private static final double MINIMUM_ERROR = 0.4;
    private static final double LOW_LOSS = 0.9;
    private static final double HIGH_LOSS = 1.2;
    private static final double LOW_ERROR = 0.3;
    private static final double HIGH_ERROR = 0.5;

    /** Divided at iteration 100; since then both measures fall. */
    private static final AutoL2State IMPROVING = after(LOW_LOSS, LOW_ERROR);
    /** Divided at iteration 100; the loss was not below its minimum at the last measurement, the error was. */
    private static final AutoL2State LOSS_ROSE_ONCE = after(HIGH_LOSS, LOW_ERROR);
    /** Divided at iteration 100; the error was not below its minimum at the last measurement, the loss was. */
    private static final AutoL2State ERROR_ROSE_ONCE = after(LOW_LOSS, HIGH_ERROR);
    /** Divided at iteration 100; neither was below its minimum at the last measurement. */
    private static final AutoL2State BOTH_ROSE_ONCE = after(HIGH_LOSS, HIGH_ERROR);

    private static AutoL2State after(double previousLoss, double previousError) {
        return new AutoL2State(0.01, 100, previousLoss, previousError, MINIMUM_LOSS, MINIMUM_ERROR);
    }

    private static AutoL2State withLambda(double lambda, AutoL2State state) {
        return new AutoL2State(
                lambda,
                state.lastDivision(),
                state.previousLoss(),
                state.previousError(),
                state.minimumLoss(),
                state.minimumError());
    }

    private static Measurement measured(long iteration, double loss, double error) {
        return new Measurement(iteration, loss, OptionalDouble.of(error), 0.5);
    }

    private static Measurement withoutError(long iteration, double loss) {
        return new Measurement(iteration, loss, OptionalDouble.empty(), 0.5);
    }

    private static Measurement withEtaEff(double etaEff, long iteration) {
        return new Measurement(iteration, HIGH_LOSS, OptionalDouble.empty(), etaEff);
    }

    private static Decision keep(Decision.Reason reason) {
        return new Decision.Keep(reason);
    }

    /** Passes the measurements one after the other and returns the last step. */
    private static AutoL2Rule.Step follow(AutoL2Options options, AutoL2State state, Measurement... measurements) {
        AutoL2Rule.Step step = new AutoL2Rule.Step(null, state);
        for (Measurement measurement : measurements) {
            step = AutoL2Rule.apply(options, step.state(), measurement);
        }
        return step;
    }

    @Nested
    class Rule1LambdaIsDivided {

        @Test
        void dividesByTheFactor() {
            // when
            AutoL2Rule.Step step =
                    AutoL2Rule.apply(PAPER.withDecayFactor(4), LOSS_ROSE_ONCE, measured(200, HIGH_LOSS, LOW_ERROR));

            // then
            assertThat(step.state().lambda()).isEqualTo(0.01 / 4);
            assertThat(step.decision()).isInstanceOfSatisfying(Decision.Divide.class, divide -> {
                assertThat(divide.oldLambda()).isEqualTo(0.01);
                assertThat(divide.newLambda()).isEqualTo(0.01 / 4);
            });
        }

        @Test
        void leavesLambdaAloneWhenItKeeps() {
            // when
            AutoL2Rule.Step step = AutoL2Rule.apply(PAPER, IMPROVING, measured(200, HIGH_LOSS, LOW_ERROR));

            // then
            assertThat(step.decision()).isEqualTo(keep(Decision.Reason.IMPROVING));
            assertThat(step.state().lambda()).isEqualTo(0.01);
        }

        @Test
        void carriesAllNumbersThatLedToTheDivision() {
            // given
            Measurement measurement = measured(111, 1.1, 0.45);

            // when
            AutoL2Rule.Step step = AutoL2Rule.apply(PAPER, BOTH_ROSE_ONCE, measurement);

            // then
            assertThat(step.decision())
                    .isEqualTo(new Decision.Divide(
                            111,
                            0.01,
                            0.001,
                            Decision.Cause.BOTH,
                            measurement,
                            HIGH_LOSS,
                            HIGH_ERROR,
                            MINIMUM_LOSS,
                            MINIMUM_ERROR));
        }

        @Test
        void remembersTheMeasurementAndTheIterationOfTheDivision() {
            // when
            AutoL2Rule.Step step = AutoL2Rule.apply(PAPER, BOTH_ROSE_ONCE, measured(111, 1.1, 0.45));

            // then
            assertThat(step.state()).isEqualTo(new AutoL2State(0.001, 111, 1.1, 0.45, MINIMUM_LOSS, MINIMUM_ERROR));
        }
    }

    @Nested
    class Rule2Deterioration {

        @Test
        void dividesWhenTheLossRoseTwice() {
            assertThat(AutoL2Rule.apply(PAPER, LOSS_ROSE_ONCE, measured(200, HIGH_LOSS, LOW_ERROR))
                            .decision())
                    .isInstanceOfSatisfying(
                            Decision.Divide.class,
                            divide -> assertThat(divide.cause()).isEqualTo(Decision.Cause.LOSS));
        }

        @Test
        void dividesWhenTheErrorRoseTwice() {
            assertThat(AutoL2Rule.apply(PAPER, ERROR_ROSE_ONCE, measured(200, LOW_LOSS, HIGH_ERROR))
                            .decision())
                    .isInstanceOfSatisfying(
                            Decision.Divide.class,
                            divide -> assertThat(divide.cause()).isEqualTo(Decision.Cause.ERROR));
        }

        @Test
        void namesBothCausesWhenLossAndErrorRoseTwice() {
            assertThat(AutoL2Rule.apply(PAPER, BOTH_ROSE_ONCE, measured(200, HIGH_LOSS, HIGH_ERROR))
                            .decision())
                    .isInstanceOfSatisfying(
                            Decision.Divide.class,
                            divide -> assertThat(divide.cause()).isEqualTo(Decision.Cause.BOTH));
        }

        @Test
        void keepsWhenBothRoseOnlyOnce() {
            assertThat(AutoL2Rule.apply(PAPER, IMPROVING, measured(200, HIGH_LOSS, HIGH_ERROR))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.IMPROVING));
        }

        @Test
        void keepsWhenBothFallBelowTheirMinimaAgain() {
            assertThat(AutoL2Rule.apply(PAPER, BOTH_ROSE_ONCE, measured(200, LOW_LOSS, LOW_ERROR))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.IMPROVING));
        }

        @Test
        void keepsWhenTheLossRoseBeforeAndTheErrorRisesNow() {
            assertThat(AutoL2Rule.apply(PAPER, LOSS_ROSE_ONCE, measured(200, LOW_LOSS, HIGH_ERROR))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.IMPROVING));
        }

        @Test
        void countsALossEqualToTheMinimumAsNotBelow() {
            // given
            AutoL2State equal = after(MINIMUM_LOSS, LOW_ERROR);

            // when, then
            assertThat(AutoL2Rule.apply(PAPER, equal, measured(200, MINIMUM_LOSS, LOW_ERROR))
                            .decision())
                    .isInstanceOf(Decision.Divide.class);
        }

        @Test
        void keepsWhenTheLossIsBelowTheMinimumByTheSmallestStep() {
            // given
            double justBelow = Math.nextDown(MINIMUM_LOSS);

            // when, then
            assertThat(AutoL2Rule.apply(PAPER, after(MINIMUM_LOSS, LOW_ERROR), measured(200, justBelow, LOW_ERROR))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.IMPROVING));
            assertThat(AutoL2Rule.apply(PAPER, after(justBelow, LOW_ERROR), measured(200, MINIMUM_LOSS, LOW_ERROR))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.IMPROVING));
        }

        @Test
        void countsAnErrorEqualToTheMinimumAsNotBelow() {
            // given
            AutoL2State equal = after(LOW_LOSS, MINIMUM_ERROR);

            // when, then
            assertThat(AutoL2Rule.apply(PAPER, equal, measured(200, LOW_LOSS, MINIMUM_ERROR))
                            .decision())
                    .isInstanceOf(Decision.Divide.class);
        }

        @Test
        void keepsWhenTheErrorIsBelowTheMinimumByTheSmallestStep() {
            // given
            double justBelow = Math.nextDown(MINIMUM_ERROR);

            // when, then
            assertThat(AutoL2Rule.apply(PAPER, after(LOW_LOSS, MINIMUM_ERROR), measured(200, LOW_LOSS, justBelow))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.IMPROVING));
            assertThat(AutoL2Rule.apply(PAPER, after(LOW_LOSS, justBelow), measured(200, LOW_LOSS, MINIMUM_ERROR))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.IMPROVING));
        }

        @Test
        void takesThePreviousMeasurementIntoTheMinimumWhenItKeeps() {
            // when
            AutoL2Rule.Step step = AutoL2Rule.apply(PAPER, IMPROVING, measured(200, 0.8, 0.2));

            // then
            assertThat(step.state()).isEqualTo(new AutoL2State(0.01, 100, 0.8, 0.2, LOW_LOSS, LOW_ERROR));
        }

        @Test
        void leavesTheMinimumAloneWhenThePreviousMeasurementWasHigher() {
            // when
            AutoL2Rule.Step step = AutoL2Rule.apply(PAPER, BOTH_ROSE_ONCE, measured(200, LOW_LOSS, LOW_ERROR));

            // then
            assertThat(step.state())
                    .isEqualTo(new AutoL2State(0.01, 100, LOW_LOSS, LOW_ERROR, MINIMUM_LOSS, MINIMUM_ERROR));
        }

        @Test
        void leavesTheMinimumOfTheLossAloneInADivisionForTheError() {
            // given
            assertThat(ERROR_ROSE_ONCE.previousLoss()).isLessThan(ERROR_ROSE_ONCE.minimumLoss());

            // when
            AutoL2Rule.Step step = AutoL2Rule.apply(PAPER, ERROR_ROSE_ONCE, measured(200, LOW_LOSS, HIGH_ERROR));

            // then
            assertThat(step.state())
                    .isEqualTo(new AutoL2State(0.001, 200, LOW_LOSS, HIGH_ERROR, MINIMUM_LOSS, MINIMUM_ERROR));
        }

        @Test
        void leavesTheMinimumOfTheErrorAloneInADivisionForTheLoss() {
            // given
            assertThat(LOSS_ROSE_ONCE.previousError()).isLessThan(LOSS_ROSE_ONCE.minimumError());

            // when
            AutoL2Rule.Step step = AutoL2Rule.apply(PAPER, LOSS_ROSE_ONCE, measured(200, HIGH_LOSS, LOW_ERROR));

            // then
            assertThat(step.state())
                    .isEqualTo(new AutoL2State(0.001, 200, HIGH_LOSS, LOW_ERROR, MINIMUM_LOSS, MINIMUM_ERROR));
        }

        @Test
        void dividesAtTheThirdMeasurementAtTheEarliest() {
            // given
            AutoL2Options options = PAPER.withRefractory(0);
            AutoL2State start = AutoL2Rule.start(options, 0.5, 0);
            Measurement first = measured(1, 1.0, 0.1);
            Measurement second = measured(2, 2.0, 0.2);
            Measurement third = measured(3, 3.0, 0.3);

            // when, then
            assertThat(follow(options, start, first).decision()).isEqualTo(keep(Decision.Reason.IMPROVING));
            assertThat(follow(options, start, first, second).decision()).isEqualTo(keep(Decision.Reason.IMPROVING));
            assertThat(follow(options, start, first, second, third).decision()).isInstanceOf(Decision.Divide.class);
        }

        @Test
        void startsWithoutAnyMeasurement() {
            // given
            double none = Double.POSITIVE_INFINITY;

            // when, then
            assertThat(AutoL2Rule.start(PAPER, 0.5, 7))
                    .isEqualTo(new AutoL2State(0.1, 7, none, none, none, none, Progress.start(7)));
        }
    }

    @Nested
    class Rule3RefractoryPeriod {

        @Test
        void keepsAtTheEndOfAPeriodInUnitsOfInverseLambda() {
            // given
            Measurement atTheEnd = measured(110, HIGH_LOSS, LOW_ERROR);

            // when
            AutoL2Rule.Step step = AutoL2Rule.apply(PAPER, LOSS_ROSE_ONCE, atTheEnd);

            // then
            assertThat(step.decision()).isEqualTo(keep(Decision.Reason.REFRACTORY));
            assertThat(step.state())
                    .isEqualTo(new AutoL2State(0.01, 100, HIGH_LOSS, LOW_ERROR, MINIMUM_LOSS, LOW_ERROR));
        }

        @Test
        void dividesOneIterationAfterAPeriodInUnitsOfInverseLambda() {
            assertThat(AutoL2Rule.apply(PAPER, LOSS_ROSE_ONCE, measured(111, HIGH_LOSS, LOW_ERROR))
                            .decision())
                    .isInstanceOf(Decision.Divide.class);
        }

        @ParameterizedTest
        @ValueSource(doubles = {0, 0.5, 100})
        void ignoresTheLearningRateInUnitsOfInverseLambda(double etaEff) {
            assertThat(AutoL2Rule.apply(PAPER, LOSS_ROSE_ONCE, withEtaEff(etaEff, 110))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.REFRACTORY));
            assertThat(AutoL2Rule.apply(PAPER, LOSS_ROSE_ONCE, withEtaEff(etaEff, 111))
                            .decision())
                    .isInstanceOf(Decision.Divide.class);
        }

        /** tau = 1/(0.5 * 0.25) = 8 iterations. */
        @ParameterizedTest
        @CsvSource({"0.4, 103, 104", "0.5, 104, 105", "0, 100, 101"})
        void measuresThePeriodInUnitsOfTau(double refractory, long lastKept, long firstDivided) {
            // given
            AutoL2Options options = TAU.withRefractory(refractory);
            AutoL2State state = withLambda(0.25, LOSS_ROSE_ONCE);

            // when, then
            assertThat(AutoL2Rule.apply(options, state, withEtaEff(0.5, lastKept))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.REFRACTORY));
            assertThat(AutoL2Rule.apply(options, state, withEtaEff(0.5, firstDivided))
                            .decision())
                    .isInstanceOf(Decision.Divide.class);
        }

        /** The period is 0.5 tau: 4 iterations at etaEff = 0.5, and 8 at etaEff = 0.25. */
        @Test
        void takesTauFromTheLearningRateOfTheMeasurement() {
            // given
            AutoL2Options options = TAU.withRefractory(0.5);
            AutoL2State state = withLambda(0.25, LOSS_ROSE_ONCE);

            // when, then
            assertThat(AutoL2Rule.apply(options, state, withEtaEff(0.5, 108)).decision())
                    .isInstanceOf(Decision.Divide.class);
            assertThat(AutoL2Rule.apply(options, state, withEtaEff(0.25, 108)).decision())
                    .isEqualTo(keep(Decision.Reason.REFRACTORY));
            assertThat(AutoL2Rule.apply(options, state, withEtaEff(0.25, 109)).decision())
                    .isInstanceOf(Decision.Divide.class);
        }

        @Test
        void keepsInUnitsOfTauWhileTheLearningRateIsZero() {
            assertThat(AutoL2Rule.apply(TAU, LOSS_ROSE_ONCE, withEtaEff(0, Long.MAX_VALUE))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.REFRACTORY));
        }

        @Test
        void keepsWhileTheLearningRateIsZeroEvenForARefractoryOfZero() {
            assertThat(AutoL2Rule.apply(TAU.withRefractory(0), LOSS_ROSE_ONCE, withEtaEff(0, 200))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.REFRACTORY));
        }

        @Test
        void countsTheFirstPeriodFromTheStart() {
            // given: lambda = 0.1, a period of 1 iteration
            AutoL2State start = AutoL2Rule.start(PAPER, 0.5, 1_000);
            Measurement first = measured(999, 1.0, 0.1);
            Measurement second = measured(1_000, 2.0, 0.2);

            // when, then
            assertThat(follow(PAPER, start, first, second, measured(1_001, 3.0, 0.3))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.REFRACTORY));
            assertThat(follow(PAPER, start, first, second, measured(1_002, 3.0, 0.3))
                            .decision())
                    .isInstanceOf(Decision.Divide.class);
        }
    }

    @Nested
    class Rule4OneDivisionPerMeasurement {

        @Test
        void dividesOnceEvenWhenManyPeriodsHavePassed() {
            assertThat(AutoL2Rule.apply(PAPER, BOTH_ROSE_ONCE, measured(1_000_000, HIGH_LOSS, HIGH_ERROR))
                            .state()
                            .lambda())
                    .isEqualTo(0.001);
        }

        /** lambda = 0.001 after the first division, therefore a period of 0.1/0.001 = 100 iterations. */
        @Test
        void startsARefractoryPeriodWithTheNewLambda() {
            // given
            AutoL2State divided = AutoL2Rule.apply(PAPER, BOTH_ROSE_ONCE, measured(200, HIGH_LOSS, HIGH_ERROR))
                    .state();

            // when, then
            assertThat(divided.lastDivision()).isEqualTo(200);
            assertThat(AutoL2Rule.apply(PAPER, divided, measured(300, HIGH_LOSS, HIGH_ERROR))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.REFRACTORY));
            assertThat(AutoL2Rule.apply(PAPER, divided, measured(301, HIGH_LOSS, HIGH_ERROR))
                            .decision())
                    .isInstanceOf(Decision.Divide.class);
        }

        @Test
        void startsNoRefractoryPeriodWhenItKeeps() {
            assertThat(AutoL2Rule.apply(PAPER, IMPROVING, measured(200, HIGH_LOSS, HIGH_ERROR))
                            .state()
                            .lastDivision())
                    .isEqualTo(100);
        }
    }

    @Nested
    class Rule5Floor {

        @Test
        void holdsLambdaFromAGivenIteration() {
            Measurement measurement = measured(200, HIGH_LOSS, LOW_ERROR);

            assertThat(AutoL2Rule.apply(PAPER.withHoldFrom(200), LOSS_ROSE_ONCE, measurement)
                            .decision())
                    .isEqualTo(keep(Decision.Reason.HELD));
            assertThat(AutoL2Rule.apply(PAPER.withHoldFrom(201), LOSS_ROSE_ONCE, measurement)
                            .decision())
                    .isInstanceOf(Decision.Divide.class);
        }

        @Test
        void stopsAtTheFloorWhenADivisionWouldPassIt() {
            // when
            AutoL2Rule.Step step = AutoL2Rule.apply(
                    PAPER.withMinimumLambda(0.004), LOSS_ROSE_ONCE, measured(200, HIGH_LOSS, LOW_ERROR));

            // then
            assertThat(step.decision())
                    .isInstanceOfSatisfying(
                            Decision.Divide.class,
                            divide -> assertThat(divide.newLambda()).isEqualTo(0.004));
            assertThat(step.state().lambda()).isEqualTo(0.004);
        }

        @Test
        void reachesTheFloorExactlyAndStaysThere() {
            // given
            AutoL2Options options = PAPER.withMinimumLambda(0.001);

            // when
            AutoL2Rule.Step reached = AutoL2Rule.apply(options, LOSS_ROSE_ONCE, measured(200, HIGH_LOSS, LOW_ERROR));
            AutoL2Rule.Step kept = AutoL2Rule.apply(options, reached.state(), measured(1_000, HIGH_LOSS, LOW_ERROR));

            // then
            assertThat(reached.decision()).isInstanceOf(Decision.Divide.class);
            assertThat(reached.state().lambda()).isEqualTo(0.001);
            assertThat(kept.decision()).isEqualTo(keep(Decision.Reason.AT_FLOOR));
            assertThat(kept.state().lambda()).isEqualTo(0.001);
            assertThat(kept.state().lastDivision()).isEqualTo(200);
        }

        @Test
        void dividesWhileLambdaIsAboveTheFloorByTheSmallestStep() {
            // given
            AutoL2Options options = PAPER.withMinimumLambda(0.01);
            AutoL2State justAbove = withLambda(Math.nextUp(0.01), LOSS_ROSE_ONCE);

            // when, then
            assertThat(AutoL2Rule.apply(options, justAbove, measured(200, HIGH_LOSS, LOW_ERROR))
                            .state()
                            .lambda())
                    .isEqualTo(0.01);
            assertThat(AutoL2Rule.apply(options, LOSS_ROSE_ONCE, measured(200, HIGH_LOSS, LOW_ERROR))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.AT_FLOOR));
        }

        @Test
        void keepsALambdaThatIsAlreadyBelowTheFloor() {
            // when
            AutoL2Rule.Step step = AutoL2Rule.apply(
                    PAPER.withMinimumLambda(0.05), LOSS_ROSE_ONCE, measured(200, HIGH_LOSS, LOW_ERROR));

            // then
            assertThat(step.decision()).isEqualTo(keep(Decision.Reason.AT_FLOOR));
            assertThat(step.state().lambda()).isEqualTo(0.01);
        }

        @Test
        void namesTheFloorRatherThanTheRefractoryPeriod() {
            // given
            AutoL2Options options = PAPER.withMinimumLambda(0.01);

            // when, then
            assertThat(AutoL2Rule.apply(options, LOSS_ROSE_ONCE, measured(105, HIGH_LOSS, LOW_ERROR))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.AT_FLOOR));
            assertThat(AutoL2Rule.apply(PAPER, LOSS_ROSE_ONCE, measured(105, HIGH_LOSS, LOW_ERROR))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.REFRACTORY));
        }

        @Test
        void namesTheImprovementRatherThanTheFloor() {
            assertThat(AutoL2Rule.apply(PAPER.withMinimumLambda(0.01), IMPROVING, measured(200, HIGH_LOSS, LOW_ERROR))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.IMPROVING));
        }

        @Test
        void goesOnRememberingMeasurementsAtTheFloor() {
            // when
            AutoL2Rule.Step step =
                    AutoL2Rule.apply(PAPER.withMinimumLambda(0.01), LOSS_ROSE_ONCE, measured(200, 1.1, 0.35));

            // then
            assertThat(step.state()).isEqualTo(new AutoL2State(0.01, 100, 1.1, 0.35, MINIMUM_LOSS, LOW_ERROR));
        }

        @Test
        void startsAtTheFloorWhenTheFirstLambdaIsBelowIt() {
            // given: 0.5 * 1 / 10000 = 5e-5
            AutoL2Options options = AutoL2Options.adaptive(1_000_000);

            // when, then
            assertThat(AutoL2Rule.start(options.withMinimumLambda(1e-4), 10_000, 0)
                            .lambda())
                    .isEqualTo(1e-4);
            assertThat(AutoL2Rule.start(options.withMinimumLambda(1e-5), 10_000, 0)
                            .lambda())
                    .isEqualTo(5e-5);
        }

        @ParameterizedTest
        @ValueSource(doubles = {1.5, 10})
        void keepsTheSmallestDoubleWhichCannotBeDivided(double decayFactor) {
            // given: divided by 1.5 it rounds to itself, divided by 10 to zero
            AutoL2Options options = PAPER.withDecayFactor(decayFactor).withRefractory(0);
            AutoL2State state = withLambda(Double.MIN_VALUE, LOSS_ROSE_ONCE);

            // when
            AutoL2Rule.Step step = AutoL2Rule.apply(options, state, measured(200, HIGH_LOSS, LOW_ERROR));

            // then
            assertThat(step.decision()).isEqualTo(keep(Decision.Reason.AT_FLOOR));
            assertThat(step.state().lambda()).isEqualTo(Double.MIN_VALUE);
        }

        @Test
        void dividesAVerySmallLambdaThatHasRoomBelow() {
            // given
            AutoL2State state = withLambda(1e-300, LOSS_ROSE_ONCE);

            // when, then
            assertThat(AutoL2Rule.apply(PAPER.withRefractory(0), state, measured(200, HIGH_LOSS, LOW_ERROR))
                            .state()
                            .lambda())
                    .isEqualTo(1e-300 / 10);
        }
    }

    @Nested
    class Rule6MissingError {

        @Test
        void judgesByTheLossAloneWithoutAnError() {
            // given: the error rose before
            assertThat(AutoL2Rule.apply(PAPER, BOTH_ROSE_ONCE, withoutError(200, HIGH_LOSS))
                            .decision())
                    .isInstanceOfSatisfying(
                            Decision.Divide.class,
                            divide -> assertThat(divide.cause()).isEqualTo(Decision.Cause.LOSS));
            assertThat(AutoL2Rule.apply(PAPER, ERROR_ROSE_ONCE, withoutError(200, LOW_LOSS))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.IMPROVING));
        }

        @Test
        void remembersTheErrorsOverAMeasurementWithoutOne() {
            // when
            AutoL2State kept =
                    AutoL2Rule.apply(PAPER, IMPROVING, withoutError(200, 0.8)).state();
            AutoL2State divided = AutoL2Rule.apply(PAPER, LOSS_ROSE_ONCE, withoutError(200, HIGH_LOSS))
                    .state();

            // then
            assertThat(kept).isEqualTo(new AutoL2State(0.01, 100, 0.8, LOW_ERROR, LOW_LOSS, MINIMUM_ERROR));
            assertThat(divided)
                    .isEqualTo(new AutoL2State(0.001, 200, HIGH_LOSS, LOW_ERROR, MINIMUM_LOSS, MINIMUM_ERROR));
        }

        @Test
        void comparesAnErrorWithTheLastOneThatWasSampled() {
            // given
            Measurement errorFallsAtTheEnd = measured(220, 0.7, LOW_ERROR);
            Measurement errorRisesAtTheEnd = measured(220, 0.7, HIGH_ERROR);
            Measurement none = withoutError(210, 0.8);

            // when, then
            assertThat(follow(PAPER, ERROR_ROSE_ONCE, none, errorRisesAtTheEnd).decision())
                    .isInstanceOfSatisfying(
                            Decision.Divide.class,
                            divide -> assertThat(divide.cause()).isEqualTo(Decision.Cause.ERROR));
            assertThat(follow(PAPER, ERROR_ROSE_ONCE, none, errorFallsAtTheEnd).decision())
                    .isEqualTo(keep(Decision.Reason.IMPROVING));
        }

        @Test
        void needsThreeErrorsHoweverManyLossesThereAre() {
            // given: the loss always falls, the errors rise
            AutoL2Options options = PAPER.withRefractory(0);
            AutoL2State start = AutoL2Rule.start(options, 0.5, 0);
            AutoL2State twoErrors = follow(
                            options,
                            start,
                            withoutError(1, 0.9),
                            measured(2, 0.8, 0.1),
                            withoutError(3, 0.7),
                            withoutError(4, 0.6),
                            measured(5, 0.5, 0.2),
                            withoutError(6, 0.4))
                    .state();

            // when, then
            assertThat(twoErrors.lambda()).isEqualTo(0.1);
            assertThat(AutoL2Rule.apply(options, twoErrors, measured(7, 0.3, 0.3))
                            .decision())
                    .isInstanceOfSatisfying(
                            Decision.Divide.class,
                            divide -> assertThat(divide.cause()).isEqualTo(Decision.Cause.ERROR));
        }

        @Test
        void dividesInRegressionWithInfiniteErrorsInTheRecord() {
            // given
            double none = Double.POSITIVE_INFINITY;
            AutoL2State regression = new AutoL2State(0.01, 100, HIGH_LOSS, none, MINIMUM_LOSS, none);
            Measurement measurement = withoutError(200, HIGH_LOSS);

            // when
            AutoL2Rule.Step step = AutoL2Rule.apply(PAPER, regression, measurement);

            // then
            assertThat(step.decision())
                    .isEqualTo(new Decision.Divide(
                            200, 0.01, 0.001, Decision.Cause.LOSS, measurement, HIGH_LOSS, none, MINIMUM_LOSS, none));
        }
    }

    @Nested
    class Rule7FiniteNumbers {

        @ParameterizedTest
        @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
        void refusesALossThatIsNotFinite(double loss) {
            assertThatThrownBy(() -> AutoL2Rule.apply(PAPER, LOSS_ROSE_ONCE, withoutError(200, loss)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("loss must be finite, got " + loss);
        }

        @Test
        void acceptsTheLargestLoss() {
            assertThat(AutoL2Rule.apply(PAPER, IMPROVING, withoutError(200, Double.MAX_VALUE))
                            .state()
                            .previousLoss())
                    .isEqualTo(Double.MAX_VALUE);
        }

        @ParameterizedTest
        @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
        void refusesToStartWithAnInvalidPenalty(double penaltyAtOne) {
            assertThatThrownBy(() -> AutoL2Rule.start(PAPER, penaltyAtOne, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("penaltyAtOne must be finite and >= 0, got " + penaltyAtOne);
        }

        @Test
        void startsWithAPenaltyOfZero() {
            assertThat(AutoL2Rule.start(PAPER, 0, 0).lambda()).isEqualTo(0.1);
        }
    }
}
