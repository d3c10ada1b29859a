package io.github.autol2.examples.figure;

import io.github.autol2.examples.report.LineChart;
import io.github.autol2.examples.results.NumberTable;
import java.util.List;
import java.util.Map;

/**
 * What an experiment showed.
 *
 * @param verdict whether the paper's claim holds here, with numbers
 * @param tables  what was measured, by names that are fit for a file's name
 * @param panels  at least one
 */
public record FigureResult(String verdict, Map<String, NumberTable> tables, List<Panel> panels) {

    /**
     * One chart.
     *
     * @param name    unlike those of all other panels of the figure, fit for a file's name
     * @param caption what is shown
     */
    public record Panel(String name, LineChart chart, String caption) {
    }

    public FigureResult {
        panels = List.copyOf(panels);
    }
}
