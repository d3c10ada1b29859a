package io.github.autol2.research.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordedCurveTest {

    private final Random random = new Random(1);

    @Test
    void findsTheTurnOfANoisyCurve() {
        double[] losses = noisy(2000, i -> i < 800 ? 1 - i / 1000.0 : 0.2 + (i - 800) / 1000.0);

        assertThat(RecordedCurve.of(losses))
                .hasValueSatisfying(curve -> assertThat(curve.turn()).isBetween(700, 900));
    }

    @Test
    void findsNoTurnWhereTheCurveOnlyFalls() {
        assertThat(RecordedCurve.of(noisy(2000, i -> 1 / (1 + i / 100.0)))).isEmpty();
        assertThat(RecordedCurve.of(noisy(100, i -> i))).isEmpty(); // too short to tell
    }

    private interface Mean {
        double at(int i);
    }

    private double[] noisy(int length, Mean mean) {
        return IntStream.range(0, length)
                .mapToDouble(i -> mean.at(i) * (1 + 0.2 * random.nextGaussian()))
                .toArray();
    }
}
