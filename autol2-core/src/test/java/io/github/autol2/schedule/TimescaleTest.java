package io.github.autol2.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimescaleTest {

    @Test
    void inverseLambdaIgnoresTheLearningRate() {
        assertThat(Timescale.INVERSE_LAMBDA.iterations(0.25, 0.5)).isEqualTo(4);
        assertThat(Timescale.INVERSE_LAMBDA.iterations(0.25, 0)).isEqualTo(4);
    }

    @Test
    void tauIsLongerForASmallerLearningRate() {
        assertThat(Timescale.TAU.iterations(0.25, 0.5)).isEqualTo(8);
        assertThat(Timescale.TAU.iterations(0.25, 0.125)).isEqualTo(32);
    }

    @Test
    void tauIsInfiniteForALearningRateOfZero() {
        assertThat(Timescale.TAU.iterations(0.25, 0)).isEqualTo(Double.POSITIVE_INFINITY);
    }
}
