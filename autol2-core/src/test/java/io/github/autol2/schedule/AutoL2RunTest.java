package io.github.autol2.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.schedule.NumericTraining.Curve;
import io.github.autol2.schedule.NumericTraining.Entry;
import io.github.autol2.schedule.NumericTraining.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutoL2RunTest {

    private static final OptionalDouble NO_ERROR = OptionalDouble.empty();
    /** With etaEff = 0.1: tau = 1000 iterations, windows of 100, a refractory period of 400. */
    private static final AutoL2Options ADAPTIVE =
            new AutoL2Options(new InitialLambda.Fixed(0.01), 3, 0.4, Timescale.TAU, new Window.MeanOfTau(0.1, 20), 0);

    private static final double ETA = 0.1;

    /** A loss that falls until {@code turn} and rises afterwards, with a penalty in proportion to lambda. */
    private static Curve turningAt(long turn) {
        return (i, lambda) -> Shown.of(1 + 0.001 * Math.abs(i - turn), 20 * lambda, ETA);
    }

    /** A loss that falls for ever, with the same penalty. */
    private static Curve falling() {
        return (i, lambda) -> Shown.of(1 + 100.0 / (100 + i), 20 * lambda, ETA);
    }

    /** Like {@code isEqualTo}, but a failure shows the first iteration that differs instead of both runs. */
    private static void assertSameRun(List<Entry> actual, List<Entry> expected) {
        assertThat(actual.size()).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).isEqualTo(expected.get(i));
        }
    }

    private static List<Long> divisions(List<Entry> entries) {
        return entries.stream().filter(Entry::divides).map(Entry::iteration).toList();
    }

    private static AutoL2Run begun(AutoL2Options options, long iteration, double etaEff) {
        AutoL2Run run = new AutoL2Run(options);
        run.begin(iteration, etaEff);
        return run;
    }

    private static AutoL2Run begun(AutoL2Options options) {
        return begun(options, 0, ETA);
    }

    @Nested
    class Beginning {

        @Test
        void takesTheFirstLambdaFromTheFirstLoss() {
            // given
            AutoL2Run run = new AutoL2Run(AutoL2Options.adaptive(4_000));
            run.begin(0, 200);
            assertThat(run.lambda()).as("with a loss of 1 until it is known").isCloseTo(0.0025, within(1e-16));
            assertThat(run.hasSettled()).isFalse();

            // when: the score is the loss and the penalty, 2.4 + 0.5
            run.sample(0, 2.9, 0.5, OptionalDouble.of(0.9), ETA);

            // then: 0.5 * 2.4 / 200
            assertThat(run.lambda()).isCloseTo(0.006, within(1e-15));
            assertThat(run.hasSettled()).isTrue();
        }

        /** The penalty of the iterations after the first is that of another lambda. */
        @Test
        void beginsTheFirstWindowWithTheFirstPenaltyOfTheFirstLambda() {
            // given
            AutoL2Run run = new AutoL2Run(AutoL2Options.adaptive().withWindow(new Window.Mean(20)));
            run.begin(0, 200);

            // when
            List<Entry> entries = NumericTraining.show(run, (i, lambda) -> Shown.of(2.4, 200 * lambda, ETA), 0, 41);

            // then
            assertThat(entries.get(0).lambda()).isNotEqualTo(0.0025);
            assertThat(NumericTraining.measuredAt(entries)).containsExactly(20L, 40L);
            assertThat(entries.get(20).measured().orElseThrow().measurement().loss())
                    .isCloseTo(2.4, within(1e-12));
        }

        @Test
        void keepsTheFirstLambdaOnceItIsKnown() {
            // given
            AutoL2Run run = new AutoL2Run(AutoL2Options.adaptive());
            run.begin(0, 200);
            run.sample(0, 2.9, 0.5, OptionalDouble.of(0.9), ETA);

            // when
            run.sample(1, 29, 0.5, OptionalDouble.of(0.9), ETA);

            // then
            assertThat(run.lambda()).isCloseTo(0.006, within(1e-15));
        }

        @Test
        void remembersInASnapshotThatTheFirstLambdaIsNotKnownYet() {
            // given
            AutoL2Run before = new AutoL2Run(AutoL2Options.adaptive());
            before.begin(0, 200);

            // when
            AutoL2Run after = new AutoL2Run(before.snapshot());
            after.sample(0, 2.9, 0.5, OptionalDouble.of(0.9), ETA);

            // then
            assertThat(after.lambda()).isCloseTo(0.006, within(1e-15));
        }

        @Test
        void hasBegunOnlyAfterTheBeginning() {
            // given
            AutoL2Run run = new AutoL2Run(ADAPTIVE);
            assertThat(run.hasBegun()).isFalse();

            // when
            run.begin(0, ETA);

            // then
            assertThat(run.hasBegun()).isTrue();
            assertThat(run.options()).isEqualTo(ADAPTIVE);
        }

        @Test
        void refusesToBeginTwice() {
            // given
            AutoL2Run run = begun(ADAPTIVE);
            AutoL2Run.Snapshot before = run.snapshot();

            // when, then
            assertThatThrownBy(() -> run.begin(5, 0.2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the run has begun already");
            assertThat(run.snapshot()).isEqualTo(before);
        }

        @Test
        void refusesToBeginAgainAfterASnapshot() {
            assertThatThrownBy(() -> new AutoL2Run(begun(ADAPTIVE).snapshot()).begin(5, 0.2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the run has begun already");
        }

        @Test
        void mayBeginAfterAnAttemptThatFailed() {
            // given
            AutoL2Run run = new AutoL2Run(ADAPTIVE);
            assertThatThrownBy(() -> run.begin(0, Double.NaN))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("penaltyAtOne must be finite and >= 0, got NaN");

            // when
            run.begin(0, ETA);

            // then
            assertThat(run.lambda()).isEqualTo(0.01);
        }

        @ParameterizedTest
        @MethodSource("io.github.autol2.schedule.AutoL2RunTest#bothPresets")
        void refusesASampleBeforeTheBeginning(AutoL2Options options) {
            assertThatThrownBy(() -> new AutoL2Run(options).sample(0, 2, 0.5, NO_ERROR, ETA))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the run has not begun");
        }

        @ParameterizedTest
        @MethodSource("io.github.autol2.schedule.AutoL2RunTest#bothPresets")
        void refusesAnIterationWithoutASampleBeforeTheBeginning(AutoL2Options options) {
            assertThatThrownBy(() -> new AutoL2Run(options).add(2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the run has not begun");
        }

        @Test
        void hasNeitherLambdaNorSnapshotBeforeTheBeginning() {
            // given
            AutoL2Run run = new AutoL2Run(ADAPTIVE);

            // when, then
            assertThatThrownBy(run::lambda)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the run has not begun");
            assertThatThrownBy(run::snapshot)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the run has not begun");
        }
    }

    static Stream<AutoL2Options> bothPresets() {
        return Stream.of(AutoL2Options.paper(), ADAPTIVE);
    }

    @Nested
    class SingleBatches {

        @ParameterizedTest
        @CsvSource({"1, 0 1 2 3 4 5 6", "3, 0 3 6", "10, 0"})
        void wantsASampleAtMultiplesAndNowhereElse(int every, String expected) {
            // given
            AutoL2Run run = begun(AutoL2Options.paper().withWindow(new Window.SingleBatch(every)));
            List<Long> multiples =
                    Stream.of(expected.split(" ")).map(Long::valueOf).toList();

            // when, then
            assertThat(LongStream.range(0, 7).filter(run::wantsSample).boxed()).isEqualTo(multiples);
        }

        @Test
        void countsMultiplesFromIterationZeroWhereverTheRunBegins() {
            // given
            AutoL2Run run = begun(AutoL2Options.paper(), 15, ETA);

            // when, then
            assertThat(run.wantsSample(15)).isFalse();
            assertThat(run.wantsSample(20)).isTrue();
        }

        @Test
        void measuresTheOneBatchWithoutItsPenalty() {
            // given
            AutoL2Run run = begun(AutoL2Options.paper());
            run.add(100); // an iteration in between has no say

            // when
            AutoL2Run.Measured measured =
                    run.sample(10, 2.5, 0.5, OptionalDouble.of(0.25), 0.3).orElseThrow();

            // then
            assertThat(measured.measurement()).isEqualTo(new Measurement(10, 2.0, OptionalDouble.of(0.25), 0.3));
            assertThat(measured.decision()).isEqualTo(new Decision.Keep(Decision.Reason.IMPROVING));
        }

        /** lambda = 0.1, a refractory period of 1 iteration, samples at 0, 10 and 20. */
        @Test
        void dividesWhenTheRuleSaysSo() {
            // given
            AutoL2Run run = begun(AutoL2Options.paper());

            // when
            List<Entry> entries = NumericTraining.show(run, turningAt(0), 0, 21);

            // then
            assertThat(divisions(entries)).containsExactly(20L);
            assertThat(entries.get(19).lambda()).isEqualTo(0.1);
            assertThat(run.lambda()).isEqualTo(0.1 / 10);
        }

        @Test
        void keepsLambdaWhileTheLossFalls() {
            // given
            AutoL2Run run = begun(AutoL2Options.paper());

            // when
            NumericTraining.show(run, falling(), 0, 500);

            // then
            assertThat(run.lambda()).isEqualTo(0.1);
        }
    }

    @Nested
    class MeanWindows {

        static Stream<Arguments> windows() {
            return Stream.of(
                    Arguments.of(new Window.Mean(1), 1),
                    Arguments.of(new Window.Mean(7), 7),
                    Arguments.of(new Window.Mean(20), 20),
                    Arguments.of(new Window.Mean(21), 21),
                    Arguments.of(new Window.Mean(30), 30),
                    Arguments.of(new Window.MeanOfTau(0.1, 20), 100),
                    Arguments.of(new Window.MeanOfTau(0.005, 20), 20));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("windows")
        void measuresTheMeanOfTheTrueLossesWhenThePenaltyDecaysExponentially(Window window, int length) {
            // given: a loss that jumps about a falling line, so that lambda is kept
            AutoL2Run run = begun(ADAPTIVE.withWindow(window).withRefractory(1e6), 5, ETA);
            Random random = new Random(1);
            Curve curve = (i, lambda) -> Shown.of(3 + random.nextDouble() - 0.002 * i, 0.4 * Math.exp(-0.002 * i), ETA);

            // when
            List<Entry> entries = NumericTraining.show(run, curve, 5, 5 + 6L * length);

            // then
            assertThat(NumericTraining.measuredAt(entries)).hasSize(6);
            for (int n = 0; n < 6; n++) {
                List<Entry> members = entries.subList(n * length, (n + 1) * length);
                double expected = members.stream()
                        .mapToDouble(entry -> entry.shown().loss())
                        .average()
                        .orElseThrow();
                Measurement measured =
                        members.get(length - 1).measured().orElseThrow().measurement();
                assertThat(measured.loss()).isCloseTo(expected, within(1e-12 * expected));
            }
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("windows")
        void measuresAtTheLastIterationOfEachWindowAndNowhereElse(Window window, int length) {
            // given
            AutoL2Run run = begun(ADAPTIVE.withWindow(window), 5, ETA);

            // when
            List<Entry> entries = NumericTraining.show(run, falling(), 5, 5 + 6L * length + length / 2);

            // then
            assertThat(NumericTraining.measuredAt(entries))
                    .isEqualTo(LongStream.rangeClosed(1, 6)
                            .map(n -> 4 + n * length)
                            .boxed()
                            .toList());
        }

        @Test
        void averagesTheErrorOverTheSamplesOfTheWindow() {
            // given: samples at 0, 20 and 29
            AutoL2Run run = begun(ADAPTIVE.withWindow(new Window.Mean(30)));
            Curve curve = (i, lambda) -> new Shown(2, 0.5, OptionalDouble.of(i / 64.0), ETA);

            // when
            List<Entry> entries = NumericTraining.show(run, curve, 0, 30);

            // then
            assertThat(entries.get(29).measured().orElseThrow().measurement().error())
                    .hasValueCloseTo((0 + 20 + 29) / 64.0 / 3, within(1e-15));
        }

        @Test
        void measuresNoErrorWhereThereIsNone() {
            // given
            AutoL2Run run = begun(ADAPTIVE.withWindow(new Window.Mean(30)));

            // when
            List<Entry> entries = NumericTraining.show(run, falling(), 0, 30);

            // then
            assertThat(entries.get(29).measured().orElseThrow().measurement().error())
                    .isEmpty();
        }

        @Test
        void passesOnTheMeanLearningRate() {
            // given
            AutoL2Run run = begun(ADAPTIVE.withWindow(new Window.Mean(30)));
            Curve warmUp = (i, lambda) -> Shown.of(2, 0.5, 0.001 * i);

            // when
            List<Entry> entries = NumericTraining.show(run, warmUp, 0, 30);

            // then
            assertThat(entries.get(29).measured().orElseThrow().measurement().etaEff())
                    .isCloseTo(0.001 * 14.5, within(1e-15));
        }

        /** The first window is left out: it may need one sample more, because no window before it ended with one. */
        private static long samplesPerHundredWindows(int length) {
            AutoL2Run run = begun(ADAPTIVE.withWindow(new Window.Mean(length)));
            NumericTraining.show(run, falling(), 0, length);
            return NumericTraining.show(run, falling(), length, 101L * length).stream()
                    .filter(Entry::sampled)
                    .count();
        }

        /** The window's last iteration is sampled, so windows of 20 n iterations need n samples. */
        @ParameterizedTest
        @CsvSource({"20, 1", "40, 2", "200, 10"})
        void sampleOneIterationInTwentyWhenTheirLengthIsAMultipleOfTwenty(int length, int samples) {
            assertThat(samplesPerHundredWindows(length)).isEqualTo(100 * samples);
        }

        /** Any other length rounds up: 1 sample in 7 iterations, 2 in 21, 2 in 30, 3 in 41. */
        @ParameterizedTest
        @CsvSource({"7, 1", "21, 2", "30, 2", "41, 3"})
        void roundTheNumberOfSamplesUpWhenTheirLengthIsNoMultipleOfTwenty(int length, int samples) {
            assertThat(samplesPerHundredWindows(length)).isEqualTo(100 * samples);
        }
    }

    @Nested
    class AfterADivision {

        /** Windows of 100 end at 99, 199, ...; the refractory period of 400 is over after iteration 400. */
        @Test
        void dividesAtTheFirstWindowAfterTheRefractoryPeriod() {
            // given
            AutoL2Run run = begun(ADAPTIVE);

            // when
            List<Entry> entries = NumericTraining.show(run, turningAt(0), 0, 500);

            // then
            assertThat(NumericTraining.measuredAt(entries)).containsExactly(99L, 199L, 299L, 399L, 499L);
            assertThat(divisions(entries)).containsExactly(499L);
            assertThat(entries.get(399).measured().orElseThrow().decision())
                    .isEqualTo(new Decision.Keep(Decision.Reason.REFRACTORY));
            assertThat(run.lambda()).isEqualTo(0.01 / 3);
        }

        @Test
        void wantsAFreshPenaltyAtOnce() {
            // given
            AutoL2Run run = begun(ADAPTIVE);

            // when
            NumericTraining.show(run, turningAt(0), 0, 500);

            // then
            assertThat(run.wantsSample(500)).isTrue();
        }

        @Test
        void wantsNoFreshPenaltyWhenLambdaWasKept() {
            // given
            AutoL2Run run = begun(ADAPTIVE);

            // when
            NumericTraining.show(run, turningAt(0), 0, 400);

            // then: the sample at 399 serves until 419
            assertThat(run.wantsSample(400)).isFalse();
            assertThat(run.wantsSample(418)).isFalse();
            assertThat(run.wantsSample(419)).isTrue();
        }

        /** With the division the penalty jumps to a third of it; a line across the jump would be wrong by far more than 1e-12. */
        @Test
        void measuresTheLossWithoutTheJumpOfThePenalty() {
            // given
            AutoL2Run run = begun(ADAPTIVE);
            Curve curve = (i, lambda) -> Shown.of(2, 20 * lambda, ETA);

            // when
            List<Entry> entries = NumericTraining.show(run, curve, 0, 5_000);

            // then
            assertThat(divisions(entries)).hasSizeGreaterThanOrEqualTo(2);
            assertThat(entries.stream().flatMap(entry -> entry.measured().stream()))
                    .isNotEmpty()
                    .allSatisfy(measured ->
                            assertThat(measured.measurement().loss()).isCloseTo(2, within(2e-12)));
        }

        @Test
        void makesWindowsLongerByTheFactor() {
            // given
            AutoL2Run run = begun(ADAPTIVE);

            // when
            List<Entry> entries = NumericTraining.show(run, turningAt(0), 0, 1_500);

            // then: divided at 499; windows of 300 from 500 on
            assertThat(NumericTraining.measuredAt(entries))
                    .containsExactly(99L, 199L, 299L, 399L, 499L, 799L, 1_099L, 1_399L);
        }

        @Test
        void leavesFixedWindowsAsLongAsTheyWere() {
            // given
            AutoL2Run run = begun(ADAPTIVE.withWindow(new Window.Mean(100)));

            // when
            List<Entry> entries = NumericTraining.show(run, turningAt(0), 0, 800);

            // then
            assertThat(divisions(entries)).containsExactly(499L);
            assertThat(NumericTraining.measuredAt(entries))
                    .containsExactly(99L, 199L, 299L, 399L, 499L, 599L, 699L, 799L);
        }
    }

    @Nested
    class WindowsOfTau {

        private static List<Long> measuredWith(double etaEff, int iterations) {
            AutoL2Run run = begun(ADAPTIVE, 0, etaEff);
            return NumericTraining.measuredAt(
                    NumericTraining.show(run, (i, lambda) -> Shown.of(2, 0.5, etaEff), 0, iterations));
        }

        @Test
        void useTheLeastNumberOfIterationsWhileTheLearningRateIsZero() {
            assertThat(measuredWith(0, 65)).containsExactly(19L, 39L, 59L);
        }

        /** 0.1 tau = 10/etaEff iterations: 20 at etaEff = 0.5, 19 above and 21 below, which is rounded up to two intervals. */
        @ParameterizedTest
        @CsvSource({"0.5263, 19", "0.5, 19", "0.4762, 39", "0.1, 99"})
        void areNeverShorterThanTheLeastNumberOfIterations(double etaEff, long last) {
            assertThat(measuredWith(etaEff, 100).get(0)).isEqualTo(last);
        }

        @Test
        void growWhenTheLearningRateFallsWhileTheyAreOpen() {
            // given: etaEff falls from 0.1 to 0.05 in the middle of the second window
            AutoL2Run run = begun(ADAPTIVE);
            Curve curve = (i, lambda) -> Shown.of(2, 0.5, i < 150 ? 0.1 : 0.05);

            // when
            List<Entry> entries = NumericTraining.show(run, curve, 0, 500);

            // then
            assertThat(NumericTraining.measuredAt(entries)).containsExactly(99L, 299L, 499L);
        }

        @Test
        void endEarlyWhenTheLearningRateRisesInAWarmUp() {
            // given: a window of 100,000 iterations at first, and of 100 from iteration 50 on
            AutoL2Run run = begun(ADAPTIVE, 0, 1e-4);
            Curve curve = (i, lambda) -> Shown.of(2, 0.5, i < 50 ? 1e-4 : 0.1);

            // when
            List<Entry> entries = NumericTraining.show(run, curve, 0, 200);

            // then
            assertThat(NumericTraining.measuredAt(entries)).containsExactly(99L, 199L);
        }

        /** tau = 1e22 iterations is more than a long can count. */
        @ParameterizedTest
        @ValueSource(longs = {0, 1, 2, 1_000_000})
        void doNotEndAtOnceWhenTauIsLongerThanAnyRun(long start) {
            // given
            AutoL2Run run = begun(ADAPTIVE, start, 1e-20);

            // when
            List<Entry> entries = NumericTraining.show(run, (i, lambda) -> Shown.of(2, 0.5, 1e-20), start, start + 10);

            // then
            assertThat(NumericTraining.measuredAt(entries)).isEmpty();
        }
    }

    @Nested
    class Refusals {

        static Stream<Arguments> notFinite() {
            return bothPresets()
                    .flatMap(options -> Stream.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
                            .map(value -> Arguments.of(options, value)));
        }

        /** 50 iterations into the run; iteration 50 wants no sample, iteration 60 wants one, with both presets. */
        private static AutoL2Run midRun(AutoL2Options options) {
            AutoL2Run run = begun(options);
            NumericTraining.show(run, falling(), 0, 50);
            assertThat(run.wantsSample(60)).isTrue();
            return run;
        }

        @ParameterizedTest
        @MethodSource("notFinite")
        void refusesAScoreThatIsNotFiniteWithoutASample(AutoL2Options options, double score) {
            // given
            AutoL2Run run = midRun(options);
            AutoL2Run.Snapshot before = run.snapshot();

            // when, then
            assertThatThrownBy(() -> run.add(score))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("score must be finite, got " + score);
            assertThat(run.snapshot()).isEqualTo(before);
        }

        @ParameterizedTest
        @MethodSource("notFinite")
        void refusesAScoreThatIsNotFiniteInASample(AutoL2Options options, double score) {
            // given
            AutoL2Run run = midRun(options);
            AutoL2Run.Snapshot before = run.snapshot();

            // when, then
            assertThatThrownBy(() -> run.sample(60, score, 0.5, NO_ERROR, ETA))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("score must be finite, got " + score);
            assertThat(run.snapshot()).isEqualTo(before);
        }

        @ParameterizedTest
        @MethodSource("notFinite")
        void refusesAPenaltyThatIsNotFinite(AutoL2Options options, double penalty) {
            // given
            AutoL2Run run = midRun(options);
            AutoL2Run.Snapshot before = run.snapshot();

            // when, then
            assertThatThrownBy(() -> run.sample(60, 2.5, penalty, NO_ERROR, ETA))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("penalty must be finite, got " + penalty);
            assertThat(run.snapshot()).isEqualTo(before);
        }

        @ParameterizedTest
        @MethodSource("io.github.autol2.schedule.AutoL2RunTest#bothPresets")
        void refusesAnErrorThatIsNoFraction(AutoL2Options options) {
            // given
            AutoL2Run run = midRun(options);
            AutoL2Run.Snapshot before = run.snapshot();

            // when, then
            assertThatThrownBy(() -> run.sample(60, 2.5, 0.5, OptionalDouble.of(1.5), ETA))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("error must be in [0, 1], got 1.5");
            assertThat(run.snapshot()).isEqualTo(before);
        }

        @ParameterizedTest
        @MethodSource("io.github.autol2.schedule.AutoL2RunTest#bothPresets")
        void refusesALearningRateThatIsNoNumber(AutoL2Options options) {
            // given
            AutoL2Run run = midRun(options);
            AutoL2Run.Snapshot before = run.snapshot();

            // when, then
            assertThatThrownBy(() -> run.sample(60, 2.5, 0.5, NO_ERROR, Double.NaN))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("etaEff must be finite and >= 0, got NaN");
            assertThat(run.snapshot()).isEqualTo(before);
        }

        @ParameterizedTest
        @MethodSource("io.github.autol2.schedule.AutoL2RunTest#bothPresets")
        void goesOnAfterARefusalAsIfNothingHadHappened(AutoL2Options options) {
            // given
            AutoL2Run run = midRun(options);
            AutoL2Run undisturbed = midRun(options);

            // when
            assertThatThrownBy(() -> run.add(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> run.sample(50, Double.NaN, 0.5, NO_ERROR, ETA))
                    .isInstanceOf(IllegalArgumentException.class);

            // then
            List<Entry> expected = NumericTraining.show(undisturbed, turningAt(60), 50, 3_000);
            assertThat(divisions(expected)).isNotEmpty();
            assertSameRun(NumericTraining.show(run, turningAt(60), 50, 3_000), expected);
        }

        @Test
        void completesTheWindowOneIterationLaterWhenItsLastScoreIsRefused() {
            // given
            AutoL2Run run = begun(ADAPTIVE.withWindow(new Window.Mean(20)));
            NumericTraining.show(run, (i, lambda) -> Shown.of(2, 0.5, ETA), 0, 19);
            assertThatThrownBy(() -> run.sample(19, Double.NaN, 0.5, NO_ERROR, ETA))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("score must be finite, got NaN");

            // when
            List<Entry> entries = NumericTraining.show(run, (i, lambda) -> Shown.of(2, 0.5, ETA), 20, 45);

            // then
            assertThat(NumericTraining.measuredAt(entries)).containsExactly(20L, 40L);
            assertThat(entries.get(0).measured().orElseThrow().measurement().loss())
                    .isCloseTo(2, within(2e-12));
        }
    }

    @Nested
    class Replicas {

        /** Two networks train side by side, count the same iterations, and show their scores one after the other. */
        private static List<Double> measuredLosses(double slope) {
            AutoL2Run run = begun(ADAPTIVE.withWindow(new Window.Mean(30)).withRefractory(1e6));
            Curve curve = (i, lambda) -> Shown.of(2, 0.5 + slope * i, ETA);
            List<Double> losses = new ArrayList<>();
            for (long i = 0; i < 600; i++) {
                for (int replica = 0; replica < 2; replica++) {
                    NumericTraining.show(run, curve, i, i + 1)
                            .get(0)
                            .measured()
                            .ifPresent(measured ->
                                    losses.add(measured.measurement().loss()));
                }
            }
            return losses;
        }

        @Test
        void completeAWindowTogether() {
            assertThat(measuredLosses(0)).hasSize(20);
        }

        @Test
        void doNotDistortAConstantPenalty() {
            assertThat(measuredLosses(0)).allSatisfy(loss -> assertThat(loss).isCloseTo(2, within(2e-12)));
        }

        /** The second replica's last score falls into the next window: half an iteration's change of the penalty. */
        @Test
        void areOffByLessThanOneIterationOfAPenaltyThatChanges() {
            assertThat(measuredLosses(0.001))
                    .allSatisfy(loss -> assertThat(loss).isCloseTo(2, within(0.001)));
        }
    }

    @Nested
    class Resuming {

        private static final int ITERATIONS = 2_500;

        static Stream<Arguments> runs() {
            return Stream.of(
                            AutoL2Options.paper().withInitialLambda(0.02),
                            AutoL2Options.paper()
                                    .withWindow(new Window.Mean(30))
                                    .withDecayFactor(3),
                            ADAPTIVE,
                            AutoL2Options.adaptive(ITERATIONS).withMinimumLambda(1e-3))
                    .flatMap(options -> Stream.of(1, 2, 3, 4, 5).map(seed -> Arguments.of(options, seed)));
        }

        /** Noise on a loss that falls and rises again, errors now and then, a learning rate in steps, a decaying penalty. */
        private static Curve random(long seed) {
            Random random = new Random(seed);
            double[] noise = random.doubles(ITERATIONS).toArray();
            return (i, lambda) -> {
                double loss = 1 + 0.0005 * Math.abs(i - 300) + 0.3 * noise[(int) i];
                OptionalDouble error = noise[(int) i] < 0.7 ? OptionalDouble.of(noise[(int) i]) : NO_ERROR;
                return new Shown(loss, 20 * lambda * Math.exp(-0.001 * i), error, 0.5 - 0.1 * (i / 600));
            };
        }

        @ParameterizedTest(name = "{0}, seed {1}")
        @MethodSource("runs")
        void continuesAnyCutRunAsIfItHadNotStopped(AutoL2Options options, int seed) {
            // given
            Curve curve = random(seed);
            List<Entry> unbroken = NumericTraining.show(begun(options, 0, 0.5), curve, 0, ITERATIONS);
            assertThat(divisions(unbroken)).isNotEmpty();

            AutoL2Run run = begun(options, 0, 0.5);
            for (int cut = 0; cut < ITERATIONS; cut += 83) {
                // when
                AutoL2Run resumed = new AutoL2Run(run.snapshot());

                // then
                assertThat(resumed.lambda()).isEqualTo(run.lambda());
                assertSameRun(NumericTraining.show(resumed, curve, cut, ITERATIONS), unbroken.subList(cut, ITERATIONS));
                NumericTraining.show(run, curve, cut, Math.min(cut + 83, ITERATIONS));
            }
        }

        @ParameterizedTest(name = "{0}, seed {1}")
        @MethodSource("runs")
        void isNotDisturbedByTakingSnapshots(AutoL2Options options, int seed) {
            // given
            AutoL2Run quiet = begun(options, 0, 0.5);
            AutoL2Run observed = begun(options, 0, 0.5);
            Curve curve = random(seed);

            for (int i = 0; i < ITERATIONS; i++) {
                // when
                observed.snapshot();

                // then
                assertThat(NumericTraining.show(observed, curve, i, i + 1))
                        .isEqualTo(NumericTraining.show(quiet, curve, i, i + 1));
            }
        }

        @Test
        void twoRunsFromOneSnapshotDoNotDisturbEachOther() {
            // given
            AutoL2Run run = begun(ADAPTIVE);
            NumericTraining.show(run, turningAt(0), 0, 130);
            AutoL2Run.Snapshot snapshot = run.snapshot();

            // when
            List<Entry> first = NumericTraining.show(new AutoL2Run(snapshot), turningAt(0), 130, 1_000);
            List<Entry> second = NumericTraining.show(new AutoL2Run(snapshot), turningAt(0), 130, 1_000);

            // then
            assertThat(divisions(first)).isNotEmpty();
            assertSameRun(second, first);
        }

        @Test
        void remembersTheUnfinishedWindow() {
            // given
            AutoL2Run run = begun(ADAPTIVE);

            // when: samples at 0, 20, ..., 120, of which the one at 99 ended the first window
            NumericTraining.show(run, (i, lambda) -> Shown.of(2, 0.5, ETA), 0, 130);
            WindowMean.Sums window = run.snapshot().window();

            // then
            assertThat(window.first()).isEqualTo(100);
            assertThat(window.last()).isEqualTo(199);
            assertThat(window.scores()).isEqualTo(30);
            assertThat(window.sampledAt()).isEqualTo(119);
        }
    }

    @Test
    void oneReplicaOfSeveralMakesASingleBatchsMeasurement() {
        AutoL2Run run = new AutoL2Run(AutoL2Options.paper());
        run.begin(0, 0.1);
        run.sample(10, 2, 0.5, java.util.OptionalDouble.empty(), 0.1);

        assertThat(run.wantsSample(10)).isFalse();
        assertThat(new AutoL2Run(run.snapshot()).wantsSample(10)).isFalse();
        assertThat(run.wantsSample(20)).isTrue();
    }
}
