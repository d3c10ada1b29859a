package io.github.autol2.dl4j;

import java.util.List;
import java.util.Locale;

/**
 * A line over iterations as SVG.
 *
 * @param title       without characters that HTML would take for its own
 * @param values      iteration and value, at least one, finite, iterations rising
 * @param logarithmic whether the scale is logarithmic, if all values are positive
 */
record LambdaChart(String title, List<double[]> values, boolean logarithmic) {

    private static final int WIDTH = 440;
    private static final int HEIGHT = 170;
    private static final int LEFT = 70;
    private static final int TOP = 24;
    private static final int BOTTOM = 20;

    LambdaChart {
        values = List.copyOf(values);
        logarithmic = logarithmic && values.stream().allMatch(value -> value[1] > 0);
    }

    /**
     * The drawing.
     *
     * @param marks iterations that get a vertical line, where they lie within
     */
    String svg(long... marks) {
        double first = values.get(0)[0];
        double last = Math.max(values.get(values.size() - 1)[0], first + 1);
        double lowest =
                values.stream().mapToDouble(value -> scaled(value[1])).min().orElseThrow();
        double highest =
                values.stream().mapToDouble(value -> scaled(value[1])).max().orElseThrow();
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT, "<svg width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\">", WIDTH, HEIGHT, title));
        text(svg, LEFT, 15, title + (logarithmic ? " (logarithmic)" : ""));
        text(svg, 4, TOP + 8, LambdaPageHtml.number(original(highest)));
        text(svg, 4, HEIGHT - BOTTOM, LambdaPageHtml.number(original(lowest)));
        text(svg, LEFT, HEIGHT - 5, String.format(Locale.ROOT, "%.0f", first));
        text(svg, WIDTH - 60, HEIGHT - 5, String.format(Locale.ROOT, "%.0f", last));
        for (long mark : marks) {
            if (mark >= first && mark <= last) {
                double x = x((double) mark, first, last);
                svg.append(String.format(
                        Locale.ROOT, "<path stroke=\"#bbb\" d=\"M%.1f %d V%d\"/>", x, TOP, HEIGHT - BOTTOM));
            }
        }
        svg.append("<polyline fill=\"none\" stroke=\"#0060a0\" stroke-width=\"1.5\" points=\"");
        double span = highest > lowest ? highest - lowest : 1;
        for (double[] value : values) {
            double y = HEIGHT - BOTTOM - (scaled(value[1]) - lowest) / span * (HEIGHT - BOTTOM - TOP);
            svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(value[0], first, last), y));
        }
        return svg.append("\"/></svg>").toString();
    }

    private static double x(double iteration, double first, double last) {
        return LEFT + (iteration - first) / (last - first) * (WIDTH - LEFT - 10);
    }

    private double scaled(double value) {
        return logarithmic ? Math.log(value) : value;
    }

    private double original(double scaled) {
        return logarithmic ? Math.exp(scaled) : scaled;
    }

    private static void text(StringBuilder svg, int x, int y, String text) {
        svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\">%s</text>", x, y, text));
    }
}
