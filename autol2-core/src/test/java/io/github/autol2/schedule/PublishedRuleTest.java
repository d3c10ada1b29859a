package io.github.autol2.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The numbered guarantees of the package page, one group for each. A test builds a state in the middle of a run, some time
 * after a division at iteration 100, and takes one step.
 *
 * <p>With {@link #PAPER} and lambda = 0.01 the refractory period is 0.1/0.01 = 10 iterations: at iteration 110 it is not
 * over yet.
 */
class PublishedRuleTest {

    private static final PublishedOptions PAPER = AutoL2Options.paper();

    private static final TrainingStart START = new TrainingStart(1, 0.5, 0.5);
    private static final double MINIMUM_LOSS = 1.0;
    private static final double MINIMUM_ERROR = 0.4;
    private static final double LOW_LOSS = 0.9;
    private static final double HIGH_LOSS = 1.2;
    private static final double LOW_ERROR = 0.3;
    private static final double HIGH_ERROR = 0.5;

    /** Divided at iteration 100; since then both measures fall. */
    private static final PublishedState IMPROVING = after(LOW_LOSS, LOW_ERROR);
    /** Divided at iteration 100; the loss was not below its minimum at the last measurement, the error was. */
    private static final PublishedState LOSS_ROSE_ONCE = after(HIGH_LOSS, LOW_ERROR);
    /** Divided at iteration 100; the error was not below its minimum at the last measurement, the loss was. */
    private static final PublishedState ERROR_ROSE_ONCE = after(LOW_LOSS, HIGH_ERROR);
    /** Divided at iteration 100; neither was below its minimum at the last measurement. */
    private static final PublishedState BOTH_ROSE_ONCE = after(HIGH_LOSS, HIGH_ERROR);

    private static PublishedState after(double previousLoss, double previousError) {
        return new PublishedState(0.01, 100, new Seen(previousLoss, previousError, MINIMUM_LOSS, MINIMUM_ERROR));
    }

    private static PublishedState withLambda(double lambda, PublishedState state) {
        return new PublishedState(lambda, state.lastDivision(), state.seen());
    }

    private static Measurement measured(long iteration, double loss, double error) {
        return new Measurement(iteration, loss, 0, OptionalDouble.of(error), 0.5);
    }

    private static Measurement withoutError(long iteration, double loss) {
        return new Measurement(iteration, loss, 0, OptionalDouble.empty(), 0.5);
    }

    private static Measurement withEtaEff(double etaEff, long iteration) {
        return new Measurement(iteration, HIGH_LOSS, 0, OptionalDouble.empty(), etaEff);
    }

    private static Decision keep(Decision.Reason reason) {
        return new Decision.Keep(reason);
    }

    /** Passes the measurements one after the other and returns the last step. */
    private static AutoL2Rule.Step<PublishedState> follow(
            PublishedOptions options, PublishedState state, Measurement... measurements) {
        AutoL2Rule.Step<PublishedState> step = new AutoL2Rule.Step<>(null, state);
        for (Measurement measurement : measurements) {
            step = options.rule().apply(step.state(), measurement);
        }
        return step;
    }

    @Nested
    class Rule1LambdaIsDivided {

        @Test
        void dividesByTheFactor() {
            // when
            AutoL2Rule.Step<PublishedState> step =
                    PAPER.withDecayFactor(4).rule().apply(LOSS_ROSE_ONCE, measured(200, HIGH_LOSS, LOW_ERROR));

            // then
            assertThat(step.state().lambda()).isEqualTo(0.01 / 4);
            assertThat(step.decision()).isInstanceOfSatisfying(Decision.Change.class, divide -> {
                assertThat(divide.oldLambda()).isEqualTo(0.01);
                assertThat(divide.newLambda()).isEqualTo(0.01 / 4);
            });
        }

        @Test
        void leavesLambdaAloneWhenItKeeps() {
            // when
            AutoL2Rule.Step<PublishedState> step = PAPER.rule().apply(IMPROVING, measured(200, HIGH_LOSS, LOW_ERROR));

            // then
            assertThat(step.decision()).isEqualTo(keep(Decision.Reason.IMPROVING));
            assertThat(step.state().lambda()).isEqualTo(0.01);
        }

        @Test
        void carriesAllNumbersThatLedToTheDivision() {
            // given
            Measurement measurement = measured(111, 1.1, 0.45);

            // when
            AutoL2Rule.Step<PublishedState> step = PAPER.rule().apply(BOTH_ROSE_ONCE, measurement);

            // then
            assertThat(step.decision())
                    .isEqualTo(new Decision.Change(
                            111,
                            0.01,
                            0.001,
                            Decision.Cause.BOTH,
                            measurement,
                            new Seen(HIGH_LOSS, HIGH_ERROR, MINIMUM_LOSS, MINIMUM_ERROR)));
        }

        @Test
        void remembersTheMeasurementAndTheIterationOfTheDivision() {
            // when
            AutoL2Rule.Step<PublishedState> step = PAPER.rule().apply(BOTH_ROSE_ONCE, measured(111, 1.1, 0.45));

            // then
            assertThat(step.state())
                    .isEqualTo(new PublishedState(0.001, 111, new Seen(1.1, 0.45, MINIMUM_LOSS, MINIMUM_ERROR)));
        }
    }

    @Nested
    class Rule2Deterioration {

        @Test
        void dividesWhenTheLossRoseTwice() {
            assertThat(PAPER.rule()
                            .apply(LOSS_ROSE_ONCE, measured(200, HIGH_LOSS, LOW_ERROR))
                            .decision())
                    .isInstanceOfSatisfying(
                            Decision.Change.class,
                            divide -> assertThat(divide.cause()).isEqualTo(Decision.Cause.LOSS));
        }

        @Test
        void dividesWhenTheErrorRoseTwice() {
            assertThat(PAPER.rule()
                            .apply(ERROR_ROSE_ONCE, measured(200, LOW_LOSS, HIGH_ERROR))
                            .decision())
                    .isInstanceOfSatisfying(
                            Decision.Change.class,
                            divide -> assertThat(divide.cause()).isEqualTo(Decision.Cause.ERROR));
        }

        @Test
        void namesBothCausesWhenLossAndErrorRoseTwice() {
            assertThat(PAPER.rule()
                            .apply(BOTH_ROSE_ONCE, measured(200, HIGH_LOSS, HIGH_ERROR))
                            .decision())
                    .isInstanceOfSatisfying(
                            Decision.Change.class,
                            divide -> assertThat(divide.cause()).isEqualTo(Decision.Cause.BOTH));
        }

        @Test
        void keepsWhenBothRoseOnlyOnce() {
            assertThat(PAPER.rule()
                            .apply(IMPROVING, measured(200, HIGH_LOSS, HIGH_ERROR))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.IMPROVING));
        }

        @Test
        void keepsWhenBothFallBelowTheirMinimaAgain() {
            assertThat(PAPER.rule()
                            .apply(BOTH_ROSE_ONCE, measured(200, LOW_LOSS, LOW_ERROR))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.IMPROVING));
        }

        @Test
        void keepsWhenTheLossRoseBeforeAndTheErrorRisesNow() {
            assertThat(PAPER.rule()
                            .apply(LOSS_ROSE_ONCE, measured(200, LOW_LOSS, HIGH_ERROR))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.IMPROVING));
        }

        @Test
        void countsALossEqualToTheMinimumAsNotBelow() {
            // given
            PublishedState equal = after(MINIMUM_LOSS, LOW_ERROR);

            // when, then
            assertThat(PAPER.rule()
                            .apply(equal, measured(200, MINIMUM_LOSS, LOW_ERROR))
                            .decision())
                    .isInstanceOf(Decision.Change.class);
        }

        @Test
        void keepsWhenTheLossIsBelowTheMinimumByTheSmallestStep() {
            // given
            double justBelow = Math.nextDown(MINIMUM_LOSS);

            // when, then
            assertThat(PAPER.rule()
                            .apply(after(MINIMUM_LOSS, LOW_ERROR), measured(200, justBelow, LOW_ERROR))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.IMPROVING));
            assertThat(PAPER.rule()
                            .apply(after(justBelow, LOW_ERROR), measured(200, MINIMUM_LOSS, LOW_ERROR))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.IMPROVING));
        }

        @Test
        void countsAnErrorEqualToTheMinimumAsNotBelow() {
            // given
            PublishedState equal = after(LOW_LOSS, MINIMUM_ERROR);

            // when, then
            assertThat(PAPER.rule()
                            .apply(equal, measured(200, LOW_LOSS, MINIMUM_ERROR))
                            .decision())
                    .isInstanceOf(Decision.Change.class);
        }

        @Test
        void keepsWhenTheErrorIsBelowTheMinimumByTheSmallestStep() {
            // given
            double justBelow = Math.nextDown(MINIMUM_ERROR);

            // when, then
            assertThat(PAPER.rule()
                            .apply(after(LOW_LOSS, MINIMUM_ERROR), measured(200, LOW_LOSS, justBelow))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.IMPROVING));
            assertThat(PAPER.rule()
                            .apply(after(LOW_LOSS, justBelow), measured(200, LOW_LOSS, MINIMUM_ERROR))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.IMPROVING));
        }

        @Test
        void takesThePreviousMeasurementIntoTheMinimumWhenItKeeps() {
            // when
            AutoL2Rule.Step<PublishedState> step = PAPER.rule().apply(IMPROVING, measured(200, 0.8, 0.2));

            // then
            assertThat(step.state()).isEqualTo(new PublishedState(0.01, 100, new Seen(0.8, 0.2, LOW_LOSS, LOW_ERROR)));
        }

        @Test
        void leavesTheMinimumAloneWhenThePreviousMeasurementWasHigher() {
            // when
            AutoL2Rule.Step<PublishedState> step =
                    PAPER.rule().apply(BOTH_ROSE_ONCE, measured(200, LOW_LOSS, LOW_ERROR));

            // then
            assertThat(step.state())
                    .isEqualTo(
                            new PublishedState(0.01, 100, new Seen(LOW_LOSS, LOW_ERROR, MINIMUM_LOSS, MINIMUM_ERROR)));
        }

        @Test
        void leavesTheMinimumOfTheLossAloneInADivisionForTheError() {
            // given
            assertThat(ERROR_ROSE_ONCE.seen().previousLoss())
                    .isLessThan(ERROR_ROSE_ONCE.seen().minimumLoss());

            // when
            AutoL2Rule.Step<PublishedState> step =
                    PAPER.rule().apply(ERROR_ROSE_ONCE, measured(200, LOW_LOSS, HIGH_ERROR));

            // then
            assertThat(step.state())
                    .isEqualTo(new PublishedState(
                            0.001, 200, new Seen(LOW_LOSS, HIGH_ERROR, MINIMUM_LOSS, MINIMUM_ERROR)));
        }

        @Test
        void leavesTheMinimumOfTheErrorAloneInADivisionForTheLoss() {
            // given
            assertThat(LOSS_ROSE_ONCE.seen().previousError())
                    .isLessThan(LOSS_ROSE_ONCE.seen().minimumError());

            // when
            AutoL2Rule.Step<PublishedState> step =
                    PAPER.rule().apply(LOSS_ROSE_ONCE, measured(200, HIGH_LOSS, LOW_ERROR));

            // then
            assertThat(step.state())
                    .isEqualTo(new PublishedState(
                            0.001, 200, new Seen(HIGH_LOSS, LOW_ERROR, MINIMUM_LOSS, MINIMUM_ERROR)));
        }

        @Test
        void dividesAtTheThirdMeasurementAtTheEarliest() {
            // given
            PublishedOptions options = PAPER.withRefractory(0);
            PublishedState start = options.rule().start(0, START);
            Measurement first = measured(1, 1.0, 0.1);
            Measurement second = measured(2, 2.0, 0.2);
            Measurement third = measured(3, 3.0, 0.3);

            // when, then
            assertThat(follow(options, start, first).decision()).isEqualTo(keep(Decision.Reason.IMPROVING));
            assertThat(follow(options, start, first, second).decision()).isEqualTo(keep(Decision.Reason.IMPROVING));
            assertThat(follow(options, start, first, second, third).decision()).isInstanceOf(Decision.Change.class);
        }

        @Test
        void startsWithoutAnyMeasurement() {
            // given
            double none = Double.POSITIVE_INFINITY;

            // when, then
            assertThat(PAPER.rule().start(7, START))
                    .isEqualTo(new PublishedState(0.1, 7, new Seen(none, none, none, none)));
        }
    }

    @Nested
    class Rule3RefractoryPeriod {

        @Test
        void keepsAtTheEndOfAPeriodInUnitsOfInverseLambda() {
            // given
            Measurement atTheEnd = measured(110, HIGH_LOSS, LOW_ERROR);

            // when
            AutoL2Rule.Step<PublishedState> step = PAPER.rule().apply(LOSS_ROSE_ONCE, atTheEnd);

            // then
            assertThat(step.decision()).isEqualTo(keep(Decision.Reason.REFRACTORY));
            assertThat(step.state())
                    .isEqualTo(new PublishedState(0.01, 100, new Seen(HIGH_LOSS, LOW_ERROR, MINIMUM_LOSS, LOW_ERROR)));
        }

        @Test
        void dividesOneIterationAfterAPeriodInUnitsOfInverseLambda() {
            assertThat(PAPER.rule()
                            .apply(LOSS_ROSE_ONCE, measured(111, HIGH_LOSS, LOW_ERROR))
                            .decision())
                    .isInstanceOf(Decision.Change.class);
        }

        @ParameterizedTest
        @ValueSource(doubles = {0, 0.5, 100})
        void ignoresTheLearningRateInUnitsOfInverseLambda(double etaEff) {
            assertThat(PAPER.rule()
                            .apply(LOSS_ROSE_ONCE, withEtaEff(etaEff, 110))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.REFRACTORY));
            assertThat(PAPER.rule()
                            .apply(LOSS_ROSE_ONCE, withEtaEff(etaEff, 111))
                            .decision())
                    .isInstanceOf(Decision.Change.class);
        }

        @Test
        void countsTheFirstPeriodFromTheStart() {
            // given: lambda = 0.1, a period of 1 iteration
            PublishedState start = PAPER.rule().start(1_000, START);
            Measurement first = measured(999, 1.0, 0.1);
            Measurement second = measured(1_000, 2.0, 0.2);

            // when, then
            assertThat(follow(PAPER, start, first, second, measured(1_001, 3.0, 0.3))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.REFRACTORY));
            assertThat(follow(PAPER, start, first, second, measured(1_002, 3.0, 0.3))
                            .decision())
                    .isInstanceOf(Decision.Change.class);
        }
    }

    @Nested
    class Rule4OneDivisionPerMeasurement {

        @Test
        void dividesOnceEvenWhenManyPeriodsHavePassed() {
            assertThat(PAPER.rule()
                            .apply(BOTH_ROSE_ONCE, measured(1_000_000, HIGH_LOSS, HIGH_ERROR))
                            .state()
                            .lambda())
                    .isEqualTo(0.001);
        }

        /** lambda = 0.001 after the first division, therefore a period of 0.1/0.001 = 100 iterations. */
        @Test
        void startsARefractoryPeriodWithTheNewLambda() {
            // given
            PublishedState divided = PAPER.rule()
                    .apply(BOTH_ROSE_ONCE, measured(200, HIGH_LOSS, HIGH_ERROR))
                    .state();

            // when, then
            assertThat(divided.lastDivision()).isEqualTo(200);
            assertThat(PAPER.rule()
                            .apply(divided, measured(300, HIGH_LOSS, HIGH_ERROR))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.REFRACTORY));
            assertThat(PAPER.rule()
                            .apply(divided, measured(301, HIGH_LOSS, HIGH_ERROR))
                            .decision())
                    .isInstanceOf(Decision.Change.class);
        }

        @Test
        void startsNoRefractoryPeriodWhenItKeeps() {
            assertThat(PAPER.rule()
                            .apply(IMPROVING, measured(200, HIGH_LOSS, HIGH_ERROR))
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

            assertThat(PAPER.withHoldFrom(200)
                            .rule()
                            .apply(LOSS_ROSE_ONCE, measurement)
                            .decision())
                    .isEqualTo(keep(Decision.Reason.HELD));
            assertThat(PAPER.withHoldFrom(201)
                            .rule()
                            .apply(LOSS_ROSE_ONCE, measurement)
                            .decision())
                    .isInstanceOf(Decision.Change.class);
        }

        @Test
        void stopsAtTheFloorWhenADivisionWouldPassIt() {
            // when
            AutoL2Rule.Step<PublishedState> step =
                    PAPER.withMinimumLambda(0.004).rule().apply(LOSS_ROSE_ONCE, measured(200, HIGH_LOSS, LOW_ERROR));

            // then
            assertThat(step.decision())
                    .isInstanceOfSatisfying(
                            Decision.Change.class,
                            divide -> assertThat(divide.newLambda()).isEqualTo(0.004));
            assertThat(step.state().lambda()).isEqualTo(0.004);
        }

        @Test
        void reachesTheFloorExactlyAndStaysThere() {
            // given
            PublishedOptions options = PAPER.withMinimumLambda(0.001);

            // when
            AutoL2Rule.Step<PublishedState> reached =
                    options.rule().apply(LOSS_ROSE_ONCE, measured(200, HIGH_LOSS, LOW_ERROR));
            AutoL2Rule.Step<PublishedState> kept =
                    options.rule().apply(reached.state(), measured(1_000, HIGH_LOSS, LOW_ERROR));

            // then
            assertThat(reached.decision()).isInstanceOf(Decision.Change.class);
            assertThat(reached.state().lambda()).isEqualTo(0.001);
            assertThat(kept.decision()).isEqualTo(keep(Decision.Reason.AT_FLOOR));
            assertThat(kept.state().lambda()).isEqualTo(0.001);
            assertThat(kept.state().lastDivision()).isEqualTo(200);
        }

        @Test
        void dividesWhileLambdaIsAboveTheFloorByTheSmallestStep() {
            // given
            PublishedOptions options = PAPER.withMinimumLambda(0.01);
            PublishedState justAbove = withLambda(Math.nextUp(0.01), LOSS_ROSE_ONCE);

            // when, then
            assertThat(options.rule()
                            .apply(justAbove, measured(200, HIGH_LOSS, LOW_ERROR))
                            .state()
                            .lambda())
                    .isEqualTo(0.01);
            assertThat(options.rule()
                            .apply(LOSS_ROSE_ONCE, measured(200, HIGH_LOSS, LOW_ERROR))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.AT_FLOOR));
        }

        @Test
        void keepsALambdaThatIsAlreadyBelowTheFloor() {
            // when
            AutoL2Rule.Step<PublishedState> step =
                    PAPER.withMinimumLambda(0.05).rule().apply(LOSS_ROSE_ONCE, measured(200, HIGH_LOSS, LOW_ERROR));

            // then
            assertThat(step.decision()).isEqualTo(keep(Decision.Reason.AT_FLOOR));
            assertThat(step.state().lambda()).isEqualTo(0.01);
        }

        @Test
        void namesTheFloorRatherThanTheRefractoryPeriod() {
            // given
            PublishedOptions options = PAPER.withMinimumLambda(0.01);

            // when, then
            assertThat(options.rule()
                            .apply(LOSS_ROSE_ONCE, measured(105, HIGH_LOSS, LOW_ERROR))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.AT_FLOOR));
            assertThat(PAPER.rule()
                            .apply(LOSS_ROSE_ONCE, measured(105, HIGH_LOSS, LOW_ERROR))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.REFRACTORY));
        }

        @Test
        void namesTheImprovementRatherThanTheFloor() {
            assertThat(PAPER.withMinimumLambda(0.01)
                            .rule()
                            .apply(IMPROVING, measured(200, HIGH_LOSS, LOW_ERROR))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.IMPROVING));
        }

        @Test
        void goesOnRememberingMeasurementsAtTheFloor() {
            // when
            AutoL2Rule.Step<PublishedState> step =
                    PAPER.withMinimumLambda(0.01).rule().apply(LOSS_ROSE_ONCE, measured(200, 1.1, 0.35));

            // then
            assertThat(step.state())
                    .isEqualTo(new PublishedState(0.01, 100, new Seen(1.1, 0.35, MINIMUM_LOSS, LOW_ERROR)));
        }

        @ParameterizedTest
        @ValueSource(doubles = {1.5, 10})
        void keepsTheSmallestDoubleWhichCannotBeDivided(double decayFactor) {
            // given: divided by 1.5 it rounds to itself, divided by 10 to zero
            PublishedOptions options = PAPER.withDecayFactor(decayFactor).withRefractory(0);
            PublishedState state = withLambda(Double.MIN_VALUE, LOSS_ROSE_ONCE);

            // when
            AutoL2Rule.Step<PublishedState> step = options.rule().apply(state, measured(200, HIGH_LOSS, LOW_ERROR));

            // then
            assertThat(step.decision()).isEqualTo(keep(Decision.Reason.AT_FLOOR));
            assertThat(step.state().lambda()).isEqualTo(Double.MIN_VALUE);
        }

        @Test
        void dividesAVerySmallLambdaThatHasRoomBelow() {
            // given
            PublishedState state = withLambda(1e-300, LOSS_ROSE_ONCE);

            // when, then
            assertThat(PAPER.withRefractory(0)
                            .rule()
                            .apply(state, measured(200, HIGH_LOSS, LOW_ERROR))
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
            assertThat(PAPER.rule()
                            .apply(BOTH_ROSE_ONCE, withoutError(200, HIGH_LOSS))
                            .decision())
                    .isInstanceOfSatisfying(
                            Decision.Change.class,
                            divide -> assertThat(divide.cause()).isEqualTo(Decision.Cause.LOSS));
            assertThat(PAPER.rule()
                            .apply(ERROR_ROSE_ONCE, withoutError(200, LOW_LOSS))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.IMPROVING));
        }

        @Test
        void remembersTheErrorsOverAMeasurementWithoutOne() {
            // when
            PublishedState kept =
                    PAPER.rule().apply(IMPROVING, withoutError(200, 0.8)).state();
            PublishedState divided = PAPER.rule()
                    .apply(LOSS_ROSE_ONCE, withoutError(200, HIGH_LOSS))
                    .state();

            // then
            assertThat(kept)
                    .isEqualTo(new PublishedState(0.01, 100, new Seen(0.8, LOW_ERROR, LOW_LOSS, MINIMUM_ERROR)));
            assertThat(divided)
                    .isEqualTo(new PublishedState(
                            0.001, 200, new Seen(HIGH_LOSS, LOW_ERROR, MINIMUM_LOSS, MINIMUM_ERROR)));
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
                            Decision.Change.class,
                            divide -> assertThat(divide.cause()).isEqualTo(Decision.Cause.ERROR));
            assertThat(follow(PAPER, ERROR_ROSE_ONCE, none, errorFallsAtTheEnd).decision())
                    .isEqualTo(keep(Decision.Reason.IMPROVING));
        }

        @Test
        void needsThreeErrorsHoweverManyLossesThereAre() {
            // given: the loss always falls, the errors rise
            PublishedOptions options = PAPER.withRefractory(0);
            PublishedState start = options.rule().start(0, START);
            PublishedState twoErrors = follow(
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
            assertThat(options.rule().apply(twoErrors, measured(7, 0.3, 0.3)).decision())
                    .isInstanceOfSatisfying(
                            Decision.Change.class,
                            divide -> assertThat(divide.cause()).isEqualTo(Decision.Cause.ERROR));
        }

        @Test
        void dividesInRegressionWithInfiniteErrorsInTheRecord() {
            // given
            double none = Double.POSITIVE_INFINITY;
            PublishedState regression = new PublishedState(0.01, 100, new Seen(HIGH_LOSS, none, MINIMUM_LOSS, none));
            Measurement measurement = withoutError(200, HIGH_LOSS);

            // when
            AutoL2Rule.Step<PublishedState> step = PAPER.rule().apply(regression, measurement);

            // then
            assertThat(step.decision())
                    .isEqualTo(new Decision.Change(
                            200,
                            0.01,
                            0.001,
                            Decision.Cause.LOSS,
                            measurement,
                            new Seen(HIGH_LOSS, none, MINIMUM_LOSS, none)));
        }
    }

    @Nested
    class Rule7FiniteNumbers {

        @ParameterizedTest
        @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
        void refusesALossThatIsNotFinite(double loss) {
            assertThatThrownBy(() -> PAPER.rule().apply(LOSS_ROSE_ONCE, withoutError(200, loss)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("loss must be finite, got " + loss);
        }

        @Test
        void acceptsTheLargestLoss() {
            assertThat(PAPER.rule()
                            .apply(IMPROVING, withoutError(200, Double.MAX_VALUE))
                            .state()
                            .seen()
                            .previousLoss())
                    .isEqualTo(Double.MAX_VALUE);
        }
    }
}
