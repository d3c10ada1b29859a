package io.github.autol2.arbiter.pruning;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * Median stopping (Golovin et al. 2017, Google Vizier, section 3.2.1): a candidate is given up at a report if its best score so far is worse than the
 * median of the others' running averages up to there.
 *
 * <p>In Vizier the others are candidates that have been trained to their end. Here they are all that have reached this report, because
 * those who survive alone would raise the bar with each that is given up.
 *
 * @param budget     iterations of a whole training, at least 2
 * @param interval   iterations between two reports, at least 1 and less than the budget
 * @param leastOthers nobody is given up at a report that fewer others have reached, at least 1
 */
public record MedianStopping(long budget, long interval, int leastOthers) implements Pruning {

    private static final int INTERVALS = 10;
    private static final int LEAST_OTHERS = 4;

    /** Checks the ranges. */
    public MedianStopping {
        if (budget < 2) {
            throw new IllegalArgumentException("budget must be at least 2 iterations, got " + budget);
        }
        if (interval < 1 || interval >= budget) {
            throw new IllegalArgumentException("interval must be at least 1 and less than the budget of " + budget
                    + " iterations, got " + interval);
        }
        if (leastOthers < 1) {
            throw new IllegalArgumentException("leastOthers must be at least 1, got " + leastOthers);
        }
    }

    /**
     * {@return the rule with a report in each tenth of the budget, which needs 4 others}
     *
     * @param budget iterations of a whole training, at least 2
     */
    public static MedianStopping of(long budget) {
        return new MedianStopping(budget, Math.max(1, budget / INTERVALS), LEAST_OTHERS);
    }

    /**
     * {@return the same with another distance between reports}
     *
     * @param iterations at least 1 and less than the budget
     */
    public MedianStopping withInterval(long iterations) {
        return new MedianStopping(budget, iterations, leastOthers);
    }

    /**
     * {@return the same with another number of others that a verdict needs}
     *
     * @param others at least 1
     */
    public MedianStopping withLeastOthers(int others) {
        return new MedianStopping(budget, interval, others);
    }

    @Override
    public OptionalLong nextReport(long iteration) {
        long next = (iteration / interval + 1) * interval;
        return next < budget ? OptionalLong.of(next) : OptionalLong.empty();
    }

    @Override
    public Verdict judge(Report report, Reports before) {
        int others = before.count(report.iteration());
        if (others < leastOthers) {
            return new Verdict.Continue();
        }
        double best = before.best(report);
        double median = before.medianOfAverages(report.iteration());
        return before.isBetter(report.iteration(), median, best)
                ? new Verdict.Prune(String.format(
                        Locale.ROOT,
                        "%s its best score %.4f was worse than %.4f, the median of %d others (median stopping)",
                        report.fromCalibration() ? "in its calibration" : "up to iteration " + report.iteration(),
                        best,
                        median,
                        others))
                : new Verdict.Continue();
    }
}
