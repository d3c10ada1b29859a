package io.github.autol2.examples.config;

import io.github.autol2.config.Format;
import io.github.autol2.config.Range;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A learning rate that drops in steps: eta is multiplied by {@code factor} at each of the given fractions of the run.
 * Written as {@code constant} or {@code 0.2@0.3,0.6,0.9}.
 *
 * @param factor    greater than 0, finite; 1 where there are no fractions
 * @param fractions strictly increasing in (0, 1); none for a constant learning rate
 */
public record LearningRateSchedule(double factor, List<Double> fractions) {

    /** eta stays as it is. */
    public static final LearningRateSchedule CONSTANT = new LearningRateSchedule(1, List.of());

    static final Format<LearningRateSchedule> FORMAT = new Format<>(
            "constant, or factor@fractions with a factor > 0 and increasing fractions in (0, 1), such as 0.2@0.3,0.6,0.9",
            LearningRateSchedule::parse, LearningRateSchedule::toString);

    public LearningRateSchedule {
        fractions = List.copyOf(fractions);
        Range.above(0).check("factor", factor);
        double previous = 0;
        for (double fraction : fractions) {
            if (!(fraction > previous && fraction < 1)) {
                throw new IllegalArgumentException("fractions must be strictly increasing in (0, 1), got " + fractions);
            }
            previous = fraction;
        }
        if (fractions.isEmpty() && factor != 1) {
            throw new IllegalArgumentException("factor must be 1 without fractions, got " + factor);
        }
    }

    /**
     * What the learning rate before the schedule is multiplied by.
     *
     * @param iteration number of parameter updates so far, at least 0
     * @param total     number of parameter updates of the run, at least 1
     * @return {@code factor^n}, where n is the number of fractions that are at most {@code iteration / total}
     */
    public double factorAt(long iteration, long total) {
        Range.atLeast(0).check("iteration", iteration);
        Range.atLeast(1).check("total", total);
        // Divided, not "fraction * total": 55 / 100.0 is the double that 0.55 denotes, but 0.55 * 100 is above 55.
        double now = (double) iteration / total;
        double product = 1;
        for (double fraction : fractions) {
            if (now >= fraction) {
                product *= factor;
            }
        }
        return product;
    }

    /**
     * The first iteration with another learning rate than the run's first one.
     *
     * @param total number of parameter updates of the run, at least 1; the answer where the learning rate is constant
     */
    public long firstDecay(long total) {
        Range.atLeast(1).check("total", total);
        if (fractions.isEmpty()) {
            return total;
        }
        long iteration = (long) (fractions.get(0) * total) - 1; // one early, and up from there: see factorAt
        while ((double) iteration / total < fractions.get(0)) {
            iteration++;
        }
        return iteration;
    }

    /** As it is written in a settings file. */
    @Override
    public String toString() {
        return fractions.isEmpty() ? "constant"
                : factor + "@" + fractions.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static LearningRateSchedule parse(String text) {
        if (text.equals("constant")) {
            return CONSTANT;
        }
        String[] parts = text.split("@", -1);
        try {
            if (parts.length == 2) {
                Format<Double> number = Format.number(Range.above(0));
                return new LearningRateSchedule(number.parse().apply(parts[0].strip()),
                        Arrays.stream(parts[1].split(",", -1)).map(String::strip).map(number.parse()).toList());
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be " + FORMAT.allowed(), e);
        }
        throw new IllegalArgumentException("must be " + FORMAT.allowed());
    }
}
