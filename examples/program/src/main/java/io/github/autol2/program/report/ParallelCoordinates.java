package io.github.autol2.program.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.text.StringEscapeUtils;

/**
 * A chart with an axis for each quantity, side by side, and a line across them for each thing that has been measured, as SVG.
 *
 * @param description for who cannot see the chart
 * @param scales      from left to right, at least two
 * @param ranks       of the lines: the best has 0, the worst 1; NaN of a line that is not ranked, which is grey and dashed
 */
public record ParallelCoordinates(String description, List<Scale> scales, List<Double> ranks) {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 400;
    private static final int TOP = 62;
    private static final int BOTTOM = 370;
    private static final int SIDE = 70;
    private static final int STAGGER = 18;
    private static final String BEST = "#D55E00";

    /** Lines lie behind the labels. */
    private static final String HALO = "stroke=\"#fff\" stroke-width=\"4\" paint-order=\"stroke\"";

    /**
     * One quantity.
     *
     * @param name   above the axis
     * @param labels texts at places on the axis, from 0 at the bottom to 1 at the top
     * @param places of the lines on the axis; NaN where a line does not reach it
     */
    public record Scale(String name, Map<Double, String> labels, List<Double> places) {

        public Scale {
            labels = Map.copyOf(labels);
            places = List.copyOf(places);
        }
    }

    public ParallelCoordinates {
        scales = List.copyOf(scales);
        ranks = List.copyOf(ranks);
        if (scales.size() < 2) {
            throw new IllegalArgumentException("scales must be at least 2, got " + scales.size());
        }
    }

    /** Returns an SVG element that takes the width it is given. */
    public String svg() {
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\" font-size=\"12\" "
                        + "font-family=\"sans-serif\">%n",
                WIDTH,
                HEIGHT,
                escape(description)));
        // the worst first, so that the best lies on top; those without a rank below all
        IntStream.range(0, ranks.size())
                .boxed()
                .sorted(Comparator.comparing((Integer line) -> ranks.get(line).isNaN() ? -2 : -ranks.get(line)))
                .forEach(line -> svg.append(line(line)));
        for (int i = 0; i < scales.size(); i++) {
            svg.append(axis(i));
        }
        return svg.append("</svg>").toString();
    }

    private String line(int line) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < scales.size(); i++) {
            double place = scales.get(i).places().get(line);
            if (!Double.isNaN(place)) {
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(i), y(place)));
            }
        }
        double rank = ranks.get(line);
        String style = Double.isNaN(rank)
                ? "stroke=\"#999\" stroke-width=\"1\" stroke-dasharray=\"3 3\" opacity=\"0.7\""
                : rank == 0
                        ? "stroke=\"" + BEST + "\" stroke-width=\"3\""
                        : String.format(
                                Locale.ROOT,
                                "stroke=\"#0072B2\" stroke-width=\"1.5\" opacity=\"%.2f\"",
                                0.9 - 0.7 * rank);
        return "<polyline fill=\"none\" " + style + " points=\""
                + points.toString().strip() + "\"/>\n";
    }

    private String axis(int number) {
        Scale scale = scales.get(number);
        StringBuilder axis = new StringBuilder(String.format(
                Locale.ROOT,
                "<line x1=\"%1$.1f\" y1=\"%2$d\" x2=\"%1$.1f\" y2=\"%3$d\" stroke=\"#444\"/>%n",
                x(number),
                TOP,
                BOTTOM));
        int above =
                TOP - 30 - (number % 2 == 0 ? 0 : STAGGER); // neighbours at two heights, so that long names have room
        axis.append(text(x(number), above, "middle", "font-weight=\"bold\"", scale.name()));
        boolean last = number == scales.size() - 1;
        scale.labels().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(label -> axis.append(text(
                        x(number) + (last ? -6 : 6),
                        label(label.getKey()),
                        last ? "end" : "start",
                        HALO,
                        label.getValue())));
        return axis.toString();
    }

    private static double label(double place) {
        return y(place) + (place == 1 ? -4 : place == 0 ? 14 : 4);
    }

    private static String text(double x, double y, String anchor, String style, String text) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>%s</text>%n",
                x,
                y,
                anchor,
                style,
                escape(text));
    }

    private double x(int scale) {
        return SIDE + scale * (WIDTH - 2.0 * SIDE) / (scales.size() - 1);
    }

    private static double y(double place) {
        return BOTTOM - place * (BOTTOM - TOP);
    }

    private static String escape(String text) {
        return StringEscapeUtils.escapeXml10(text);
    }
}
