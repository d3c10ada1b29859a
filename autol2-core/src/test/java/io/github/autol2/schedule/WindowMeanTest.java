package io.github.autol2.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class WindowMeanTest {

    private final WindowMean mean = new WindowMean();

    private static Sample sample(long iteration, double score, double penalty) {
        return new Sample(iteration, score, penalty, OptionalDouble.of(0.25), 0.5);
    }

    @Test
    void theFirstSampleIsAMeasurementOfItsOwn() {
        assertThat(mean.wantsSample(7)).isTrue();
        assertThat(mean.sample(sample(7, 1.5, 0.5), 10))
                .hasValue(new Measurement(7, 1.0, 0.5, OptionalDouble.of(0.25), 0.5));
    }

    @Test
    void wantsTheNextSampleAfterTheInterval() {
        mean.sample(sample(7, 1.5, 0.5), 10);

        assertThat(mean.wantsSample(16)).isFalse();
        assertThat(mean.wantsSample(17)).isTrue();
    }

    @Test
    void takesTheMeanScoreMinusTheMeanPenalty() {
        // given
        mean.sample(sample(0, 9, 0.5), 4);
        mean.add(1);
        mean.add(2);
        mean.add(3);

        // when
        Measurement measurement = mean.sample(sample(4, 4, 0.5), 4).orElseThrow();

        // then
        assertThat(measurement.loss()).isCloseTo(2.5 - 0.5, within(1e-15));
        assertThat(measurement.penalty()).isCloseTo(0.5, within(1e-15));
    }

    @Test
    void leavesTheMeanScoreAsItIsWhereThePenaltyIsNotInIt() {
        // given
        mean.sample(new Sample(0, 9, 16, OptionalDouble.empty(), 0.5, false), 4);
        mean.add(1);
        mean.add(2);
        mean.add(3);

        // when
        Measurement measurement = mean.sample(new Sample(4, 4, 1, OptionalDouble.empty(), 0.5, false), 4)
                .orElseThrow();

        // then
        assertThat(measurement.loss()).isEqualTo(2.5);
        assertThat(measurement.penalty()).isCloseTo(15 / 4.0, within(1e-12));
        assertThat(new Sample(0, 9, 16, OptionalDouble.empty(), 0.5, false).loss())
                .isEqualTo(9);
    }

    /** 8, 4, 2, 1 after a sample of 16: the penalty alone shrinks the weights. */
    @Test
    void readsAShrinkingPenaltyAsAGeometricSeries() {
        // given
        mean.sample(sample(0, 16, 16), 4);
        mean.add(9);
        mean.add(5);
        mean.add(3);

        // when
        Measurement measurement = mean.sample(sample(4, 2, 1), 4).orElseThrow();

        // then
        assertThat(measurement.penalty()).isCloseTo(15 / 4.0, within(1e-12));
        assertThat(measurement.loss()).isCloseTo(1, within(1e-12));
    }

    @Test
    void readsALineWhereNoSeriesLeadsFromOneToTheOther() {
        // given
        mean.sample(sample(0, 1, 0), 2);
        mean.add(1);

        // when, then: 1/2 and 1 after 0
        assertThat(mean.sample(sample(2, 1, 1), 2).orElseThrow().penalty()).isCloseTo(0.75, within(1e-15));
    }

    @Test
    void takesTheLearningRateForAStraightLine() {
        mean.sample(new Sample(0, 1, 0, OptionalDouble.empty(), 0.1), 4);

        // 0.2, 0.3, 0.4, 0.5
        assertThat(mean.sample(new Sample(4, 1, 0, OptionalDouble.empty(), 0.5), 4)
                        .orElseThrow()
                        .etaEff())
                .isCloseTo(0.35, within(1e-15));
    }

    @Test
    void countsASampleOfAnotherReplicaAsAScore() {
        // given
        mean.sample(sample(5, 1, 0), 2);
        assertThat(mean.sample(sample(5, 3, 0), 2)).isEmpty();

        // when, then
        assertThat(mean.sample(sample(7, 5, 0), 2).orElseThrow().loss()).isEqualTo(4);
    }

    @Test
    void ignoresScoresOfBeforeTheFirstSample() {
        mean.add(1_000);

        assertThat(mean.sample(sample(5, 1, 0), 2).orElseThrow().loss()).isEqualTo(1);
    }

    /** Another replica may show the iteration at which lambda was divided once more, with the lambda of before. */
    @Test
    void ignoresIterationsUpToTheOneAtWhichItWasRestarted() {
        // given
        mean.sample(sample(5, 1, 0), 2);
        mean.restart();

        // when, then
        assertThat(mean.wantsSample(5)).isFalse();
        assertThat(mean.sample(sample(4, 3, 0), 2)).isEmpty();
        assertThat(mean.sample(sample(5, 3, 0), 2)).isEmpty();
        mean.add(1_000);
        assertThat(mean.wantsSample(6)).isTrue();
        assertThat(mean.sample(sample(6, 4, 0.5), 2))
                .hasValue(new Measurement(6, 3.5, 0.5, OptionalDouble.of(0.25), 0.5));
    }

    @Test
    void goesOnFromItsSumsAfterARestart() {
        mean.sample(sample(5, 1, 0), 2);
        mean.restart();

        WindowMean other = new WindowMean(mean.sums());

        assertThat(other.wantsSample(5)).isFalse();
        assertThat(other.sample(sample(6, 4, 0.5), 2)).isEqualTo(mean.sample(sample(6, 4, 0.5), 2));
    }

    @Test
    void goesOnFromItsSums() {
        // given
        mean.sample(sample(0, 9, 0.5), 4);
        mean.add(1);

        // when
        WindowMean other = new WindowMean(mean.sums());
        mean.add(2);
        other.add(2);

        // then
        assertThat(other.sample(sample(4, 4, 0.5), 4)).isEqualTo(mean.sample(sample(4, 4, 0.5), 4));
        assertThat(other.sums()).isEqualTo(mean.sums());
    }

    @Test
    void refusesSumsThatAreNotFinite() {
        assertThatThrownBy(() -> new WindowMean.Sums(Double.NaN, 1, 0, 0, 0, 1, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("scoreSum must be finite, got NaN");
        assertThatThrownBy(() -> new WindowMean.Sums(1, 1, 0, 0, 0, 0, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sampleEvery must be at least 1, got 0");
    }
}
