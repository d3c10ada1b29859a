package io.github.autol2.research.figure;

import io.github.autol2.program.report.LineChart;
import io.github.autol2.program.results.Pooled;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;

/** What several figures draw alike. */
final class Charts {

    /** For a caption. */
    static final String CUT = "What is more than 15 % below the best is cut off.";

    private static final double DEEPEST =
            15; // percent below the best: networks that broke down would flatten all others

    private Charts() {}

    /**
     * Accuracies along one line.
     *
     * @param x          as the axis of the chart
     * @param accuracies fractions, one for each x
     */
    record Series(String name, double[] x, List<Pooled> accuracies) {}

    /**
     * Draws lines of accuracies in percent with their standard errors. What is more than 15 % below the best is cut off.
     *
     * @return the chart
     */
    static LineChart accuracy(LineChart chart, List<Series> lines) {
        cut(
                chart,
                lines.stream()
                        .flatMap(line -> line.accuracies().stream())
                        .mapToDouble(one -> one.percent().mean()));
        return allAccuracies(chart, lines);
    }

    /**
     * Cuts off what is more than 15 % below the best.
     *
     * @param percents all accuracies that are drawn
     */
    static void cut(LineChart chart, DoubleStream percents) {
        DoubleSummaryStatistics summary = percents.summaryStatistics();
        if (summary.getMin() < summary.getMax() - DEEPEST) {
            chart.rangeY(summary.getMax() - DEEPEST, Math.min(100, summary.getMax() + 1));
        }
    }

    /** The same without a cut. */
    static LineChart allAccuracies(LineChart chart, List<Series> lines) {
        int colour = 0;
        for (Series line : lines) {
            chart.pointsWithErrors(
                    line.name(),
                    line.x(),
                    line.accuracies().stream()
                            .mapToDouble(one -> one.percent().mean())
                            .toArray(),
                    line.accuracies().stream()
                            .mapToDouble(one -> one.percent().standardError())
                            .toArray(),
                    colour++);
        }
        return chart;
    }
}
