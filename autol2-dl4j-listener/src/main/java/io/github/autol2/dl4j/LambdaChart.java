package io.github.autol2.dl4j;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A line over iterations as SVG.
 *
 * @param title       without characters that HTML would take for its own
 * @param values      iteration and value, at least one, finite, iterations rising
 * @param logarithmic whether the scale is logarithmic, if all values are positive
 */
record LambdaChart(String title, List<double[]> values, boolean logarithmic) {

    private static final int WIDTH = 340;
    private static final int HEIGHT = 170;
    private static final int LEFT = 60;
    private static final int RIGHT = WIDTH - 10;
    private static final int TOP = 26;
    private static final int BOTTOM = HEIGHT - 22;

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
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", WIDTH, HEIGHT, title));
        text(svg, LEFT, 16, "start", title + (logarithmic ? " (logarithmic)" : ""));
        text(svg, LEFT, HEIGHT - 6, "start", String.format(Locale.ROOT, "%.0f", first));
        text(svg, RIGHT, HEIGHT - 6, "end", String.format(Locale.ROOT, "%.0f", last));
        for (long mark : marks) {
            if (mark >= first && mark <= last) {
                double x = x((double) mark, first, last);
                svg.append(String.format(Locale.ROOT, "<path stroke=\"#bbb\" d=\"M%.1f %d V%d\"/>", x, TOP, BOTTOM));
            }
        }
        line(svg, first, last);
        return svg.append("</svg>").toString();
    }

    /** The line with the labels of its lowest and highest value. */
    private void line(StringBuilder svg, double first, double last) {
        double lowest = scaledValues().min().orElseThrow();
        double highest = scaledValues().max().orElseThrow();
        String low = LambdaPageHtml.number(original(lowest));
        String high = LambdaPageHtml.number(original(highest));
        boolean flat = low.equals(high); // what rounding alone makes is no curve
        if (flat) {
            text(svg, 4, (TOP + BOTTOM) / 2 + 4, "start", low);
        } else {
            text(svg, 4, TOP + 8, "start", high);
            text(svg, 4, BOTTOM, "start", low);
        }
        svg.append("<polyline fill=\"none\" stroke=\"#0060a0\" stroke-width=\"1.5\" points=\"");
        for (double[] value : values) {
            double height = flat ? 0.5 : (scaled(value[1]) - lowest) / (highest - lowest);
            double y = BOTTOM - height * (BOTTOM - TOP);
            svg.append(tenths(x(value[0], first, last)))
                    .append(',')
                    .append(tenths(y))
                    .append(' ');
        }
        svg.append("\"/>");
    }

    /** Thousands of them are written for each loading of a page: a format for each would cost more. */
    private static double tenths(double value) {
        return Math.round(10 * value) / 10.0;
    }

    private static double x(double iteration, double first, double last) {
        return LEFT + (iteration - first) / (last - first) * (RIGHT - LEFT);
    }

    private DoubleStream scaledValues() {
        return values.stream().mapToDouble(value -> scaled(value[1]));
    }

    private double scaled(double value) {
        return logarithmic ? Math.log(value) : value;
    }

    private double original(double scaled) {
        return logarithmic ? Math.exp(scaled) : scaled;
    }

    private static void text(StringBuilder svg, int x, int y, String anchor, String text) {
        svg.append(
                String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>", x, y, anchor, text));
    }
}
