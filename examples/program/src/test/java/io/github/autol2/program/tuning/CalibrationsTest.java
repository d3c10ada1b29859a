package io.github.autol2.program.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.CalibrationRun;
import io.github.autol2.prediction.CalibrationWarning;
import io.github.autol2.prediction.LearningCurve;
import io.github.autol2.prediction.LearningCurve.Point;
import io.github.autol2.prediction.Level;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CalibrationsTest {

    private static final Level LEVEL = new Level(1000, 1000, 0.01, 0.005, 0.02, 0.001, 150, 3, 450, false, false);
    private static final String ALL = "all have said this";
    private static final String NO_WINNER = "the race of short runs has no winner, so lambda is c/T: they died";

    private static Calibration calibration(long seed, List<Level> levels, String... warnings) {
        LearningCurve curve =
                new LearningCurve(List.of(new Point(10, 0.3), new Point(50, 0.8), new Point(100, 0.9)), 0.1, 100);
        Calibration calibration = Calibration.of(List.of(new CalibrationRun(seed, 0.01, 0.5, curve, 1)), 0.5, levels);
        for (String warning : warnings) {
            calibration = calibration.withWarning(warning);
        }
        return calibration;
    }

    private static List<String> sentences(Map<Long, Calibration> bySeed) {
        return Calibrations.own(List.of(1L, 2L, 3L), bySeed, Map.of(), 300).pooled().warnings().stream()
                .map(CalibrationWarning::sentence)
                .toList();
    }

    /** The lambda of seed 2 comes from c/T. */
    @Test
    void tellsWhatTheCalibrationOfALaterSeedHasSaid() {
        assertThat(sentences(Map.of(
                        1L, calibration(1, List.of(LEVEL), ALL),
                        2L, calibration(2, List.of(), ALL, NO_WINNER),
                        3L, calibration(3, List.of(LEVEL), ALL))))
                .contains("seed 2: " + NO_WINNER)
                .containsOnlyOnce(ALL);
    }

    @Test
    void namesTheSeedsUnlessAllHaveSaidIt() {
        assertThat(sentences(Map.of(
                        1L, calibration(1, List.of(), NO_WINNER),
                        2L, calibration(2, List.of(LEVEL)),
                        3L, calibration(3, List.of(), NO_WINNER))))
                .contains("seeds 1, 3: " + NO_WINNER);
        assertThat(sentences(Map.of(
                        1L, calibration(1, List.of(), NO_WINNER),
                        2L, calibration(2, List.of(), NO_WINNER),
                        3L, calibration(3, List.of(), NO_WINNER))))
                .containsOnlyOnce(NO_WINNER);
    }
}
