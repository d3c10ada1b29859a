package io.github.autol2.research.theory;

import com.github.freva.asciitable.AsciiTable;
import io.github.autol2.program.report.LineChart;
import io.github.autol2.program.report.Page;
import io.github.autol2.program.results.NumberTable;
import io.github.autol2.research.theory.WidthExperiment.Result;
import io.github.autol2.theory.Flow;
import io.github.autol2.theory.Mode;
import io.github.autol2.theory.ModeDynamics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Figure 5 of arXiv:2006.08643v2 as CSV, SVG, PNG and sections of a page. */
public final class Figure5 {

    private static final double LAMBDA = 0.01;
    private static final double FIRST = 0.1;
    private static final double LAST = 1000;
    private static final int TIMES = 300;
    private static final List<String> HEADER = List.of(
            "network",
            "width",
            "seed",
            "lowest loss at t",
            "loss",
            "k = 2: at t",
            "loss",
            "k = 2 off by %",
            "until t = 20 %",
            "k = 1 off by %");

    private Figure5() {}

    /** The panels. */
    public enum Panel {
        /** A mode with an eigenvalue far above lambda. */
        A,
        /** A mode with an eigenvalue far below lambda. */
        B,
        /** Trained networks. */
        C
    }

    /** Panel a or b. */
    public static void mode(Panel panel, Path folder, Page page) throws IOException {
        boolean large = panel == Panel.A;
        Mode mode = new Mode(large ? 1 : 1e-3, 0, 1);
        ModeDynamics deep = new ModeDynamics(new Flow(2, LAMBDA), mode);
        ModeDynamics linear = new ModeDynamics(new Flow(1, LAMBDA), mode);
        double[] times = TimeGrid.logarithmic(FIRST, LAST, TIMES);
        NumberTable table = new NumberTable("t", "k2", "k1");
        for (double t : times) {
            table.row(t, deep.output(t), linear.output(t));
        }
        String title = String.format(
                Locale.ROOT, "Figure 5%s: gamma = %s, lambda = %s", large ? "a" : "b", mode.gamma(), LAMBDA);
        LineChart chart = new LineChart(title, "flow time", "f")
                .logX()
                .line(
                        "k = 2, two layers",
                        times,
                        Arrays.stream(times).map(deep::output).toArray(),
                        0)
                .dashed(
                        "k = 1, linear",
                        times,
                        Arrays.stream(times).map(linear::output).toArray(),
                        1);
        write(large ? "figure-5a" : "figure-5b", folder, table, chart);
        page.heading(title)
                .chart(
                        chart,
                        large
                                ? "The mode is learnt long before the penalty acts. Later the two-layer network "
                                        + "forgets it; the linear one keeps it."
                                : "The penalty acts first, so neither learns the mode. The two-layer network "
                                        + "peaks near t = 1/(2 lambda) and forgets; "
                                        + "the linear one tends to gamma/(gamma + lambda).");
    }

    /**
     * Panel c.
     *
     * @param trained ReLU networks, at least one
     * @return the table of both kinds of network as text
     */
    public static String networks(List<Result> trained, List<Result> linear, Path folder, Page page)
            throws IOException {
        NumberTable table = new NumberTable("network", "width", "seed", "t", "trained", "k2", "k1");
        trained.forEach(result -> add(table, "relu", result));
        linear.forEach(result -> add(table, "linear", result));
        Result widest = trained.get(trained.size() - 1);
        LineChart chart = new LineChart(
                        "Figure 5c: two-layer ReLU networks trained with L2", "flow time", "training loss")
                .logY();
        int colour = 0;
        for (Result result : trained) {
            chart.line(
                    "width " + result.width() + ", seed " + result.seed(), result.times(), result.trained(), colour++);
        }
        chart.dashed("theory, k = 2", widest.times(), widest.deep(), colour)
                .dashed("theory, k = 1", widest.times(), widest.linear(), colour + 1);
        write("figure-5c", folder, table, chart);
        List<List<String>> rows = Stream.concat(
                        trained.stream().map(result -> row("ReLU", result)),
                        linear.stream().map(result -> row("linear", result)))
                .toList();
        page.heading("Figure 5c")
                .chart(
                        chart,
                        "Networks trained by Deeplearning4j, and the theory from the initial kernel of the last one.")
                .paragraph(
                        "Largest relative deviation of the theory from the network, up to the network's lowest loss. The "
                                + "linear networks, whose gradient descent is computed exactly at any width, "
                                + "show that it vanishes like 1/width.")
                .table(HEADER, rows);
        return AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                HEADER.toArray(String[]::new),
                null,
                rows.stream().map(row -> row.toArray(String[]::new)).toArray(String[][]::new));
    }

    private static void add(NumberTable table, String network, Result result) {
        for (int i = 0; i < result.times().length; i++) {
            table.row(
                    network,
                    result.width(),
                    result.seed(),
                    result.times()[i],
                    result.trained()[i],
                    result.deep()[i],
                    result.linear()[i]);
        }
    }

    private static List<String> row(String network, Result result) {
        return List.of(
                network,
                Integer.toString(result.width()),
                Long.toString(result.seed()),
                number("%.1f", result.lowestAt()),
                number("%.4f", result.lowest()),
                number("%.1f", result.minimum().time()),
                number("%.4f", result.minimum().loss()),
                number("%.2f", 100 * result.deepDeviation()),
                number("%.2f", 100 * result.earlyDeviation()),
                number("%.1f", 100 * result.linearDeviation()));
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static void write(String name, Path folder, NumberTable table, LineChart chart) throws IOException {
        table.write(folder.resolve(name + ".csv"));
        chart.writeSvg(folder.resolve(name + ".svg"));
        chart.writePng(folder.resolve(name + ".png"));
    }
}
