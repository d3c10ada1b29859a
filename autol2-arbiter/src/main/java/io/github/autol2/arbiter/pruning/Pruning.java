package io.github.autol2.arbiter.pruning;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A rule that gives up candidates whose validation scores say, while they train, that they will not be the best. Pick one by
 * {@link #none()}, {@link #asha(long)} or {@link #median(long)}.
 *
 * <p>All rules:
 * <ol>
 * <li>A candidate whose lambda is predicted reports first what its calibration has shown: the best validation accuracy of the first run
 *     there at a lambda at which it trains, within the same share of the training for all (half the calibration's). If it is given up, the
 *     rest of the calibration is not made. That is so only where the score of the search is accuracy, by Arbiter's
 *     {@code TestSetAccuracyScoreFunction} or {@code EvaluationScoreFunction}, or in a regression the mean squared error of its
 *     {@code RegressionScoreFunction}, which goes with the R2 of the calibration. With any other score, such as the loss, F1 or one of your
 *     own, candidates are judged in their training only. A candidate that is calibrated with more momentum than it has, because it is too slow otherwise,
 *     does not report that: it would be another network's accuracy.
 * <li>It reports its validation score at iterations that the rule names, the same for all. Only its own training counts there: at one
 *     report all networks are equally far. What the calibration has cost stands in the candidate's training iterations.
 * <li>The verdict follows from this report and those that have come before. It is final: a candidate that is given up does not go on.
 * <li>A score of NaN is worse than any number. Of two equal scores neither is worse.
 * </ol>
 *
 * <p>Rules are pure: they keep nothing.
 */
public sealed interface Pruning extends Serializable permits NoPruning, SuccessiveHalving, MedianStopping {

    /** {@return the rule that lets every candidate train to its end} */
    static Pruning none() {
        return new NoPruning();
    }

    /**
     * {@return asynchronous successive halving with its defaults}
     *
     * @param budget iterations of a whole training, at least {@value SuccessiveHalving#DEFAULT_ETA}
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
     * @param report at an iteration that {@link #nextReport} has named
     * @param before all reports that have come before; those of this candidate are of earlier iterations
     */
    Verdict judge(Report report, Reports before);

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
        Map<Integer, List<Report>> byCandidate =
                reports.stream().collect(Collectors.groupingBy(Report::candidate, TreeMap::new, Collectors.toList()));
        Reports before = new Reports(minimizeScore);
        List<Integer> otherwise = new ArrayList<>();
        byCandidate.forEach((candidate, own) -> {
            if (!isAsInOrder(own, pruned.contains(candidate), before)) {
                otherwise.add(candidate);
            }
        });
        return otherwise;
    }

    /** Whether a candidate's verdicts are those that it was given; adds its reports to those before. */
    private boolean isAsInOrder(List<Report> own, boolean pruned, Reports before) {
        boolean same = true;
        for (int i = 0; i < own.size(); i++) {
            boolean wasPruned = pruned && i == own.size() - 1;
            same &= judge(own.get(i), before) instanceof Verdict.Prune == wasPruned;
            before.add(own.get(i));
        }
        return same;
    }
}
