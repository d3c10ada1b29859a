package io.github.autol2.arbiter.run;

import io.github.autol2.arbiter.pruning.Report;
import io.github.autol2.arbiter.pruning.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What one candidate reports. Not thread-safe. */
public final class CandidateReports {

    private final int candidate;
    private final Judge judge;
    private final List<Report> reports = new ArrayList<>();

    /**
     * None yet.
     *
     * @param candidate its index, from 0
     * @param judge     of the search
     */
    public CandidateReports(int candidate, Judge judge) {
        this.candidate = candidate;
        this.judge = judge;
    }

    /** {@return all so far, in order} */
    public List<Report> all() {
        return List.copyOf(reports);
    }

    /**
     * Reports what the candidate's calibration has shown, once, before the training, if that goes with the score of the search.
     *
     * @param accuracy of one of its runs
     * @throws PrunedException if the candidate is given up
     */
    public void calibrated(double accuracy) {
        if (judge.judgesCalibrations() && reports.isEmpty()) {
            add(Report.CALIBRATION, accuracy);
        }
    }

    /**
     * @throws PrunedException if the candidate is given up
     */
    void add(long iteration, double score) {
        Report report = new Report(candidate, iteration, score);
        reports.add(report);
        if (judge.judge(report) instanceof Verdict.Prune prune) {
            throw new PrunedException(prune.reason(), report);
        }
    }
}
