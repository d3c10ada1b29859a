package io.github.autol2.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LambdaChartTest {

    @Test
    void drawsALineFromTheLowestValueToTheHighest() {
        String svg = new LambdaChart("lambda", List.of(point(0, 1), point(10, 100), point(20, 10)), true).svg();

        assertThat(svg)
                .contains("points=\"60.0,148.0 195.0,26.0 330.0,87.0 \"")
                .contains(">lambda (logarithmic)</text>", ">1.000</text>", ">100.0</text>", ">0</text>", ">20</text>");
    }

    /** tau is measured, and differs by rounding from one iteration to the next. */
    @Test
    void valuesThatDifferByRoundingAreAFlatLineWithOneLabel() {
        String svg = new LambdaChart(
                        "tau", List.of(point(0, 33.333331), point(5, 33.333334), point(10, 33.33333)), true)
                .svg();

        assertThat(svg).contains("points=\"60.0,87.0 195.0,87.0 330.0,87.0 \"").containsOnlyOnce(">33.33</text>");
    }

    @Test
    void isNotLogarithmicWhereAValueIsNotPositive() {
        String svg = new LambdaChart("penalty", List.of(point(0, 0), point(1, 1), point(2, 4)), true).svg();

        assertThat(svg).contains(">penalty</text>", "points=\"60.0,148.0 195.0,117.5 330.0,26.0 \"");
    }

    @Test
    void marksWhatLiesWithin() {
        String svg = new LambdaChart("loss", List.of(point(10, 1), point(20, 2)), false).svg(5, 15, 25);

        assertThat(svg).containsOnlyOnce("<path").contains("d=\"M195.0 26 V148\"");
    }

    private static double[] point(long iteration, double value) {
        return new double[] {(double) iteration, value};
    }
}
