package io.github.autol2.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowMeanTest {

    private static final OptionalDouble NO_ERROR = OptionalDouble.empty();
    private static final double ETA = 0.1;
    private static final double TAU = 1000;

    /** Passes the iterations {@code from} to {@code to}, both included, and samples where the mean asks for it. */
    private static void show(
            WindowMean mean, LongToDoubleFunction loss, LongToDoubleFunction penalty, long from, long to, long length) {
        for (long i = from; i <= to; i++) {
            double score = loss.applyAsDouble(i) + penalty.applyAsDouble(i);
            if (mean.wantsSample(i)) {
                mean.sample(i, score, penalty.applyAsDouble(i), NO_ERROR, ETA, ETA, length, TAU);
            } else {
                mean.add(score);
            }
        }
    }

    private static double average(LongToDoubleFunction values, long from, long to) {
        return LongStream.rangeClosed(from, to).mapToDouble(values).average().orElseThrow();
    }

    private static double wavy(long iteration) {
        return 2 + Math.sin(iteration);
    }

    /** As fast as the penalty alone makes it fall in a tau of 100 iterations. */
    private static double decaying(long iteration) {
        return 0.7 * Math.exp(-0.02 * iteration);
    }

    @Test
    void wantsASampleAtTheFirstIteration() {
        // given
        WindowMean mean = new WindowMean();

        // when, then
        assertThat(mean.wantsSample(0)).isTrue();
        mean.sample(0, 2, 0.5, NO_ERROR, ETA, ETA, 100, TAU);
        assertThat(mean.wantsSample(1)).isFalse();
    }

    @Test
    void wantsASampleTwentyIterationsAfterTheLastOne() {
        // given
        WindowMean mean = new WindowMean();

        // when
        mean.sample(7, 2, 0.5, NO_ERROR, ETA, ETA, 100, TAU);

        // then
        assertThat(mean.wantsSample(26)).isFalse();
        assertThat(mean.wantsSample(27)).isTrue();
        assertThat(mean.wantsSample(28)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1e-3, 1", "10, 1", "11, 2", "17, 2", "190, 19", "191, 20", "200, 20", "1e6, 20", "Infinity, 20"})
    void wantsASampleTenTimesInATau(double tau, long every) {
        // given
        WindowMean mean = new WindowMean();

        // when
        mean.sample(7, 2, 0.5, NO_ERROR, ETA, ETA, 100, tau);

        // then
        assertThat(mean.wantsSample(7 + every - 1)).isFalse();
        assertThat(mean.wantsSample(7 + every)).isTrue();
        assertThat(new WindowMean(mean.sums()).sums()).isEqualTo(mean.sums());
    }

    @Test
    void wantsASampleAtTheLastIterationOfTheWindow() {
        // given
        WindowMean mean = new WindowMean();

        // when
        mean.sample(7, 2, 0.5, NO_ERROR, ETA, ETA, 10, TAU);

        // then
        assertThat(mean.wantsSample(15)).isFalse();
        assertThat(mean.wantsSample(16)).isTrue();
        assertThat(mean.isComplete(15)).isFalse();
        assertThat(mean.isComplete(16)).isTrue();
    }

    @Test
    void countsTheNextWindowFromTheIterationAfterTheLast() {
        // given
        WindowMean mean = new WindowMean();
        mean.sample(7, 2, 0.5, NO_ERROR, ETA, ETA, 10, TAU);

        // when
        mean.continueAfter(16, 5);

        // then
        assertThat(mean.isComplete(20)).isFalse();
        assertThat(mean.isComplete(21)).isTrue();
    }

    @Test
    void wantsAFreshSampleAfterARestart() {
        // given
        WindowMean mean = new WindowMean();
        mean.sample(0, 2, 0.5, NO_ERROR, ETA, ETA, 100, TAU);
        assertThat(mean.wantsSample(1)).isFalse();

        // when
        mean.restart();

        // then
        assertThat(mean.wantsSample(1)).isTrue();
        assertThat(mean.sums()).isEqualTo(new WindowMean().sums());
    }

    @Test
    void subtractsThePenaltyOfASingleIteration() {
        // given
        WindowMean mean = new WindowMean();

        // when
        mean.sample(3, 2.5, 0.5, NO_ERROR, ETA, ETA, 1, TAU);

        // then
        assertThat(mean.isComplete(3)).isTrue();
        assertThat(mean.loss()).isEqualTo(2.0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 7, 19, 20, 21, 30, 40, 41, 200})
    void isExactForAPenaltyThatDecaysExponentially(long length) {
        // given
        WindowMean mean = new WindowMean();
        long first = 13;

        for (int window = 0; window < 5; window++) {
            // when
            long last = first + length - 1;
            show(mean, WindowMeanTest::wavy, WindowMeanTest::decaying, first, last, length);

            // then
            double expected = average(WindowMeanTest::wavy, first, last);
            assertThat(mean.isComplete(last)).isTrue();
            assertThat(mean.loss()).isCloseTo(expected, within(1e-12 * expected));
            mean.continueAfter(last, length);
            first = last + 1;
        }
    }

    /** The negative twin: what lies between two samples is not known. */
    @Test
    void isNotExactForAPenaltyThatBendsBetweenTheSamples() {
        // given
        WindowMean mean = new WindowMean();
        LongToDoubleFunction jump = i -> i < 10 ? 1 : 0;

        // when
        show(mean, i -> 2, jump, 0, 20, 21);

        // then: the line says 10.5 for the sum over 21 iterations, the truth is 10
        assertThat(mean.loss()).isCloseTo(2 + (10 - 10.5) / 21, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-15, -1e-15, 1e-9, -1e-9, 1e-3, -1e-3})
    void losesNoDigitsWhereThePenaltyHardlyChanges(double rate) {
        // given
        WindowMean mean = new WindowMean();

        // when
        show(mean, i -> 0, i -> Math.exp(rate * i), 0, 99, 100);

        // then: all of the score is penalty
        assertThat(mean.loss()).isCloseTo(0, within(1e-14));
    }

    /** A penalty that settles: 20 iterations at the most, in which the part above its end falls by a third. */
    @Test
    void isNearlyExactForAPenaltyThatSettles() {
        // given
        WindowMean mean = new WindowMean();
        LongToDoubleFunction settling = i -> 0.2 + 0.8 * Math.exp(-0.02 * i);

        for (long first = 0; first < 300; first += 30) {
            // when: all of the score is penalty, so the loss that remains is the error
            show(mean, i -> 0, settling, first, first + 29, 30);

            // then
            assertThat(Math.abs(mean.loss()) / average(settling, first, first + 29))
                    .isLessThan(3e-3);
            mean.continueAfter(first + 29, 30);
        }
    }

    /** Near zero no series leads from one sample to the next, and a line does. */
    @Test
    void takesALineToAPenaltyOfZero() {
        // given
        WindowMean mean = new WindowMean();

        // when
        show(mean, i -> 0, i -> 20 - i, 0, 20, 21);

        // then
        assertThat(mean.loss()).isEqualTo(0);
    }

    /** A warm-up over three windows: the mean of 0.01 i. */
    @Test
    void averagesALearningRateThatRisesExactly() {
        // given
        WindowMean mean = new WindowMean();

        for (long first = 0; first < 90; first += 30) {
            // when
            for (long i = first; i < first + 30; i++) {
                if (mean.wantsSample(i)) {
                    mean.sample(i, 2, 0.5, NO_ERROR, 0.01 * i, 0.02 * i, 30, TAU);
                }
            }

            // then
            assertThat(mean.etaEff()).isCloseTo(0.01 * (first + 14.5), within(1e-12));
            assertThat(mean.step()).isCloseTo(0.02 * (first + 14.5), within(1e-12));
            mean.continueAfter(first + 29, 30);
        }
    }

    @Test
    void countsAStepOfTheLearningRateInTheMiddleOfItsSamplingInterval() {
        // given
        WindowMean mean = new WindowMean();

        // when: from 0.1 to 0.02 anywhere after the sample at 20
        for (long i : new long[] {0, 20, 40, 59}) {
            mean.sample(i, 2, 0.5, NO_ERROR, i <= 20 ? 0.1 : 0.02, ETA, 60, TAU);
        }

        // then: 21 iterations before, 19 after, and 20 on a line whose last one counts as after
        assertThat(mean.etaEff()).isCloseTo((21 * 0.1 + 20 * (0.1 - 0.08 * 21 / 40) + 19 * 0.02) / 60, within(1e-15));
    }

    @Test
    void averagesTheErrorsThatWereSampled() {
        // given
        WindowMean mean = new WindowMean();

        // when
        mean.sample(0, 2, 0.5, OptionalDouble.of(0.25), ETA, ETA, 41, TAU);
        mean.sample(20, 2, 0.5, OptionalDouble.empty(), ETA, ETA, 41, TAU);
        mean.sample(40, 2, 0.5, OptionalDouble.of(0.75), ETA, ETA, 41, TAU);

        // then
        assertThat(mean.error()).hasValue(0.5);
    }

    @Test
    void hasNoErrorWhereNoneWasSampled() {
        // given
        WindowMean mean = new WindowMean();

        // when
        mean.sample(0, 2, 0.5, NO_ERROR, ETA, ETA, 20, TAU);

        // then
        assertThat(mean.error()).isEmpty();
    }

    @Test
    void forgetsTheErrorsOfTheWindowBefore() {
        // given
        WindowMean mean = new WindowMean();
        mean.sample(0, 2, 0.5, OptionalDouble.of(0.25), ETA, ETA, 1, TAU);

        // when
        mean.continueAfter(0, 20);

        // then
        assertThat(mean.error()).isEmpty();
    }

    @Test
    void goesOnFromItsSumsAsIfItHadNotStopped() {
        // given
        WindowMean unbroken = new WindowMean();
        show(unbroken, WindowMeanTest::wavy, WindowMeanTest::decaying, 0, 24, 50);

        // when
        WindowMean resumed = new WindowMean(unbroken.sums());
        show(unbroken, WindowMeanTest::wavy, WindowMeanTest::decaying, 25, 49, 50);
        show(resumed, WindowMeanTest::wavy, WindowMeanTest::decaying, 25, 49, 50);

        // then
        assertThat(resumed.sums()).isEqualTo(unbroken.sums());
        assertThat(resumed.loss()).isEqualTo(unbroken.loss());
    }

    /** Two replicas train side by side, count the same iterations, and both sample when one of them does. */
    @Test
    void replicasOfTheSameIterationDoNotDistortThePenalty() {
        // given
        WindowMean mean = new WindowMean();

        // when
        for (long i = 0; i <= 49; i++) {
            boolean sample = mean.wantsSample(i);
            for (double replica : new double[] {0.1, -0.1}) {
                double score = wavy(i) + replica + decaying(i);
                if (sample) {
                    mean.sample(i, score, decaying(i), NO_ERROR, ETA, ETA, 50, TAU);
                } else {
                    mean.add(score);
                }
            }
        }

        // then
        double expected = average(WindowMeanTest::wavy, 0, 49);
        assertThat(mean.loss()).isCloseTo(expected, within(1e-12 * expected));
    }

    @Test
    void aSecondSampleOfTheSameIterationDoesNotEnterThePenaltyTwice() {
        // given
        WindowMean mean = new WindowMean();
        mean.sample(0, 2.5, 0.5, NO_ERROR, ETA, ETA, 50, TAU);
        mean.sample(20, 2.5, 0.5, NO_ERROR, ETA, ETA, 50, TAU);
        double before = mean.sums().penaltySum();

        // when: another replica, with another penalty
        mean.sample(20, 2.7, 0.7, NO_ERROR, ETA, ETA, 50, TAU);

        // then
        assertThat(mean.sums().penaltySum()).isEqualTo(before);
        assertThat(mean.sums().sampledAt()).isEqualTo(20);
    }

    @Test
    void aReplicaThatLagsBehindDoesNotTurnBackTheTime() {
        // given
        WindowMean mean = new WindowMean();
        LongToDoubleFunction loss = i -> 2;
        LongToDoubleFunction penalty = i -> 0.5;
        show(mean, loss, penalty, 0, 20, 40);

        // when
        mean.sample(18, 2.5, 0.5, NO_ERROR, ETA, ETA, 40, TAU);
        assertThat(mean.wantsSample(38)).isFalse();
        show(mean, loss, penalty, 21, 39, 40);

        // then
        assertThat(mean.sums().sampledAt()).isEqualTo(39);
        assertThat(mean.loss()).isCloseTo(2, within(2e-12));
    }
}
