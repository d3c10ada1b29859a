package io.github.autol2.arbiter.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuccessiveHalvingTest {

    private static final SuccessiveHalving RULE = SuccessiveHalving.of(900);

    /** Of candidates 0, 1, ... at the first rung. */
    private static List<Report> at100(double... scores) {
        return IntStream.range(0, scores.length)
                .mapToObj(candidate -> new Report(candidate, 100, scores[candidate]))
                .toList();
    }

    private static boolean passes(double score, List<Report> before) {
        return RULE.judge(new Report(99, 100, score), Reports.of(before, false)) instanceof Verdict.Continue;
    }

    @Test
    void rungsAreAtTheBudgetDividedByPowersOfEta() {
        assertThat(RULE.nextReport(0)).hasValue(100);
        assertThat(RULE.nextReport(99)).hasValue(100);
        assertThat(RULE.nextReport(100)).hasValue(300);
        assertThat(RULE.nextReport(300)).isEmpty();
        assertThat(SuccessiveHalving.of(900, 2).nextReport(0)).hasValue(112);
        assertThat(RULE.withMinimum(101).nextReport(0)).hasValue(300);
        assertThat(RULE.withMinimum(10).nextReport(0)).hasValue(11);
        assertThat(SuccessiveHalving.of(900, 20).nextReport(0)).hasValue(45);
        assertThat(SuccessiveHalving.of(900, 20).nextReport(45)).isEmpty();
    }

    @Test
    void theFirstAtARungPassesWhateverItsScore() {
        assertThat(passes(0.1, List.of())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // one of up to five passes, two of six
        "0.5, 0.6, 0.9, 0.9, 0.9, false",
        "0.7, 0.6, 0.1, 0.1, 0.1, true",
        "0.6, 0.6, 0.1, 0.1, 0.1, true",
        "0.59, 0.6, 0.1, 0.1, 0.1, false",
    })
    void passesIfFewerThanItsShareAreBetter(
            double score, double first, double second, double third, double fourth, boolean passes) {
        assertThat(passes(score, at100(first, second, third, fourth))).isEqualTo(passes);
    }

    @Test
    void ofSixTheSecondBestPassesAndTheThirdDoesNot() {
        assertThat(passes(0.8, at100(0.9, 0.1, 0.2, 0.3, 0.4))).isTrue();
        assertThat(passes(0.8, at100(0.9, 0.85, 0.2, 0.3, 0.4))).isFalse();
    }

    @Test
    void otherRungsDoNotCount() {
        List<Report> before = List.of(new Report(0, 300, 0.9), new Report(1, 300, 0.9), new Report(99, 50, 0.9));

        assertThat(passes(0.1, before)).isTrue();
    }

    @Test
    void smallScoresAreGoodWhereTheSearchMinimises() {
        assertThat(RULE.judge(new Report(9, 100, 0.2), Reports.of(at100(0.5, 0.9), true)))
                .isEqualTo(new Verdict.Continue());
        assertThat(RULE.judge(new Report(9, 100, 0.6), Reports.of(at100(0.5, 0.9), true)))
                .isInstanceOf(Verdict.Prune.class);
    }

    @Test
    void theReasonNamesStepScoreAndShare() {
        assertThat(RULE.judge(new Report(9, 100, 0.2), Reports.of(at100(0.5, 0.9), false)))
                .isEqualTo(new Verdict.Prune(
                        "at iteration 100 its score 0.2000 was not among the best 1 of 3 (ASHA, eta 3)"));
    }

    @Test
    void aScoreThatIsNoNumberIsTheWorstForBothDirections() {
        for (boolean minimize : new boolean[] {false, true}) {
            assertThat(RULE.judge(new Report(9, 100, Double.NaN), Reports.of(at100(0.5), minimize)))
                    .isInstanceOf(Verdict.Prune.class);
            assertThat(RULE.judge(new Report(9, 100, 0.5), Reports.of(at100(Double.NaN), minimize)))
                    .isInstanceOf(Verdict.Continue.class);
            assertThat(RULE.judge(new Report(9, 100, Double.NaN), Reports.of(at100(Double.NaN), minimize)))
                    .isInstanceOf(Verdict.Continue.class);
        }
    }

    @Test
    void ofManyInRandomOrderAboutOneInEtaPassesAndTheBestOnesDo() {
        Random random = new Random(1);
        int passed = 0;
        Reports before = new Reports(false);
        for (int candidate = 0; candidate < 900; candidate++) {
            Report report = new Report(candidate, 100, random.nextDouble());
            boolean passes = RULE.judge(report, before) instanceof Verdict.Continue;
            before.add(report);
            passed += passes ? 1 : 0;
            assertThat(passes || report.score() < 0.99).isTrue();
        }
        assertThat(passed).isBetween(270, 340);
    }

    @Test
    void aLateCandidateIsJudgedAsIfItHadComeInOrder() {
        // given: candidate 2 is judged before 1, which is better, has reported
        List<Report> reports = List.of(new Report(0, 100, 0.3), new Report(2, 100, 0.5), new Report(1, 100, 0.6));

        // then: in order 2 would have been given up
        assertThat(RULE.decidedByTiming(reports, Set.of(), false)).containsExactly(2);
        assertThat(RULE.decidedByTiming(reports, Set.of(2), false)).isEmpty();
    }

    @Test
    void rejectsSettingsOutOfRange() {
        assertThatThrownBy(() -> SuccessiveHalving.of(900, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("eta must be at least 2, got 1");
        assertThatThrownBy(() -> SuccessiveHalving.of(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("budget must be at least eta = 3 iterations, got 2: train longer");
        assertThatThrownBy(() -> RULE.withMinimum(301))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("minimum must be in [1, budget/eta = 300] iterations, got 301");
        assertThatThrownBy(() -> RULE.withMinimum(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("minimum must be in [1, budget/eta = 300] iterations, got 0");
        assertThat(SuccessiveHalving.of(3).nextReport(0)).hasValue(1);
    }

    @Test
    void aCalibrationIsARungOfItsOwnWhereAccuraciesAreGoodIfLarge() {
        Reports before =
                Reports.of(List.of(new Report(0, 0, 0.5), new Report(1, 0, 0.9), new Report(0, 100, 0.1)), true);

        assertThat(RULE.judge(new Report(9, 0, 0.95), before)).isEqualTo(new Verdict.Continue());
        assertThat(RULE.judge(new Report(9, 0, 0.4), before))
                .isEqualTo(new Verdict.Prune(
                        "in its calibration its score 0.4000 was not among the best 1 of 3 (ASHA, eta 3)"));
    }
}
