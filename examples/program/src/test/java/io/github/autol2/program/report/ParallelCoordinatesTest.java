package io.github.autol2.program.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.program.report.ParallelCoordinates.Scale;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParallelCoordinatesTest {

    private static final Scale WIDTH = new Scale("width <8", Map.of(0.0, "4", 1.0, "8"), List.of(0.0, 1.0, 0.5));
    private static final Scale ACCURACY =
            new Scale("accuracy", Map.of(0.0, "50 %", 1.0, "90 %"), List.of(0.0, 1.0, Double.NaN));

    @Test
    void eachLineGoesAcrossTheAxesThatItReachesAndTheBestLiesOnTop() {
        String svg = new ParallelCoordinates("all", List.of(WIDTH, ACCURACY), List.of(1.0, 0.0, Double.NaN)).svg();

        assertThat(svg.split("<polyline", -1)).hasSize(1 + 3);
        assertThat(svg.indexOf("points=\"70.0,216.0\"/>")) // pruned: only on the first axis
                .isPositive()
                .isLessThan(svg.indexOf("points=\"70.0,370.0 690.0,370.0\"/>"));
        assertThat(svg.indexOf("points=\"70.0,370.0 690.0,370.0\"/>"))
                .isLessThan(svg.indexOf("stroke-width=\"3\" points=\"70.0,62.0 690.0,62.0\"/>"));
        assertThat(svg).contains("width &lt;8", "90 %").doesNotContain("width <8");
    }

    @Test
    void oneAxisIsNoChart() {
        assertThatThrownBy(() -> new ParallelCoordinates("all", List.of(WIDTH), List.of(0.0, 0.5, 1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("scales must be at least 2, got 1");
    }
}
