package io.github.autol2.arbiter.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.junit.jupiter.api.Test;

class CandidateOutcomeTest {

    private static CandidateOutcome outcome(int candidate, String calibration) {
        return new CandidateOutcome(candidate, new Ending.Finished(0.5, "trained"), 100, 40, calibration, List.of());
    }

    @Test
    void aSharedCalibrationIsAtTheExpenseOfTheFirst() {
        List<CandidateOutcome> outcomes =
                CandidateOutcome.withEachCalibrationOnce(List.of(outcome(0, "a"), outcome(1, "b"), outcome(2, "a")));

        assertThat(outcomes).extracting(CandidateOutcome::trainingIterations).containsExactly(140L, 140L, 100L);
    }

    @Test
    void theFirstPaysForAllOfACalibrationOfWhichItHasSeenTheBeginning() {
        CandidateOutcome stopped = new CandidateOutcome(0, new Ending.Cancelled("stopped"), 0, 15, "a", List.of());

        List<CandidateOutcome> outcomes = CandidateOutcome.withEachCalibrationOnce(List.of(stopped, outcome(1, "a")));

        assertThat(outcomes).extracting(CandidateOutcome::trainingIterations).containsExactly(40L, 100L);
    }

    @Test
    void candidatesWithoutACalibrationShareNone() {
        CandidateOutcome alone = new CandidateOutcome(0, new Ending.Cancelled("stopped"), 7, 0, "", List.of());

        assertThat(CandidateOutcome.withEachCalibrationOnce(List.of(alone, alone)))
                .containsExactly(alone, alone);
    }

    @Test
    void theReasonOfAFailureIsTheFirstLineOfItsTrace() {
        Ending failed = new Ending.Failed("java.lang.Error: no\n\tat somewhere\n");

        assertThat(failed.status()).isEqualTo("failed");
        assertThat(failed.reason()).isEqualTo("java.lang.Error: no");
        assertThat(failed.detail()).contains("at somewhere");
    }

    @Test
    void aResultOfAForeignTaskTellsItsScoreOnly() {
        OptimizationResult result = new OptimizationResult(
                new Candidate<>("value", 3, new double[0], null, null), 0.25, 3, null, null, null);

        CandidateOutcome outcome = CandidateResult.outcomeOf(result);

        assertThat(outcome.candidate()).isEqualTo(3);
        assertThat(outcome.ending()).isEqualTo(new Ending.Finished(0.25, "trained to its end"));
        assertThat(outcome.trainingIterations()).isZero();
    }

    @Test
    void rejectsAScoreThatIsNoNumberAndNegativeIterations() {
        assertThatThrownBy(() -> new Ending.Finished(Double.NaN, "trained"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("score must be a number, got NaN");
        assertThatThrownBy(() -> new CandidateOutcome(0, new Ending.Cancelled("stopped"), -1, 0, "", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("iterations must be at least 0, got -1 and 0");
    }
}
