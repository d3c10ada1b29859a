package io.github.autol2.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.prediction.LearningCurve.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearningCurveTest {

    private static final List<Point> POINTS = List.of(new Point(1, 0.5), new Point(3, 0.75));

    @Test
    void knowsItsLengthAndItsCountingNoise() {
        LearningCurve curve = new LearningCurve(POINTS, 0.1, 100);

        assertThat(curve.length()).isEqualTo(3);
        assertThat(curve.countingNoise(0.5)).isEqualTo(0.05);
    }

    @Test
    void refusesWhatIsNoCurve() {
        assertThatThrownBy(() -> new LearningCurve(List.of(), 0.1, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a learning curve must have at least one point, got none");
        assertThatThrownBy(() -> new LearningCurve(List.of(new Point(3, 0.5), new Point(3, 0.5)), 0.1, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("iterations must increase, got 3 after 3");
        assertThatThrownBy(() -> new LearningCurve(POINTS, 1, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("chance must be in [0, 1), got 1.0");
        assertThatThrownBy(() -> new LearningCurve(POINTS, Double.NaN, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("chance must be in [0, 1), got NaN");
        assertThatThrownBy(() -> new LearningCurve(POINTS, 0.1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("examples must be >= 1, got 0");
        assertThatThrownBy(() -> new Point(0, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("iteration must be >= 1, got 0");
        assertThatThrownBy(() -> new Point(1, 1.01))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("accuracy must be in [0, 1] or NaN, got 1.01");
    }
}
