package io.github.autol2.research.theory;

import java.util.stream.IntStream;

/** Times for a curve. */
public final class TimeGrid {

    private TimeGrid() {}

    /**
     * Times at equal ratios.
     *
     * @param from   greater than 0
     * @param until  greater than {@code from}
     * @param points at least 2, the ends included
     */
    public static double[] logarithmic(double from, double until, int points) {
        if (!(from > 0 && until > from && Double.isFinite(until))) {
            throw new IllegalArgumentException(
                    "the first time must be > 0 and the last one larger and finite, got " + from + " and " + until);
        }
        if (points < 2) {
            throw new IllegalArgumentException("there must be at least 2 times, got " + points);
        }
        double[] times = IntStream.range(0, points)
                .mapToDouble(i -> from * Math.pow(until / from, (double) i / (points - 1)))
                .toArray();
        times[points - 1] = until; // without its rounding
        return times;
    }
}
