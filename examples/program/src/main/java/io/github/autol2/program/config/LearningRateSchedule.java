package io.github.autol2.program.config;

import io.github.autol2.config.Format;
import io.github.autol2.config.Range;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** What the learning rate before the schedule is multiplied by, as a function of the time. */
public sealed interface LearningRateSchedule {

    /** eta stays as it is. */
    LearningRateSchedule CONSTANT = new Steps(1, List.of());

    /** How it is written in a settings file. */
    Format<LearningRateSchedule> FORMAT = new Format<>(
            "constant, cosine, or factor@fractions with a factor > 0 and increasing fractions in (0, 1), such as 0.2@0.3,0.6,0.9",
            LearningRateSchedule::parse,
            LearningRateSchedule::toString);

    /**
     * The multiplier of an iteration.
     *
     * @param iteration number of parameter updates so far, at least 0
     * @param total     number of parameter updates of the run, at least 1
     */
    double factorAt(long iteration, long total);

    /**
     * The multiplier in steps, as few of them as describe it: Deeplearning4j writes each step into the configuration of a network.
     *
     * @param total number of parameter updates of the run, at least 1
     * @return the iteration at which each step begins, the first of them 0, and the multiplier from there on
     */
    SortedMap<Integer, Double> steps(int total);

    /**
     * The time that a constant lambda is predicted for: the first iteration with another learning rate than the run's first one. Where
     * the learning rate falls all the time, the number of iterations at the first rate that would decay a weight as much as the run.
     *
     * @param total number of parameter updates of the run, at least 1; the answer where the learning rate is constant
     */
    long firstDecay(long total);

    /**
     * A learning rate that drops in steps: eta is multiplied by {@code factor} at each of the given fractions of the run.
     * Written as {@code constant} or {@code 0.2@0.3,0.6,0.9}.
     *
     * @param factor    greater than 0, finite; 1 where there are no fractions
     * @param fractions strictly increasing in (0, 1); none for a constant learning rate
     */
    record Steps(double factor, List<Double> fractions) implements LearningRateSchedule {

        public Steps {
            fractions = List.copyOf(fractions);
            Range.above(0).check("factor", factor);
            double previous = 0;
            for (double fraction : fractions) {
                if (!(fraction > previous && fraction < 1)) {
                    throw new IllegalArgumentException(
                            "fractions must be strictly increasing in (0, 1), got " + fractions);
                }
                previous = fraction;
            }
            if (fractions.isEmpty() && factor != 1) {
                throw new IllegalArgumentException("factor must be 1 without fractions, got " + factor);
            }
        }

        /** {@code factor^n}, where n is the number of fractions that are at most {@code iteration / total}. */
        @Override
        public double factorAt(long iteration, long total) {
            double now = fraction(iteration, total);
            double product = 1;
            for (double fraction : fractions) {
                if (now >= fraction) {
                    product *= factor;
                }
            }
            return product;
        }

        /** Exactly {@link #factorAt}. */
        @Override
        public SortedMap<Integer, Double> steps(int total) {
            return ScheduleSteps.of(iteration -> factorAt(iteration, total), total, 0);
        }

        @Override
        public long firstDecay(long total) {
            Range.atLeast(1).check("total", (double) total);
            if (fractions.isEmpty()) {
                return total;
            }
            long iteration = (long) (fractions.get(0) * total) - 1; // one early, and up from there: see fraction
            while ((double) iteration / total < fractions.get(0)) {
                iteration++;
            }
            return iteration;
        }

        /** Returns the schedule as it is written in a settings file. */
        @Override
        public String toString() {
            return fractions.isEmpty()
                    ? "constant"
                    : factor + "@" + fractions.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
    }

    /** Half a cosine: {@code (1 + cos(pi iteration / total)) / 2}, from 1 at the start to 0 after the end of the run. */
    record Cosine() implements LearningRateSchedule {

        /** The largest error of a step: a hundredth of the learning rate before the schedule from one step to the next. */
        private static final double ERROR = 0.005;

        @Override
        public double factorAt(long iteration, long total) {
            return (1 + Math.cos(Math.PI * Math.min(1, fraction(iteration, total)))) / 2;
        }

        /**
         * {@link #factorAt} within {@value #ERROR}, in about a hundred steps however long the run is: plain Deeplearning4j has no cosine.
         */
        @Override
        public SortedMap<Integer, Double> steps(int total) {
            return ScheduleSteps.of(iteration -> factorAt(iteration, total), total, ERROR);
        }

        /** Half of the run: the mean of the multiplier is 1/2. */
        @Override
        public long firstDecay(long total) {
            Range.atLeast(1).check("total", (double) total);
            return (total + 1) / 2;
        }

        /** Returns the schedule as it is written in a settings file. */
        @Override
        public String toString() {
            return "cosine";
        }
    }

    // Divided, not "fraction * total": 55 / 100.0 is the double that 0.55 denotes, but 0.55 * 100 is above 55.
    private static double fraction(long iteration, long total) {
        Range.atLeast(0).check("iteration", (double) iteration);
        Range.atLeast(1).check("total", (double) total);
        return (double) iteration / total;
    }

    private static LearningRateSchedule parse(String text) {
        if (text.equals("constant")) {
            return CONSTANT;
        }
        if (text.equals("cosine")) {
            return new Cosine();
        }
        String[] parts = text.split("@", -1);
        try {
            if (parts.length == 2) {
                Format<Double> number = Format.number(Range.above(0));
                return new Steps(
                        number.parse().apply(parts[0].strip()),
                        Arrays.stream(parts[1].split(",", -1))
                                .map(String::strip)
                                .map(number.parse())
                                .toList());
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be " + FORMAT.allowed(), e);
        }
        throw new IllegalArgumentException("must be " + FORMAT.allowed());
    }
}
