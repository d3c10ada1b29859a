package io.github.autol2.arbiter.pruning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReportsTest {

    @Test
    void ranksAsCountingDoes() {
        Random random = new Random(1);
        for (boolean minimize : new boolean[] {false, true}) {
            List<Double> scores = new ArrayList<>();
            Reports reports = new Reports(minimize);
            for (int candidate = 0; candidate < 200; candidate++) {
                double score = random.nextInt(10) == 0 ? Double.NaN : random.nextInt(20) / 20.0;
                long better = scores.stream()
                        .filter(other ->
                                !other.isNaN() && (Double.isNaN(score) || (minimize ? other < score : other > score)))
                        .count();

                assertThat(reports.better(5, score)).isEqualTo((int) better);

                scores.add(score);
                reports.add(new Report(candidate, 5, score));
                assertThat(reports.count(5)).isEqualTo(scores.size());
            }
        }
    }

    @Test
    void aCandidateThatReportsAgainAtAnIterationIsForgottenFromThereOn() {
        Reports reports = Reports.of(
                List.of(new Report(0, 10, 0.5), new Report(1, 10, 0.9), new Report(1, 20, 0.8), new Report(1, 10, 0.4)),
                false);

        assertThat(reports.count(10)).isEqualTo(2);
        assertThat(reports.count(20)).isZero();
        assertThat(reports.better(10, 0.45)).isEqualTo(1);
        assertThat(reports.medianOfAverages(10)).isEqualTo(0.45);
        assertThat(reports.best(new Report(1, 20, 0.1))).isEqualTo(0.4);
    }

    @Test
    void nobodyHasReportedWhereNothingIs() {
        assertThat(new Reports(false).count(7)).isZero();
        assertThat(new Reports(false).better(7, 0.1)).isZero();
    }
}
