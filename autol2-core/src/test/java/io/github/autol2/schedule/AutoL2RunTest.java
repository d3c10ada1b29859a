package io.github.autol2.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AutoL2RunTest {

    private static final TrainingStart START = new TrainingStart(2, 100, 0.5);
    private static final double HALF_SQUARE = 100;

    static List<AutoL2Options> rules() {
        return List.of(
                AutoL2Options.paper().withRefractory(0.001),
                AutoL2Options.adaptive(2_000).fromTheStart());
    }

    private record Entry(long iteration, Measured measured) {}

    /** A training with a loss that falls and rises again; the score has the penalty in it. */
    private static List<Entry> show(AutoL2Run run, long from, long to) {
        List<Entry> entries = new ArrayList<>();
        for (long i = from; i < to; i++) {
            double loss = 1 + Math.abs(i - 400) / 400.0;
            double penalty = run.lambda() * HALF_SQUARE;
            if (run.wantsSample(i)) {
                long iteration = i;
                run.sample(new Sample(i, loss + penalty, penalty, OptionalDouble.of(0.2), 0.5))
                        .ifPresent(measured -> entries.add(new Entry(iteration, measured)));
            } else {
                run.add(loss + penalty);
            }
        }
        return entries;
    }

    private static AutoL2Run begun(AutoL2Options options) {
        AutoL2Run run = options.newRun();
        run.begin(0, START);
        return run;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aResumedRunGoesOnAsIfItHadNotStopped(AutoL2Options options) {
        for (long stop : new long[] {1, 37, 500, 1_234}) {
            // given
            AutoL2Run whole = begun(options);
            List<Entry> expected = show(whole, 0, 2_000);
            AutoL2Run first = begun(options);
            List<Entry> entries = new ArrayList<>(show(first, 0, stop));

            // when
            AutoL2Run resumed = first.snapshot().resume();
            entries.addAll(show(resumed, stop, 2_000));

            // then
            assertThat(entries).isEqualTo(expected);
            assertThat(expected).anyMatch(entry -> entry.measured().decision() instanceof Decision.Change);
            assertThat(resumed.snapshot()).isEqualTo(whole.snapshot());
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void needsToBegin(AutoL2Options options) {
        AutoL2Run run = options.newRun();

        assertThat(run.hasBegun()).isFalse();
        assertThatThrownBy(run::lambda)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the run has not begun");
        assertThatThrownBy(run::snapshot).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> run.add(1)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void beginsOnce(AutoL2Options options) {
        AutoL2Run run = begun(options);

        assertThat(run.hasBegun()).isTrue();
        assertThatThrownBy(() -> run.begin(1, START))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the run has begun already");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void refusesAScoreThatIsNotFiniteAndIsNotChangedByIt(AutoL2Options options) {
        AutoL2Run run = begun(options);
        AutoL2Run.Snapshot before = run.snapshot();

        assertThatThrownBy(() -> run.add(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("score must be finite, got NaN");
        assertThat(run.snapshot()).isEqualTo(before);
    }

    @Nested
    class Published {

        private final AutoL2Run run = begun(AutoL2Options.paper());

        @Test
        void measuresTheFirstBatchAndEveryTenth() {
            assertThat(show(run, 0, 31)).extracting(Entry::iteration).containsExactly(0L, 10L, 20L, 30L);
        }

        @Test
        void measuresAnIterationOnceEvenIfReplicasShowItTwice() {
            show(run, 0, 11);

            assertThat(run.wantsSample(10)).isFalse();
            assertThat(run.wantsSample(20)).isTrue();
        }

        @Test
        void takesTheLossOfTheBatchWithoutThePenalty() {
            assertThat(show(run, 0, 1).get(0).measured().measurement().loss()).isCloseTo(2, within(1e-12));
        }
    }

    @Nested
    class Adaptive {

        private final AutoL2Run run = begun(AutoL2Options.adaptive(2_000).fromTheStart());

        @Test
        void beginsWithTheLambdaThatTheFirstLossAllows() {
            assertThat(run.lambda()).isEqualTo(0.002);
        }

        @Test
        void leavesTheFirstIterationWhosePenaltyWasTheUsersOwn() {
            assertThat(run.wantsSample(0)).isFalse();
            assertThat(run.wantsSample(1)).isTrue();
        }

        @Test
        void measuresOftenAtFirstAndLaterEveryTwentyIterations() {
            List<Long> measured =
                    show(run, 0, 2_000).stream().map(Entry::iteration).toList();

            assertThat(measured).startsWith(1L, 2L, 3L, 4L);
            for (int i = 1; i < measured.size(); i++) {
                assertThat(measured.get(i) - measured.get(i - 1))
                        .isBetween(1L, Math.max(1, Math.min(20L, measured.get(i) / 10)));
            }
            assertThat(measured).hasSizeLessThan(200);
        }

        @Test
        void measuresTheLossWithoutThePenaltyOverEachInterval() {
            assertThat(show(run, 0, 400)).allSatisfy(entry -> {
                double now = 2 - entry.iteration() / 400.0;
                assertThat(entry.measured().measurement().loss()).isBetween(now - 1e-9, now + 10 / 400.0);
            });
        }

        @Test
        void measuresAnewRightAfterADivision() {
            List<Entry> entries = show(run, 0, 2_000);
            List<Long> measured = entries.stream().map(Entry::iteration).toList();

            assertThat(entries)
                    .filteredOn(entry -> entry.measured().decision() instanceof Decision.Change)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(entry -> assertThat(measured).contains(entry.iteration() + 1));
        }

        /** Without a training error a penalty that outweighs divides at once. */
        @Test
        void dividesOnceAtAnIterationThatSeveralReplicasShow() {
            Sample outweighed = new Sample(1, 2 + 1.5, 1.5, OptionalDouble.empty(), 0.5);

            assertThat(run.sample(outweighed).orElseThrow().decision()).isInstanceOf(Decision.Change.class);

            double lambda = run.lambda();
            assertThat(run.wantsSample(1)).isFalse();
            assertThat(run.sample(outweighed)).isEmpty();
            assertThat(run.lambda()).isEqualTo(lambda);
        }

        @Test
        void measuresAsEverWhereSomethingElseDecides() {
            // given
            AdaptiveRun ruled =
                    (AdaptiveRun) begun(AutoL2Options.adaptive(2_000).fromTheStart());
            AdaptiveRun observed =
                    (AdaptiveRun) begun(AutoL2Options.adaptive(2_000).fromTheStart());
            Sample outweighed = new Sample(1, 2 + 1.5, 1.5, OptionalDouble.empty(), 0.5);

            // when
            Measured decided = ruled.sample(outweighed).orElseThrow();
            Measured measured = observed.observe(outweighed).orElseThrow();

            // then
            assertThat(decided.decision()).isInstanceOf(Decision.Change.class);
            assertThat(measured)
                    .isEqualTo(new Measured(decided.measurement(), new Decision.Keep(Decision.Reason.VALIDATION)));
            assertThat(observed.lambda()).isEqualTo(0.002);
            assertThat(observed.timescales()).isEqualTo(ruled.timescales());
        }

        @Test
        void goesOnWithALambdaThatSomethingElseHasChosen() {
            AdaptiveRun observed = (AdaptiveRun) run;
            observed.observe(new Sample(1, 3, 0.2, OptionalDouble.empty(), 0.5));

            observed.change(7, 0.01);

            assertThat(observed.lambda()).isEqualTo(0.01);
            assertThat(observed.timescalesSinceDivision()).isZero();
            assertThat(observed.timescales()).isEqualTo(0.5 * 0.002);
            assertThat(observed.wantsSample(1)).isFalse();
            assertThat(observed.observe(new Sample(7, 3, 1, OptionalDouble.empty(), 0.5))
                            .orElseThrow()
                            .measurement())
                    .isEqualTo(new Measurement(7, 2, 1, OptionalDouble.empty(), 0.5));
        }

        @Test
        void countsUpdatesFromItsBegin() {
            AdaptiveRun later =
                    (AdaptiveRun) AutoL2Options.adaptive(2_000).fromTheStart().newRun();
            later.begin(5_000, START);

            assertThat(later.updatesSinceBegin(5_003)).isEqualTo(3);
        }

        @Test
        void countsTimeInTau() {
            show(run, 0, 101);

            assertThat(run.timescales()).isCloseTo(0.1, within(0.01));
            assertThat(run.timescalesSinceDivision()).isEqualTo(run.timescales());
        }

        @Test
        void goesOnByTheSameRuleBeyondItsBudget() {
            AdaptiveRun within = (AdaptiveRun) run;

            assertThat(within.beyondBudget(1_999)).isZero();
            assertThat(within.beyondBudget(2_000)).isEqualTo(1);
            show(run, 0, 200_000);
            assertThat(run.lambda()).isBetween(1e-6, 1e-5); // 0.6 / (0.5 * 200,000) in steps of 3
        }
    }
}
