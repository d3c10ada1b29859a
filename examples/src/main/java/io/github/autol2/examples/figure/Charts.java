package io.github.autol2.examples.figure;

import io.github.autol2.examples.report.LineChart;
import io.github.autol2.examples.results.Pooled;
import java.util.List;
import java.util.stream.IntStream;

/** What several figures draw alike. */
final class Charts {

    private static final double DEEPEST = 0.15; // below the best: networks that broke down would flatten all others

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

    /** Draws lines of accuracies in percent with their standard errors; leaves out what is more than 15 % below the best. */
    static LineChart accuracy(LineChart chart, List<Series> lines) {
        double best = lines.stream().flatMap(line -> line.accuracies().stream()).mapToDouble(Pooled::mean).max().orElse(1);
        int colour = 0;
        for (Series line : lines) {
            int[] shown = IntStream.range(0, line.x().length).filter(i -> line.accuracies().get(i).mean() >= best - DEEPEST).toArray();
            if (shown.length > 0) {
                chart.pointsWithErrors(line.name(), IntStream.of(shown).mapToDouble(i -> line.x()[i]).toArray(),
                        IntStream.of(shown).mapToDouble(i -> line.accuracies().get(i).percent().mean()).toArray(),
                        IntStream.of(shown).mapToDouble(i -> line.accuracies().get(i).percent().standardError()).toArray(), colour);
            }
            colour++;
        }
        return chart;
    }
}
