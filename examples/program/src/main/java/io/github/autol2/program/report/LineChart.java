package io.github.autol2.program.report;

import io.github.autol2.files.AtomicFile;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A chart of lines, points and bands over two axes, as SVG and PNG, in colours that colour-blind readers can tell apart (Okabe
 * and Ito, 2008).
 *
 * <pre>{@code
 * new LineChart("Accuracy", "iterations", "accuracy").logX().line("lambda 0.01", steps, accuracies, 0).writeSvg(file);
 * }</pre>
 *
 * <p>The legend stands below the plot, never on the data. Points with a value that the axis cannot show (NaN, or not positive on a
 * logarithmic axis) are an error. Not thread-safe.
 */
public final class LineChart {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 440;
    private static final double MANY_DECADES = 2.5;
    private static final int BAND_OPACITY = 50; // of 255
    private static final int LABEL_DIGITS = 6;
    private static final List<Color> COLOURS = List.of(
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0x56B4E9),
            new Color(0xE69F00),
            new Color(0x444444));
    private static final BasicStroke SOLID = new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    private static final BasicStroke DASHED =
            new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0);

    private final XYChart chart;
    private final String description;
    private final DoubleSummaryStatistics xs = new DoubleSummaryStatistics();
    private final DoubleSummaryStatistics ys = new DoubleSummaryStatistics();
    private XYSeries latest;

    /** An empty chart with linear axes. */
    public LineChart(String title, String xTitle, String yTitle) {
        description = title + " (" + yTitle + " against " + xTitle + ")";
        chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(xTitle)
                .yAxisTitle(yTitle)
                .build();
        chart.getStyler()
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setLegendPosition(LegendPosition.OutsideS)
                .setLegendLayout(LegendLayout.Horizontal)
                .setLegendBorderColor(Color.WHITE)
                .setChartTitleFont(font(Font.BOLD, 15))
                .setLegendFont(font(Font.PLAIN, 12))
                .setMarkerSize(8)
                .setLocale(java.util.Locale.ROOT);
        chart.getStyler()
                .setAxisTitleFont(font(Font.PLAIN, 13))
                .setAxisTickLabelsFont(font(Font.PLAIN, 12))
                .setPlotGridLinesColor(new Color(0xDDDDDD))
                .setErrorBarsColorSeriesColor(true)
                .setXAxisLogarithmicDecadeOnly(false)
                .setYAxisLogarithmicDecadeOnly(false)
                .setXAxisTickLabelsFormattingFunction(LineChart::label)
                .setYAxisTickLabelsFormattingFunction(LineChart::label);
    }

    /** XChart's own has no 0 before the point. */
    static String label(double value) {
        return new BigDecimal(value)
                .round(new MathContext(LABEL_DIGITS))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** On a logarithmic axis only 1, 2 and 5 of each decade have room for a label, and over many decades only 1. */
    private static String logLabel(double value, double decades) {
        double digit = value / Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
        List<Double> labelled = decades > MANY_DECADES ? List.of(1.0) : List.of(1.0, 2.0, 5.0);
        return labelled.stream().anyMatch(round -> Math.abs(digit - round) < 1e-6) ? label(value) : "";
    }

    /** Returns the decades of an axis, from its ends where they are set, or from the data. */
    private static double decades(Double low, Double high, DoubleSummaryStatistics data) {
        return Math.log10((high == null ? data.getMax() : high) / (low == null ? data.getMin() : low));
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    /** Makes the horizontal axis logarithmic. */
    public LineChart logX() {
        chart.getStyler()
                .setXAxisLogarithmic(true)
                .setXAxisTickLabelsFormattingFunction(value -> logLabel(
                        value,
                        decades(
                                chart.getStyler().getXAxisMin(),
                                chart.getStyler().getXAxisMax(),
                                xs)));
        return this;
    }

    /** Makes the vertical axis logarithmic. */
    public LineChart logY() {
        chart.getStyler()
                .setYAxisLogarithmic(true)
                .setYAxisTickLabelsFormattingFunction(value -> logLabel(
                        value,
                        decades(
                                chart.getStyler().getYAxisMin(),
                                chart.getStyler().getYAxisMax(),
                                ys)));
        return this;
    }

    /** Sets the ends of the vertical axis; without, they follow the data. */
    public LineChart rangeY(double low, double high) {
        chart.getStyler().setYAxisMin(low).setYAxisMax(high);
        return this;
    }

    /** Sets the ends of the horizontal axis; without, they follow the data. */
    public LineChart rangeX(double low, double high) {
        chart.getStyler().setXAxisMin(low).setXAxisMax(high);
        return this;
    }

    /**
     * Adds a line.
     *
     * @param name   in the legend, unlike all others
     * @param colour number of the colour, from 0; they repeat after seven
     */
    public LineChart line(String name, double[] x, double[] y, int colour) {
        style(chart.addSeries(name, x, y), XYSeriesRenderStyle.Line, SOLID, SeriesMarkers.NONE, colour);
        return this;
    }

    /** Adds a dashed line: a reference or a prediction. Nothing is added if a value is NaN. */
    public LineChart dashed(String name, double[] x, double[] y, int colour) {
        if (DoubleStream.of(y).noneMatch(Double::isNaN)) {
            style(chart.addSeries(name, x, y), XYSeriesRenderStyle.Line, DASHED, SeriesMarkers.NONE, colour);
        }
        return this;
    }

    /** Adds a line that keeps each value until the next. */
    public LineChart steps(String name, double[] x, double[] y, int colour) {
        style(chart.addSeries(name, x, y), XYSeriesRenderStyle.Step, SOLID, SeriesMarkers.NONE, colour);
        return this;
    }

    /** Adds points that are not joined. */
    public LineChart points(String name, double[] x, double[] y, int colour) {
        style(chart.addSeries(name, x, y), XYSeriesRenderStyle.Scatter, SOLID, SeriesMarkers.CIRCLE, colour);
        return this;
    }

    /** Adds joined points with error bars of the given half lengths; NaN is no bar, and a point at NaN is left out. */
    public LineChart pointsWithErrors(String name, double[] x, double[] y, double[] errors, int colour) {
        int[] there =
                IntStream.range(0, y.length).filter(i -> !Double.isNaN(y[i])).toArray();
        if (there.length > 0) {
            double[] at = IntStream.of(there).mapToDouble(i -> x[i]).toArray();
            double[] values = IntStream.of(there).mapToDouble(i -> y[i]).toArray();
            double[] lengths = IntStream.of(there)
                    .mapToDouble(i -> Double.isNaN(errors[i]) ? 0 : errors[i])
                    .toArray(); // NaN would spoil the axis
            style(
                    chart.addSeries(name, at, values, lengths),
                    XYSeriesRenderStyle.Line,
                    SOLID,
                    SeriesMarkers.CIRCLE,
                    colour);
        }
        return this;
    }

    /** Adds a shaded area between two curves over the same x. */
    public LineChart band(String name, double[] x, double[] low, double[] high, int colour) {
        int n = x.length;
        double[] around = new double[2 * n];
        double[] edge = new double[2 * n];
        for (int i = 0; i < n; i++) {
            around[i] = x[i];
            edge[i] = low[i];
            around[2 * n - 1 - i] = x[i];
            edge[2 * n - 1 - i] = high[i];
        }
        XYSeries series = chart.addSeries(name, around, edge);
        style(series, XYSeriesRenderStyle.PolygonArea, SOLID, SeriesMarkers.NONE, colour);
        Color opaque = colour(colour);
        series.setFillColor(new Color(opaque.getRed(), opaque.getGreen(), opaque.getBlue(), BAND_OPACITY));
        series.setLineColor(new Color(0, true));
        return this;
    }

    /** Does not join the points of the last series: they belong to separate things, not to one curve. */
    public LineChart notJoined() {
        latest.setLineStyle(SeriesLines.NONE);
        return this;
    }

    /** Leaves the last series out of the legend, where another one of the same kind is in it already. */
    public LineChart notInLegend() {
        latest.setShowInLegend(false);
        return this;
    }

    /** The chart as an SVG element that takes the width it is given, for a page. */
    public String svg() {
        return SvgDrawing.of(chart, description);
    }

    /** Writes the chart as a file of its own. */
    public void writeSvg(Path file) throws IOException {
        AtomicFile.write(file, temporary -> Files.writeString(temporary, svg()));
    }

    /** Writes the chart as a picture. */
    @SuppressWarnings("deprecation") // its successor writes to a file
    public void writePng(Path file) throws IOException {
        AtomicFile.write(
                file,
                temporary ->
                        Files.write(temporary, BitmapEncoder.getBitmapBytes(chart, BitmapEncoder.BitmapFormat.PNG)));
    }

    private static Color colour(int number) {
        return COLOURS.get(number % COLOURS.size());
    }

    private void style(XYSeries series, XYSeriesRenderStyle kind, BasicStroke stroke, Marker marker, int colour) {
        latest = series;
        for (double x : series.getXData()) {
            xs.accept(x);
        }
        for (double y : series.getYData()) {
            ys.accept(y);
        }
        series.setXYSeriesRenderStyle(kind);
        series.setMarker(marker);
        series.setMarkerColor(colour(colour));
        series.setLineStyle(stroke);
        series.setLineColor(colour(colour));
    }
}
