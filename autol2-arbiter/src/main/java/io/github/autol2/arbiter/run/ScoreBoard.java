package io.github.autol2.arbiter.run;

import io.github.autol2.arbiter.pruning.Pruning;
import io.github.autol2.arbiter.pruning.Report;
import io.github.autol2.arbiter.pruning.Reports;
import io.github.autol2.arbiter.pruning.Verdict;
import java.util.List;
import java.util.OptionalLong;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.scoring.impl.EvaluationScoreFunction;
import org.deeplearning4j.arbiter.scoring.impl.RegressionScoreFunction;
import org.deeplearning4j.arbiter.scoring.impl.TestSetAccuracyScoreFunction;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.regression.RegressionEvaluation;

/** What the candidates of a search have reported while they trained, and who is given up. Thread-safe. */
public final class ScoreBoard implements Judge {

    private final Pruning rule;
    private final boolean judgesCalibrations;
    private final Reports reports;

    /**
     * The board of a search that has not begun.
     *
     * @param rule  that gives candidates up
     * @param score of the search
     */
    public ScoreBoard(Pruning rule, ScoreFunction score) {
        this(rule, isShownByCalibrations(score), new Reports(score.minimize()));
    }

    private ScoreBoard(Pruning rule, boolean judgesCalibrations, Reports reports) {
        this.rule = rule;
        this.judgesCalibrations = judgesCalibrations;
        this.reports = reports;
    }

    /** {@return the board of a search in which nobody is given up} */
    public static ScoreBoard withoutPruning() {
        return new ScoreBoard(Pruning.none(), false, new Reports(false));
    }

    /**
     * What a calibration shows is accuracy, and in a regression R2, which orders networks as the mean squared error does. The best of another
     * score, such as the loss or F1 with rare classes, may be among the worst there.
     */
    @SuppressWarnings("deprecation") // users have the older one, too
    private static boolean isShownByCalibrations(ScoreFunction score) {
        return score instanceof TestSetAccuracyScoreFunction
                || (score instanceof EvaluationScoreFunction of && of.getMetric() == Evaluation.Metric.ACCURACY)
                || (score instanceof RegressionScoreFunction of && of.getMetric() == RegressionEvaluation.Metric.MSE);
    }

    /** {@return when candidates report, and what follows from it} */
    public Pruning rule() {
        return rule;
    }

    @Override
    public boolean judgesCalibrations() {
        return judgesCalibrations && rule.nextReport(0).isPresent();
    }

    @Override
    public OptionalLong next(long iteration) {
        return rule.nextReport(iteration);
    }

    /** Keeps the report, too. A candidate that has reported at this iteration before was lost on its way and trains anew. */
    @Override
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
