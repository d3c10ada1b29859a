package io.github.autol2.arbiter.run;

import io.github.autol2.arbiter.pruning.Pruning;
import io.github.autol2.arbiter.pruning.Report;
import io.github.autol2.arbiter.pruning.Reports;
import io.github.autol2.arbiter.pruning.Verdict;
import java.util.List;
import java.util.OptionalLong;

/** What the candidates of a search have reported while they trained, and who is given up. Thread-safe. */
public final class ScoreBoard {

    private final Pruning rule;
    private final Reports reports;

    /**
     * The board of a search that has not begun.
     *
     * @param rule          that gives candidates up
     * @param minimizeScore whether small scores are good
     */
    public ScoreBoard(Pruning rule, boolean minimizeScore) {
        this.rule = rule;
        this.reports = new Reports(minimizeScore);
    }

    /**
     * {@return when a candidate reports next; empty if it does not}
     *
     * @param iteration of its last report; 0 before the first
     */
    public OptionalLong next(long iteration) {
        return rule.nextReport(iteration);
    }

    /**
     * Judges a report after those that are here, and keeps it. A candidate that has reported at this iteration before was lost on its way
     * and trains anew.
     *
     * @param report at an iteration that {@link #next} has named
     * @return what becomes of the candidate
     */
    public synchronized Verdict judge(Report report) {
        reports.forget(report.candidate(), report.iteration());
        Verdict verdict = rule.judge(report, reports);
        reports.add(report);
        return verdict;
    }

    /** Keeps the reports of a candidate that an earlier run has trained; they were judged then. */
    synchronized void restore(List<Report> earlier) {
        earlier.forEach(reports::add);
    }
}
