package io.github.autol2.program.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/** What holds for each report that the program writes. */
public final class ReportCheck {

    /** Shapes of a chart that have an extent and a colour, in each chart of the page: curves and points, not axes, grid and text. */
    private static final String DRAWN = """
            [...document.querySelectorAll('svg')].map(svg =>
              [...svg.querySelectorAll('path, line, polyline, polygon, circle, ellipse, rect')].filter(shape => {
                const box = shape.getBoundingClientRect(), style = getComputedStyle(shape);
                return box.width + box.height > 2 && [style.fill, style.stroke].some(paint => {
                  const colour = paint.match(/\\d+/g);
                  return colour && new Set(colour.slice(0, 3)).size > 1;
                });
              }).length)""";

    /** How large the smallest chart is shown; its letters are drawn as shapes. */
    private static final String SCALE =
            "Math.min(...[...document.querySelectorAll('svg')].map(svg => svg.getScreenCTM().a))";

    private static final int LETTERS = 12; // pixels of a chart's smallest letters

    private ReportCheck() {}

    /**
     * A report opens without errors and asks for nothing but itself, its charts are drawn, and a phone shows all of it without being pushed
     * sideways.
     */
    public static void looksRightOnDeskAndPhone(Browser browser, Path report, int charts) throws Exception {
        browser.show(report.toUri(), Browser.Screen.DESK);

        assertAllIsLoaded(browser, report);
        assertThat(browser.sideways()).isZero();
        JsonNode drawn = browser.evaluate(DRAWN);
        assertThat(drawn)
                .hasSize(charts)
                .allSatisfy(shapes -> assertThat(shapes.asInt()).isPositive());

        browser.show(report.toUri(), Browser.Screen.PHONE);

        assertAllIsLoaded(browser, report);
        assertThat(browser.sideways()).isZero();
        assertThat(browser.evaluate(SCALE).asDouble() * LETTERS).isGreaterThanOrEqualTo(10);
    }

    private static void assertAllIsLoaded(Browser browser, Path report) {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests())
                .contains(report.toUri().toString())
                .allMatch(request -> request.equals(report.toUri().toString()) || request.equals("data:,"));
    }
}
