package io.github.autol2.examples.figure;

import io.github.autol2.examples.report.LineChart;
import io.github.autol2.examples.results.Pooled;
import java.util.List;
import java.util.stream.DoubleStream;

/** What several figures draw alike. */
final class Charts {

    private static final double DEEPEST = 15; // percent below the best: networks that broke down would flatten all others

    private Charts() {
    }

    /**
     * Accuracies along one line.
     *
     * @param x          as the axis of the chart
     * @param accuracies fractions, one for each x
     */
    record Series(String name, double[] x, List<Pooled> accuracies) {
    }

    /**
     * Draws lines of accuracies in percent with their standard errors. What is more than 15 % below the best is cut off.
     *
     * @return the chart
     */
    static LineChart accuracy(LineChart chart, List<Series> lines) {
        double best = 100 * means(lines).max().orElseThrow();
        double worst = 100 * means(lines).min().orElseThrow();
        if (worst < best - DEEPEST) {
            chart.rangeY(best - DEEPEST, Math.min(100, best + 1));
        }
        return allAccuracies(chart, lines);
    }

    /** The same without a cut. */
    static LineChart allAccuracies(LineChart chart, List<Series> lines) {
        int colour = 0;
        for (Series line : lines) {
            chart.pointsWithErrors(line.name(), line.x(), line.accuracies().stream().mapToDouble(one -> one.percent().mean()).toArray(),
                    line.accuracies().stream().mapToDouble(one -> one.percent().standardError()).toArray(), colour++);
        }
        return chart;
    }

    private static DoubleStream means(List<Series> lines) {
        return lines.stream().flatMap(line -> line.accuracies().stream()).mapToDouble(Pooled::mean);
    }
}
