package io.github.autol2.theory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Modes and peaks computed elsewhere to at least 30 digits: the resources in {@code reference/theory}, whose README tells how. */
class ReferenceModesTest {

    private static final double ACCURACY = 1e-12;

    @Test
    void computesEveryMode() throws IOException {
        List<double[]> rows = rows("modes.csv", "k,gamma,lambda,t,f0,y,f", 200);
        for (double[] row : rows) {
            ModeDynamics mode = new ModeDynamics(new Flow(row[0], row[2]), new Mode(row[1], row[4], row[5]));

            assertRelative(mode.output(row[3]), row[6], row);
            assertThat(mode.residual(row[3])).isCloseTo(row[5] - row[6], within(Math.abs(row[5]) + Math.abs(row[4])));
        }
    }

    @Test
    void findsEveryPeak() throws IOException {
        for (double[] row : rows("peaks.csv", "k,gamma,lambda,t_peak,f_peak,loss_peak", 43)) {
            ModeDynamics mode = new ModeDynamics(new Flow(row[0], row[2]), new Mode(row[1], 0, 1));

            LossMinimum minimum = mode.minimum();

            assertRelative(minimum.time(), row[3], row);
            assertRelative(mode.output(minimum.time()), row[4], row);
            assertRelative(minimum.loss(), row[5], row);
        }
    }

    private static Offset<Double> within(double scale) {
        return Offset.offset(ACCURACY * scale);
    }

    private static void assertRelative(double value, double reference, double[] row) {
        assertThat(Math.abs(value - reference))
                .as(Arrays.toString(row))
                .isLessThanOrEqualTo(ACCURACY * Math.abs(reference));
    }

    private static List<double[]> rows(String file, String header, int atLeast) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src/test/resources/reference/theory", file));
        assertThat(lines).first().isEqualTo(header);
        assertThat(lines).hasSizeGreaterThan(atLeast);
        return lines.stream()
                .skip(1)
                .map(line -> Arrays.stream(line.split(",", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
    }
}
