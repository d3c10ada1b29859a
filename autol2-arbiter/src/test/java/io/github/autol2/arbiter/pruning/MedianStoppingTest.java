package io.github.autol2.arbiter.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MedianStoppingTest {

    private static final MedianStopping RULE = MedianStopping.of(100).withLeastOthers(3);

    /** Of candidates 0, 1, ...: each has these scores at 10, 20, ... */
    private static List<Report> curves(double[]... scores) {
        List<Report> reports = new ArrayList<>();
        for (int candidate = 0; candidate < scores.length; candidate++) {
            for (int i = 0; i < scores[candidate].length; i++) {
                reports.add(new Report(candidate, 10L * (i + 1), scores[candidate][i]));
            }
        }
        return reports;
    }

    private static Verdict judge(long iteration, double score, List<Report> before) {
        return RULE.judge(new Report(9, iteration, score), Reports.of(before, false));
    }

    @Test
    void reportsInEachTenthOfTheBudgetButNotAtItsEnd() {
        assertThat(RULE.nextReport(0)).hasValue(10);
        assertThat(RULE.nextReport(10)).hasValue(20);
        assertThat(RULE.nextReport(80)).hasValue(90);
        assertThat(RULE.nextReport(90)).isEmpty();
        assertThat(MedianStopping.of(5).nextReport(0)).hasValue(1);
    }

    @Test
    void isGivenUpBelowTheMedianOfRunningAveragesAndNotAtIt() {
        // given running averages 0.2, 0.4 and 0.6 at iteration 20
        List<Report> before = curves(new double[] {0.1, 0.3}, new double[] {0.3, 0.5}, new double[] {0.5, 0.7});

        assertThat(judge(20, 0.4, before)).isEqualTo(new Verdict.Continue());
        assertThat(judge(20, 0.39, before))
                .isEqualTo(new Verdict.Prune("up to iteration 20 its best score 0.3900 was worse than 0.4000, "
                        + "the median of 3 others (median stopping)"));
    }

    @Test
    void itsBestScoreSoFarCounts() {
        List<Report> before =
                new ArrayList<>(curves(new double[] {0.1, 0.3}, new double[] {0.3, 0.5}, new double[] {0.5, 0.7}));
        before.add(new Report(9, 10, 0.41));

        assertThat(judge(20, 0.1, before)).isEqualTo(new Verdict.Continue());
    }

    @Test
    void whatACalibrationHasShownIsNoScoreOfTheTraining() {
        List<Report> before =
                new ArrayList<>(curves(new double[] {0.1, 0.3}, new double[] {0.3, 0.5}, new double[] {0.5, 0.7}));
        before.add(new Report(9, 0, 0.99));
        before.add(new Report(8, 0, 0.99));
        before.add(new Report(8, 10, 0.4));

        assertThat(judge(10, 0.3, before)).isInstanceOf(Verdict.Prune.class);
        assertThat(judge(10, 0.36, before)).isEqualTo(new Verdict.Continue());
    }

    @Test
    void whoHasNotReachedTheReportDoesNotCount() {
        List<Report> before = curves(new double[] {0.9, 0.9}, new double[] {0.9, 0.9}, new double[] {0.9});

        assertThat(judge(20, 0.1, before)).isEqualTo(new Verdict.Continue());
        assertThat(judge(10, 0.1, before)).isInstanceOf(Verdict.Prune.class);
    }

    @Test
    void laterScoresOfOthersDoNotCount() {
        List<Report> before = curves(new double[] {0.3, 0.9}, new double[] {0.3, 0.9}, new double[] {0.3, 0.9});

        assertThat(judge(10, 0.31, before)).isEqualTo(new Verdict.Continue());
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        List<Report> before = curves(new double[] {0.1}, new double[] {0.3}, new double[] {0.5}, new double[] {0.9});

        assertThat(judge(10, 0.4, before)).isInstanceOf(Verdict.Continue.class);
        assertThat(judge(10, 0.39, before)).isInstanceOf(Verdict.Prune.class);
    }

    @Test
    void smallScoresAreGoodWhereTheSearchMinimises() {
        List<Report> before = curves(new double[] {0.2}, new double[] {0.4}, new double[] {0.6});

        assertThat(RULE.judge(new Report(9, 10, 0.4), Reports.of(before, true))).isInstanceOf(Verdict.Continue.class);
        assertThat(RULE.judge(new Report(9, 10, 0.41), Reports.of(before, true)))
                .isInstanceOf(Verdict.Prune.class);
    }

    @Test
    void aScoreThatIsNoNumberIsTheWorst() {
        List<Report> before = curves(new double[] {0.2}, new double[] {0.4}, new double[] {Double.NaN});

        assertThat(judge(10, Double.NaN, before)).isInstanceOf(Verdict.Prune.class);
        assertThat(judge(10, 0.2, before)).isInstanceOf(Verdict.Continue.class);
        assertThat(judge(10, 0.1, before)).isInstanceOf(Verdict.Prune.class);
    }

    @Test
    void rejectsSettingsOutOfRange() {
        assertThatThrownBy(() -> MedianStopping.of(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("budget must be at least 2 iterations, got 1");
        assertThatThrownBy(() -> RULE.withInterval(100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("interval must be at least 1 and less than the budget of 100 iterations, got 100");
        assertThatThrownBy(() -> RULE.withLeastOthers(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("leastOthers must be at least 1, got 0");
    }
}
