package io.github.autol2.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.autol2.prediction.LearningCurve.Point;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearningCurveTest {

    private static final List<Point> POINTS = List.of(new Point(1, 0.5), new Point(3, 0.75));

    @Test
    void knowsItsLengthAndItsStandardError() {
        LearningCurve curve = new LearningCurve(POINTS, 0.1, 100);

        assertThat(curve.length()).isEqualTo(3);
        assertThat(curve.standardError(0.5)).isEqualTo(0.05);
    }

    /** Targets that are the prediction plus normal noise; the spread of R2 over 2,000 samples of 300 is known to 2 %. */
    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.6, 0.95})
    void theStandardErrorOfAnExplainedVarianceIsThatOfRepeatedSamples(double r2) {
        Random random = new Random(1);
        int n = 300;
        double[] samples = IntStream.range(0, 2000)
                .mapToDouble(sample -> {
                    double sum = 0;
                    double squares = 0;
                    double errors = 0;
                    for (int i = 0; i < n; i++) {
                        double error = Math.sqrt(1 - r2) * random.nextGaussian();
                        double target = Math.sqrt(r2) * random.nextGaussian() + error;
                        sum += target;
                        squares += target * target;
                        errors += error * error;
                    }
                    return 1 - errors / (squares - sum * sum / n);
                })
                .toArray();
        double mean = Arrays.stream(samples).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(samples)
                .map(one -> (one - mean) * (one - mean))
                .average()
                .orElseThrow());

        LearningCurve curve = new LearningCurve(POINTS, 0, n, Metric.R2);

        assertThat(curve.standardError(r2)).isCloseTo(deviation, withinPercentage(7));
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
