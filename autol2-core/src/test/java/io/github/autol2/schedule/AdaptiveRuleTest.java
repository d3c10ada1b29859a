package io.github.autol2.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The guarantees of the package page for our rule. With lambda = 0.01 and etaEff = 0.5, tau is 200 iterations. */
class AdaptiveRuleTest {

    private static final AdaptiveOptions OPTIONS = AutoL2Options.adaptive().withInitialLambda(0.01);
    private static final AdaptiveRule RULE = OPTIONS.rule();
    private static final OptionalDouble NO_ERROR = OptionalDouble.empty();
    private static final double FIRST_LOSS = 2;
    private static final AdaptiveState START = RULE.start(100, new TrainingStart(FIRST_LOSS, 10, 0.5));

    private static Measurement classified(long iteration, double loss) {
        return new Measurement(iteration, loss, 0.01, OptionalDouble.of(0.3), 0.5);
    }

    private static Measurement regression(long iteration, double penalty) {
        return new Measurement(iteration, 1, penalty, NO_ERROR, 0.5);
    }

    private static Decision keep(Decision.Reason reason) {
        return new Decision.Keep(reason);
    }

    private static Decision.Cause cause(AutoL2Rule.Step<AdaptiveState> step) {
        return ((Decision.Change) step.decision()).cause();
    }

    /** etaEff is 0.1, the first loss 4, and the penalty at lambda = 1 is 100: a tenth of the first loss is lambda = 0.004. */
    @Nested
    class UntilAClassifierFits {

        private static final AdaptiveRule CAREFUL =
                AutoL2Options.adaptive(1_000).rule();
        private static final AdaptiveState UNFITTED = CAREFUL.start(0, new TrainingStart(4, 100, 0.1));

        private static AdaptiveState after(long iterations, double loss, double error) {
            AdaptiveState last = UNFITTED;
            for (long i = 1; i <= iterations; i++) {
                last = CAREFUL.apply(last, measured(last, i, loss, error)).state();
            }
            return last;
        }

        private static Measurement measured(AdaptiveState state, long iteration, double loss, double error) {
            return new Measurement(iteration, loss, 50 * state.lambda(), OptionalDouble.of(error), 0.1);
        }

        @Test
        void lambdaIsNothing() {
            assertThat(UNFITTED.lambda()).isEqualTo(InitialLambda.NOTHING);
            assertThat(AutoL2Options.adaptive(1_000)
                            .withMinimumLambda(1e-4)
                            .firstLambda(new TrainingStart(4, 100, 0.1)))
                    .isEqualTo(1e-4);
        }

        /** What is done in single precision, and with the epsilons of adaptive updaters in double precision. */
        @Test
        void aPenaltyOfNothingMovesNoWeight() {
            assertThat((float) (InitialLambda.NOTHING * 1e6)).isZero();
            assertThat(1 - InitialLambda.NOTHING / 1e-12).isEqualTo(1);
        }

        @Test
        void nothingChangesHoweverLongItTakes() {
            assertThat(after(900, 2, 0.3).lambda()).isEqualTo(UNFITTED.lambda());
            assertThat(after(900, 0.1, 0.11).lambda()).isEqualTo(UNFITTED.lambda());
            assertThat(after(900, 0.41, 0).lambda()).isEqualTo(UNFITTED.lambda());
        }

        /** The weights have lost half of their squares: the penalty of a tenth of the first loss needs twice the lambda. */
        @Test
        void lambdaIsRaisedToATenthOfTheFirstLossWhenItFits() {
            AdaptiveState before = after(49, 0.3, 0.099);
            AutoL2Rule.Step<AdaptiveState> step = CAREFUL.apply(before, measured(before, 50, 0.3, 0.1));

            assertThat(before.lambda()).isEqualTo(UNFITTED.lambda());
            assertThat(cause(step)).isEqualTo(Decision.Cause.LEARNED);
            assertThat(step.state().lambda()).isCloseTo(0.1 * 4 / 50, within(1e-12));
            assertThat(step.state().learnedLoss()).isZero();
        }

        /** From then on the rule is as ever: 0.4 tau are 500 iterations. */
        @Test
        void lambdaIsDividedAfterThat() {
            AdaptiveState raised = after(50, 0.3, 0.099);

            assertThat(cause(CAREFUL.apply(raised, measured(raised, 560, 1, 0.2))))
                    .isEqualTo(Decision.Cause.PATIENCE);
        }

        /** Its tau is 100 iterations. */
        @Test
        void theNetworksOwnCoefficientStaysAndIsNotDivided() {
            TrainingStart own = new TrainingStart(4, 100, 0.1, OptionalDouble.empty(), true, true, 0.1);
            TrainingStart sequences = new TrainingStart(4, 100, 0.1, OptionalDouble.empty(), true, false, 0.1);
            for (AdaptiveState start : List.of(
                    CAREFUL.start(0, own),
                    CAREFUL.start(0, sequences),
                    AutoL2Options.adaptive(99).rule().start(0, own))) {
                AdaptiveState state = start;
                for (long i = 1; i <= 500; i++) {
                    state = CAREFUL.apply(state, measured(state, i, 2, 0.3)).state();
                }

                assertThat(state.lambda()).isEqualTo(0.1);
                assertThat(state.total()).isCloseTo(5, within(1e-9));
            }
            assertThat(AutoL2Options.adaptive(99).firstLambda(own)).isEqualTo(0.1);
            assertThat(AutoL2Options.adaptive(99).fromTheStart().firstLambda(own))
                    .isCloseTo(0.0004, within(1e-15));
        }

        /** In batches of one, whose error is 0 or 1. */
        @Test
        void aSingleRightAnswerIsNotEnough() {
            AdaptiveState half = UNFITTED;
            for (long i = 1; i <= 200; i++) {
                half = CAREFUL.apply(half, measured(half, i, 0.1, (double) (i % 2)))
                        .state();
            }

            assertThat(half.lambda()).isEqualTo(UNFITTED.lambda());
        }

        /** The loss of one that answers with the classes' shares may be as small beside the first one. */
        @Test
        void lambdaIsNotRaisedBeforeTheSharesAreKnown() {
            AdaptiveRun run = (AdaptiveRun) AutoL2Options.adaptive(1_000).newRun();
            run.begin(0, new TrainingStart(4, 100, 0.1, OptionalDouble.empty(), true, true));
            observe(run, 1, 100);
            double before = run.lambda();

            assertThat(run.lacksBaseline()).isTrue();
            run.baseline(1);

            assertThat(before).isEqualTo(InitialLambda.NOTHING);
            assertThat(run.lacksBaseline()).isFalse();
            observe(run, 101, 200);
            assertThat(run.lambda()).isCloseTo(0.1 * 1 / 50, within(1e-12));
            assertThat(run.state().firstLoss()).isEqualTo(1);
        }

        @Test
        void norWhileTheyAreCounted() {
            AdaptiveRun run = (AdaptiveRun) AutoL2Options.adaptive(1_000).newRun();
            run.begin(0, new TrainingStart(4, 100, 0.1, OptionalDouble.of(0.1), true, true));
            run.awaitBaseline();
            observe(run, 1, 100);
            double before = run.lambda();
            run.baseline(2);
            observe(run, 101, 200);

            assertThat(before).isEqualTo(InitialLambda.NOTHING);
            assertThat(run.lambda()).isCloseTo(0.1 * 2 / 50, within(1e-12));
            assertThat(run.state().firstLoss()).isEqualTo(2);
        }

        @Test
        void norInTheLastTenthOfTheBudget() {
            AdaptiveRun late = (AdaptiveRun) AutoL2Options.adaptive(1_000).newRun();
            late.begin(0, new TrainingStart(4, 100, 0.1));
            for (long i = 1; i < 900; i++) {
                late.sample(new Sample(i, 4, 50 * late.lambda(), OptionalDouble.of(0.5), 0.1, false));
            }
            observe(late, 900, 1_000);

            assertThat(late.lambda()).isEqualTo(InitialLambda.NOTHING);
        }

        /** As where each example of a batch is masked: there is no error then, and no loss. */
        @Test
        void anOwnCoefficientIsNotDividedBeforeTheDataAreFitted() {
            AdaptiveState own =
                    CAREFUL.start(0, new TrainingStart(4, 100, 0.1, OptionalDouble.of(4), true, true, 0.01));
            for (long i = 1; i <= 20; i++) {
                own = CAREFUL.apply(own, new Measurement(i, 0, 1, OptionalDouble.empty(), 0.1))
                        .state();
            }

            assertThat(own.lambda()).isEqualTo(0.01);
        }

        private static void observe(AdaptiveRun run, long from, long to) {
            for (long i = from; i <= to; i++) {
                run.sample(new Sample(i, 0.05, 50 * run.lambda(), OptionalDouble.of(0), 0.1, false));
            }
        }

        @Test
        void aShortRunLacksNoBaseline() {
            AdaptiveRun run = (AdaptiveRun) AutoL2Options.adaptive(99).newRun();
            run.begin(0, new TrainingStart(4, 100, 0.1, OptionalDouble.empty(), true, true));

            assertThat(run.lacksBaseline()).isFalse();
            run.baseline(1);
            assertThat(run.state().learnedLoss()).isZero();
        }

        @Test
        void aLambdaOfTheUsersIsHeld() {
            assertThat(RULE.start(0, new TrainingStart(4, 100, 0.1)).learnedLoss())
                    .isZero();
        }
    }

    @Nested
    class Time {

        /** The refractory period is 0.4 tau = 80 iterations. */
        @Test
        void dividesWhenTheRefractoryPeriodIsOver() {
            assertThat(RULE.apply(START, classified(180, 1)).decision()).isEqualTo(keep(Decision.Reason.REFRACTORY));

            AutoL2Rule.Step<AdaptiveState> step = RULE.apply(START, classified(181, 1));

            assertThat(cause(step)).isEqualTo(Decision.Cause.PATIENCE);
            assertThat(step.state().lambda()).isEqualTo(0.01 / 3);
        }

        @Test
        void countsEachIntervalWithItsOwnLearningRate() {
            // given: 40 iterations at 0.5 and 80 at 0.25 are 0.2 tau each
            AdaptiveState half = RULE.apply(START, classified(140, 1)).state();

            // when
            AutoL2Rule.Step<AdaptiveState> step =
                    RULE.apply(half, new Measurement(219, 1, 0.01, OptionalDouble.of(0.3), 0.25));

            // then
            assertThat(step.decision()).isEqualTo(keep(Decision.Reason.REFRACTORY));
            assertThat(step.state().waited()).isCloseTo(0.2 + 79 * 0.25 * 0.01, within(1e-15));
            assertThat(step.state().total()).isEqualTo(step.state().waited());
        }

        @Test
        void startsAnewAfterADivisionAndKeepsTheTotal() {
            AdaptiveState divided = RULE.apply(START, classified(200, 1)).state();

            assertThat(divided.waited()).isZero();
            assertThat(divided.totalAtDivision()).isEqualTo(divided.total());
            assertThat(divided.total()).isCloseTo(0.5, within(1e-15));
            assertThat(divided.lastDivision()).isEqualTo(200);
        }

        @Test
        void neverDividesWhileTheLearningRateIsZero() {
            assertThat(RULE.apply(START, new Measurement(Long.MAX_VALUE, 1, 0, NO_ERROR, 0))
                            .decision())
                    .isEqualTo(keep(Decision.Reason.REFRACTORY));
        }

        @Test
        void doesNotCountIterationsThatAReplicaReportsAgain() {
            AdaptiveState later = RULE.apply(START, classified(150, 1)).state();

            assertThat(RULE.apply(later, classified(120, 1)).state().total()).isEqualTo(later.total());
        }

        /**
         * lambda = (p f / (f - 1)) / S at each division, S the sum of etaEff: with p = 0.4, f = 3 that is 0.6 / S, whatever the
         * learning rate does.
         */
        @ParameterizedTest
        @CsvSource({"constant", "falling", "rising"})
        void fallsInInverseProportionToTheSumOfTheLearningRates(String schedule) {
            // given
            LongToDoubleFunction etaEff = switch (schedule) {
                case "falling" -> t -> 0.5 * Math.pow(0.9999, (double) t);
                case "rising" -> t -> Math.min(0.5, 0.001 * (double) t);
                default -> t -> 0.5;
            };
            AdaptiveState state = RULE.start(0, new TrainingStart(FIRST_LOSS, 10, 0.5));
            double sum = 0;
            List<Double> products = new ArrayList<>();

            // when
            for (long t = 1; t < 20_000; t++) {
                sum += etaEff.applyAsDouble(t);
                AutoL2Rule.Step<AdaptiveState> step =
                        RULE.apply(state, new Measurement(t, 1, 0.01, OptionalDouble.of(0.3), etaEff.applyAsDouble(t)));
                if (step.decision() instanceof Decision.Change) {
                    products.add(state.lambda() * sum);
                }
                state = step.state();
            }

            // then: once the first lambda is forgotten
            assertThat(products).hasSizeGreaterThan(3);
            assertThat(products.subList(3, products.size()))
                    .allSatisfy(p -> assertThat(p).isCloseTo(0.6, within(0.03)));
        }
    }

    @Nested
    class Fitted {

        private static Measurement measured(double loss, double penalty, double error) {
            return new Measurement(1_000, loss, penalty, OptionalDouble.of(error), 0.5);
        }

        @Test
        void timeStandsStillForAClassifierThatFitsItsData() {
            AutoL2Rule.Step<AdaptiveState> step = RULE.apply(START, measured(0.2, 0.2, 0.1));

            assertThat(step.decision()).isEqualTo(keep(Decision.Reason.FITTED));
            assertThat(step.state().waited()).isZero();
            assertThat(step.state().total()).isCloseTo(4.5, within(1e-12));
        }

        @Test
        void timeGoesOnAboveATenthOfTheFirstLoss() {
            assertThat(cause(RULE.apply(START, measured(Math.nextUp(0.2), 0.01, 0.1))))
                    .isEqualTo(Decision.Cause.PATIENCE);
        }

        /** Inputs that are not scaled: the first loss is far above that of chance, and a tenth of it says nothing. */
        @Test
        void timeGoesOnWhereMoreThanATenthOfTheDataIsWrong() {
            AdaptiveState unscaled = RULE.start(100, new TrainingStart(20, 10, 0.5));

            assertThat(cause(RULE.apply(unscaled, measured(1.9, 0.01, Math.nextUp(0.1)))))
                    .isEqualTo(Decision.Cause.PATIENCE);
        }

        /** A rare class: who answers with the shares has a loss of 0.05 and errs on 1 %, but has learned nothing. */
        @Test
        void timeGoesOnWhereALossIsSmallBesideTheFirstOneOnly() {
            TrainingStart rare = new TrainingStart(0.7, 10, 0.5, OptionalDouble.of(0.056), true, true);
            AdaptiveState state = RULE.start(100, rare);

            assertThat(cause(RULE.apply(state, measured(0.05, 0.01, 0.01)))).isEqualTo(Decision.Cause.PATIENCE);
            assertThat(RULE.apply(state, measured(0.005, 0.001, 0.01)).decision())
                    .isEqualTo(keep(Decision.Reason.FITTED));
            assertThat(AutoL2Options.adaptive().fromTheStart().firstLambda(rare))
                    .isCloseTo(0.1 * 0.056 / 10, within(1e-15));
        }

        @Test
        void timeGoesOnWhereThePenaltyExceedsTheLoss() {
            assertThat(cause(RULE.apply(START, measured(0.2, Math.nextUp(0.2), 0.1))))
                    .isEqualTo(Decision.Cause.PATIENCE);
        }

        @Test
        void timeGoesOnWithoutATrainingError() {
            assertThat(cause(RULE.apply(START, new Measurement(1_000, 0.1, 0, NO_ERROR, 0.5))))
                    .isEqualTo(Decision.Cause.PATIENCE);
        }
    }

    @Nested
    class PenaltyOutweighs {

        /** The recent loss is 2 + 0.3 * (1 - 2) = 1.7, of which 0.3 are 0.51. */
        @Test
        void dividesAtOnceWithoutATrainingError() {
            assertThat(RULE.apply(START, regression(101, 0.5)).decision()).isEqualTo(keep(Decision.Reason.REFRACTORY));
            assertThat(cause(RULE.apply(START, regression(101, 0.52)))).isEqualTo(Decision.Cause.PENALTY);
        }

        @Test
        void isNoSignForAClassifier() {
            Measurement heavy = new Measurement(101, 1, 100, OptionalDouble.of(0.3), 0.5);

            assertThat(RULE.apply(START, heavy).decision()).isEqualTo(keep(Decision.Reason.REFRACTORY));
        }

        @Test
        void isNoSignForALossWithoutScale() {
            Measurement negative = new Measurement(101, -10, 100, NO_ERROR, 0.5);

            assertThat(RULE.apply(START, negative).decision()).isEqualTo(keep(Decision.Reason.REFRACTORY));
        }

        /** 0.01 / 27 = 3.7e-4 is above 3 % of 0.01, a ninth more is not: after three divisions only time divides. */
        @Test
        void leavesAShareOfTheFirstLambda() {
            AdaptiveState state = START;
            for (int i = 1; i <= 20; i++) {
                state = RULE.apply(state, regression(100 + i, 100)).state();
            }

            assertThat(state.lambda()).isEqualTo(0.01 / 3 / 3 / 3);
        }

        /** The first loss may be that of the mean, and a share of its penalty more than all there is to learn. */
        @Test
        void leavesNoneWhereTheMeanOfTheTargetsIsNotKnown() {
            AdaptiveState state = RULE.start(100, new TrainingStart(50, 10, 0.5, OptionalDouble.empty(), false, true));
            for (int i = 1; i <= 40; i++) {
                state = RULE.apply(state, new Measurement(100 + i, 0.003, 100 * state.lambda(), NO_ERROR, 0.5))
                        .state();
            }

            assertThat(100 * state.lambda()).isLessThanOrEqualTo(0.3 * 0.003);
        }
    }

    /** A regression whose mean of targets has the loss 1: half of it is to be learned. */
    @Nested
    class Learned {

        private static final AdaptiveRule FROM_LOSS = AutoL2Options.adaptive().rule();
        private static final AdaptiveState PLATEAU =
                FROM_LOSS.start(0, new TrainingStart(4, 100, 0.1, OptionalDouble.of(1), false, true));

        /** The penalty that lambda = 1 would have is 50 by then. */
        private static Measurement measured(AdaptiveState state, long iteration, double loss) {
            return new Measurement(iteration, loss, 50 * state.lambda(), NO_ERROR, 0.1);
        }

        private static AdaptiveState after(AdaptiveState state, long iterations, double loss) {
            AdaptiveState last = state;
            for (long i = 1; i <= iterations; i++) {
                last = FROM_LOSS.apply(last, measured(last, i, loss)).state();
            }
            return last;
        }

        @Test
        void raisesLambdaOnceToAPenaltyOfThreePercentOfTheLoss() {
            AdaptiveState before = after(PLATEAU, 49, 0.4);
            AutoL2Rule.Step<AdaptiveState> step = FROM_LOSS.apply(before, measured(before, 50, 0.4));

            assertThat(before.lambda()).isEqualTo(PLATEAU.lambda()).isCloseTo(0.1 * 0.03 / 100, within(1e-12));
            assertThat(cause(step)).isEqualTo(Decision.Cause.LEARNED);
            assertThat(step.state().lambda()).isCloseTo(0.03 * 0.4 / 50, within(1e-9));
            assertThat(step.state().firstLambda()).isEqualTo(step.state().lambda());
            assertThat(after(step.state(), 60, 0.01).lambda())
                    .isLessThanOrEqualTo(step.state().lambda());
        }

        @Test
        void waitsUntilHalfIsLearned() {
            assertThat(after(PLATEAU, 200, 0.51).lambda()).isEqualTo(PLATEAU.lambda());
        }

        @Test
        void doesNotRaiseWhereTheBaselineIsNotKnown() {
            AdaptiveState unknown =
                    FROM_LOSS.start(0, new TrainingStart(4, 100, 0.1, OptionalDouble.empty(), false, true));

            assertThat(after(unknown, 60, 0.4).lambda()).isEqualTo(unknown.lambda());
        }

        /** A shorter sequence has a smaller loss, whatever was learned. */
        @Test
        void doesNotRaiseWhereLossesCannotBeCompared() {
            AdaptiveState sequences =
                    FROM_LOSS.start(0, new TrainingStart(4, 100, 0.1, OptionalDouble.of(1), false, false));

            assertThat(sequences.learnedLoss()).isZero();
        }

        /** Such as one that a mask hides as a whole. */
        @Test
        void doesNotRaiseAClassifiersLambdaOnABatchWithoutAnError() {
            AdaptiveRule rule = AutoL2Options.adaptive().rule();
            AdaptiveState state = rule.start(0, new TrainingStart(4, 100, 0.1, OptionalDouble.of(1), true, true));
            for (long i = 1; i <= 100; i++) {
                state = rule.apply(state, new Measurement(i, 0.01, 0.001, NO_ERROR, 0.1))
                        .state();
            }

            assertThat(state.learnedLoss()).isPositive();
        }

        @Test
        void doesNotRaiseAClassifiersLambdaThatIsWholeFromTheStart() {
            AdaptiveState classifier = AutoL2Options.adaptive()
                    .fromTheStart()
                    .rule()
                    .start(0, new TrainingStart(4, 100, 0.1, OptionalDouble.of(1), true, true));

            assertThat(classifier.learnedLoss()).isZero();
        }

        @Test
        void doesNotRaiseALambdaOfTheUsersOrOfAShortRun() {
            TrainingStart start = new TrainingStart(4, 100, 0.1, OptionalDouble.of(1), false, true);

            assertThat(RULE.start(0, start).learnedLoss()).isZero();
            assertThat(AutoL2Options.adaptive(99).rule().start(0, start).learnedLoss())
                    .isZero();
            assertThat(AutoL2Options.adaptive(100).rule().start(0, start).learnedLoss())
                    .isEqualTo(0.5);
        }

        /** A lambda that the bound of tau holds is not divided, and not raised later either. */
        @Test
        void neverLowersLambda() {
            AdaptiveState bound = FROM_LOSS.start(0, new TrainingStart(4, 0, 0.1, OptionalDouble.of(1), false, true));

            AdaptiveState after = bound;
            for (long i = 1; i <= 60; i++) {
                after = FROM_LOSS
                        .apply(after, new Measurement(i, 0.4, 0.01, NO_ERROR, 0.1))
                        .state();
            }

            assertThat(after.lambda()).isEqualTo(bound.lambda());
            assertThat(after.learnedLoss()).isZero();
        }

        @Test
        void isHeldWithLambda() {
            AdaptiveRule held = AutoL2Options.adaptive().withHoldFrom(50).rule();
            AdaptiveState before = after(PLATEAU, 49, 0.4);

            assertThat(held.apply(before, measured(before, 50, 0.4)).decision())
                    .isEqualTo(keep(Decision.Reason.REFRACTORY));
        }
    }

    @Nested
    class Floor {

        @Test
        void stopsAtTheFloor() {
            AdaptiveRule floored = OPTIONS.withMinimumLambda(0.005).rule();

            AdaptiveState atFloor = floored.apply(START, classified(1_000, 1)).state();

            assertThat(atFloor.lambda()).isEqualTo(0.005);
            assertThat(floored.apply(atFloor, classified(100_000, 1)).decision())
                    .isEqualTo(keep(Decision.Reason.AT_FLOOR));
        }

        @Test
        void startsAtAFloorAboveTheFirstLambda() {
            AdaptiveRule rule = AutoL2Options.adaptive().withMinimumLambda(0.05).rule();

            assertThat(rule.start(0, new TrainingStart(2, 100, 0)).lambda()).isEqualTo(0.05);
        }

        @Test
        void holdsLambdaFromAGivenIteration() {
            Measurement late = classified(1_000, 1);

            assertThat(OPTIONS.withHoldFrom(1_000).rule().apply(START, late).decision())
                    .isEqualTo(keep(Decision.Reason.HELD));
            assertThat(OPTIONS.withHoldFrom(1_001).rule().apply(START, late).decision())
                    .isInstanceOf(Decision.Change.class);
        }
    }

    @Nested
    class Start {

        /** A tenth of the first loss: 0.1 * 2 / 100. */
        @Test
        void beginsWithAPenaltyOfATenthOfTheFirstLoss() {
            assertThat(AutoL2Options.adaptive(100).fromTheStart().rule().start(7, new TrainingStart(2, 100, 0.1)))
                    .isEqualTo(new AdaptiveState(0.002, 0.002, 2, 0, false, 7, 7, 0, 0, 0, 2, 1, Seen.NOTHING));
        }

        @Test
        void beginsWithATenthOfThatWhenTheRunIsTooShort() {
            assertThat(AutoL2Options.adaptive(99)
                            .fromTheStart()
                            .rule()
                            .start(7, new TrainingStart(2, 100, 0.1))
                            .lambda())
                    .isCloseTo(0.0002, within(1e-18));
            assertThat(AutoL2Options.adaptive(99)
                            .rule()
                            .start(7, new TrainingStart(2, 100, 0.1))
                            .lambda())
                    .isEqualTo(InitialLambda.NOTHING);
        }

        @Test
        void takesTheUsersFirstLambdaInAShortRun() {
            assertThat(AutoL2Options.adaptive(10)
                            .withInitialLambda(0.3)
                            .rule()
                            .start(7, new TrainingStart(2, 100, 0.1))
                            .lambda())
                    .isEqualTo(0.3);
        }

        @ParameterizedTest
        @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
        void refusesAnInvalidPenalty(double penaltyAtOne) {
            assertThatThrownBy(() -> new TrainingStart(1, penaltyAtOne, 0.5))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("penaltyAtOne must be finite and >= 0, got " + penaltyAtOne);
        }
    }
}
