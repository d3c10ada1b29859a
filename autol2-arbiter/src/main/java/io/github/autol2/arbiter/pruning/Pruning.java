package io.github.autol2.arbiter.pruning;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A rule that gives up candidates whose validation scores say, while they train, that they will not be the best. Pick one by
 * {@link #none()}, {@link #asha(long)} or {@link #median(long)}.
 *
 * <p>All rules:
 * <ol>
 * <li>A candidate reports its validation score at iterations that the rule names, the same for all. Only its own training counts there:
 *     at one report all networks are equally far. What the calibration of lambda has cost stands in the candidate's training iterations.
 * <li>The verdict follows from this report and those that have come before. It is final: a candidate that is given up does not go on.
 * <li>A score of NaN is worse than any number. Of two equal scores neither is worse.
 * </ol>
 *
 * <p>Rules are pure: they keep nothing.
 */
public sealed interface Pruning permits NoPruning, SuccessiveHalving, MedianStopping {

    /** {@return the rule that lets every candidate train to its end} */
    static Pruning none() {
        return new NoPruning();
    }

    /**
     * {@return asynchronous successive halving with its defaults}
     *
     * @param budget iterations of a whole training, at least {@value SuccessiveHalving#DEFAULT_ETA} to the power of
     *               {@value SuccessiveHalving#DEFAULT_RUNGS}
     */
    static Pruning asha(long budget) {
        return SuccessiveHalving.of(budget);
    }

    /**
     * {@return median stopping with its defaults}
     *
     * @param budget iterations of a whole training, at least 2
     */
    static Pruning median(long budget) {
        return MedianStopping.of(budget);
    }

    /**
     * When a candidate reports next.
     *
     * @param iteration of the last report; 0 before the first
     * @return a later iteration; empty if there are no more reports
     */
    OptionalLong nextReport(long iteration);

    /**
     * {@return what becomes of a candidate that reports}
     *
     * @param report        at an iteration that {@link #nextReport} has named
     * @param before        all reports that have come before, those of this candidate included
     * @param minimizeScore whether small scores are good
     */
    Verdict judge(Report report, List<Report> before, boolean minimizeScore);

    /**
     * The candidates for which one thread would have decided otherwise. With one thread a report is judged after those of all candidates
     * before and none behind. If no candidate is found here, each verdict of the search is the one of a single thread; otherwise those of
     * later candidates may have been others, too.
     *
     * @param reports       all of a search
     * @param pruned        the candidates that were given up
     * @param minimizeScore whether small scores are good
     * @return their indices, in order
     */
    default List<Integer> decidedByTiming(List<Report> reports, Set<Integer> pruned, boolean minimizeScore) {
        return reports.stream()
                .map(Report::candidate)
                .distinct()
                .sorted()
                .filter(candidate -> isDecidedByTiming(candidate, reports, pruned.contains(candidate), minimizeScore))
                .toList();
    }

    private boolean isDecidedByTiming(int candidate, List<Report> reports, boolean pruned, boolean minimizeScore) {
        List<Report> before = new ArrayList<>(reports.stream()
                .filter(report -> report.candidate() < candidate)
                .toList());
        List<Report> own = reports.stream()
                .filter(report -> report.candidate() == candidate)
                .toList();
        for (int i = 0; i < own.size(); i++) {
            boolean wasPruned = pruned && i == own.size() - 1;
            if (judge(own.get(i), before, minimizeScore) instanceof Verdict.Prune != wasPruned) {
                return true;
            }
            before.add(own.get(i));
        }
        return false;
    }
}
