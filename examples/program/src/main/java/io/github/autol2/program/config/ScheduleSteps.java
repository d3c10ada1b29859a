package io.github.autol2.program.config;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/** A function of the iteration as few steps. */
final class ScheduleSteps {

    private ScheduleSteps() {}

    /**
     * The fewest constant pieces that stay within an error of the function: each piece is as long as its largest and smallest value
     * allow, and has the value in their middle.
     *
     * @param total number of iterations, at least 1; the function is asked for 0 to {@code total - 1}
     * @param error at least 0; with 0 the pieces are exact
     * @return the first iteration of each piece, which begins with 0, and its value
     */
    static SortedMap<Integer, Double> of(IntToDoubleFunction function, int total, double error) {
        SortedMap<Integer, Double> steps = new TreeMap<>();
        int start = 0;
        double low = function.applyAsDouble(0);
        double high = low;
        for (int iteration = 1; iteration < total; iteration++) {
            double value = function.applyAsDouble(iteration);
            if (Math.max(high, value) - Math.min(low, value) > 2 * error) {
                steps.put(start, (low + high) / 2);
                start = iteration;
                low = value;
                high = value;
            } else {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        steps.put(start, (low + high) / 2);
        return Collections.unmodifiableSortedMap(steps);
    }
}
