package io.github.autol2.arbiter.pruning;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The scores that the candidates of a search have reported while they trained, sorted as the rules ask for them: a question costs the
 * logarithm of their number. Not thread-safe.
 */
public final class Reports {

    private final boolean minimizeScore;
    private final Map<Long, Rung> rungs = new HashMap<>();
    private final Map<Integer, List<Entry>> curves = new HashMap<>();

    /** All reports at one iteration, the best first. */
    private record Rung(List<Double> scores, List<Double> averages) {}

    /** A report, and the mean of its candidate's scores up to there. */
    private record Entry(Report report, double average) {}

    /**
     * None yet.
     *
     * @param minimizeScore whether small scores are good
     */
    public Reports(boolean minimizeScore) {
        this.minimizeScore = minimizeScore;
    }

    /**
     * {@return these reports}
     *
     * @param reports       those of a candidate in their order
     * @param minimizeScore whether small scores are good
     */
    public static Reports of(Collection<Report> reports, boolean minimizeScore) {
        Reports all = new Reports(minimizeScore);
        reports.forEach(all::add);
        return all;
    }

    /**
     * Adds a report. A candidate that reports again at an iteration begins its training anew: what it has reported there and later is
     * forgotten.
     *
     * @param report of any candidate
     */
    public void add(Report report) {
        forget(report.candidate(), report.iteration());
        List<Entry> curve = curves.computeIfAbsent(report.candidate(), first -> new ArrayList<>());
        Entry entry = new Entry(report, average(curve, report));
        curve.add(entry);
        Rung rung = rungs.computeIfAbsent(report.iteration(), first -> new Rung(new ArrayList<>(), new ArrayList<>()));
        rung.scores.add(better(report.iteration(), rung.scores, report.score()), report.score());
        rung.averages.add(better(report.iteration(), rung.averages, entry.average), entry.average);
    }

    private static double average(List<Entry> curve, Report report) {
        return Stream.concat(curve.stream().map(Entry::report), Stream.of(report))
                .filter(one -> one.fromCalibration() == report.fromCalibration())
                .mapToDouble(Report::score)
                .average()
                .orElseThrow();
    }

    /**
     * Forgets what a candidate has reported, as if it had not trained so far.
     *
     * @param candidate its index
     * @param iteration from this one on
     */
    public void forget(int candidate, long iteration) {
        List<Entry> curve = curves.getOrDefault(candidate, List.of());
        while (!curve.isEmpty() && curve.get(curve.size() - 1).report.iteration() >= iteration) {
            Entry last = curve.remove(curve.size() - 1);
            Rung rung = rungs.get(last.report.iteration());
            rung.scores.remove(better(last.report.iteration(), rung.scores, last.report.score()));
            rung.averages.remove(better(last.report.iteration(), rung.averages, last.average));
        }
    }

    /**
     * {@return the number of candidates that have reported at an iteration}
     *
     * @param iteration of a report
     */
    int count(long iteration) {
        return rungs.containsKey(iteration) ? rungs.get(iteration).scores.size() : 0;
    }

    /**
     * {@return how many of the scores at an iteration are better than this one}
     *
     * @param iteration of a report
     * @param score     of any candidate
     */
    int better(long iteration, double score) {
        return rungs.containsKey(iteration) ? better(iteration, rungs.get(iteration).scores, score) : 0;
    }

    /**
     * {@return the better one of a candidate's report and the best that it has reported before}
     *
     * @param report that is not here yet
     */
    double best(Report report) {
        return curves.getOrDefault(report.candidate(), List.of()).stream()
                .filter(entry -> !entry.report.fromCalibration())
                .map(entry -> entry.report.score())
                .filter(earlier -> isBetter(report.iteration(), earlier, report.score()))
                .min(bestFirst(report.iteration()))
                .orElse(report.score());
    }

    /**
     * {@return the median, over the candidates that have reported at an iteration, of the mean of their scores up to there; NaN if either of
     * the two in the middle is}
     *
     * @param iteration that at least one candidate has reported at
     */
    double medianOfAverages(long iteration) {
        List<Double> averages = rungs.get(iteration).averages;
        int middle = averages.size() / 2;
        return averages.size() % 2 == 1 ? averages.get(middle) : (averages.get(middle - 1) + averages.get(middle)) / 2;
    }

    /**
     * {@return whether a score is better than another} NaN is worse than any number.
     *
     * @param iteration of the report: that of a calibration is an accuracy or R2, also where the score of the search is an error
     * @param score     of a candidate
     * @param other     of another
     */
    boolean isBetter(long iteration, double score, double other) {
        return bestFirst(iteration).compare(score, other) < 0;
    }

    private Comparator<Double> bestFirst(long iteration) {
        return ScoreOrder.bestFirst(minimizeScore && iteration != Report.CALIBRATION);
    }

    /** By bisection. */
    private int better(long iteration, List<Double> bestFirst, double score) {
        int low = 0;
        int high = bestFirst.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBetter(iteration, bestFirst.get(middle), score)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
