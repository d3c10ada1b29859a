package io.github.autol2.program.data;

import java.util.Arrays;
import java.util.Optional;

/** Tells of numbers that programs write which know no empty cell. */
final class NoValue {

    private static final double[] NUMBERS = {-99, -999, -9999, -99999};

    /** Of such a number from the next one, as a factor. */
    private static final double FAR = 10;

    private NoValue() {}

    /**
     * The rest of a sentence about a column, if its least number is one of them and far below all others.
     *
     * @param numbers of the column
     */
    static Optional<String> in(double[] numbers) {
        double least = Arrays.stream(numbers).min().orElse(0);
        if (Arrays.stream(NUMBERS).noneMatch(value -> value == least)) {
            return Optional.empty();
        }
        double next =
                Arrays.stream(numbers).filter(value -> value > least).min().orElse(Double.POSITIVE_INFINITY);
        long rows = Arrays.stream(numbers).filter(value -> value == least).count();
        return next > least / FAR
                ? Optional.of("has " + Math.round(least) + " in " + rows
                        + " rows, far below all others: if that means that there is no value, say so with data.gaps.")
                : Optional.empty();
    }
}
