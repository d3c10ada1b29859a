package io.github.autol2.research.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.research.detector.DetectorTrial.Score;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DetectorTrialTest {

    private static final List<Score> SCORES = new DetectorTrial(LongStream.range(0, 100)
                    .mapToObj(seed -> RandomCurve.of(seed).curve())
                    .toList())
            .scores();

    private static Score score(String detector, double threshold) {
        return SCORES.stream()
                .filter(one -> one.detector().equals(detector) && one.threshold() == threshold)
                .findFirst()
                .orElseThrow();
    }

    /** What the choice of the detector rests on. */
    @Test
    void pageHasFarFewerFalseAlarmsThanThePublishedSignAndMissesNothing() {
        Score published = SCORES.get(0);

        assertThat(published.falseAlarms()).isGreaterThan(0.7);
        assertThat(score("Page", 3).falseAlarms()).isLessThan(0.35);
        assertThat(score("Page", 4).falseAlarms()).isLessThan(0.1);
        assertThat(score("Page", 4).missed()).isZero();
        assertThat(score("Page", 4).delay()).isBetween(100.0, 300.0);
    }

    @Test
    void aHigherThresholdMeansFewerFalseAlarmsAndALongerDelay() {
        assertThat(score("Page", 5).falseAlarms())
                .isLessThanOrEqualTo(score("Page", 2).falseAlarms());
        assertThat(score("Page", 5).delay()).isGreaterThan(score("Page", 2).delay());
    }
}
