package io.github.autol2.program.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.program.choice.FixedLambda;
import io.github.autol2.program.choice.LambdaChoice;
import io.github.autol2.program.training.CurvePoint;
import io.github.autol2.program.training.Figures;
import io.github.autol2.program.training.Points;
import io.github.autol2.program.training.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rows whose accuracies are written by hand. */
class VerdictTest {

    /** One run for each test accuracy, all with the same validation accuracy. */
    private static TuningResult.Row row(LambdaChoice choice, double validation, double... test) {
        List<SeedRun> runs = new ArrayList<>();
        for (int i = 0; i < test.length; i++) {
            CurvePoint point = Points.ofClasses(100, 0.01, 1, validation, test[i]);
            runs.add(new SeedRun(new RunResult(i + 1, 1, "constant", 0.01, List.of(), List.of(point)), List.of(), 100));
        }
        return new TuningResult.Row(choice, runs);
    }

    private static TuningResult result(TuningResult.Row... rows) {
        return new TuningResult(new Calibrations(null, Map.of(), Map.of(), 30), List.of(), List.of(rows));
    }

    @Test
    void validationAccuracyChoosesTheWinnerWhateverTheTestAccuracy() {
        TuningResult result = result(
                row(new FixedLambda.Predicted(0.1), 0.8, 0.9, 0.9),
                row(new LambdaChoice.Validated(), 0.85, 0.7, 0.7),
                row(new FixedLambda.None(), 0.85, 0.8, 0.8));

        assertThat(result.winner().choice()).isEqualTo(new LambdaChoice.Validated()); // the first of equal ones
        assertThat(result.winnerSeed()).isEqualTo(1);
        assertThat(Verdict.of(result).sentences())
                .startsWith(
                        "AutoL2 with validation data won: its validation accuracy is the highest.",
                        "It is the same for no penalty: the first of equal rows wins.");
    }

    /** Differences 0.04, 0.05, 0.06: mean 0.05, standard error 0.01/sqrt(3), t(2, 97.5 %) = 4.302653. */
    @Test
    void aDifferenceThatIsAlikeForAllSeedsIsMoreThanChance() {
        Verdict verdict = Verdict.of(result(
                row(new LambdaChoice.Validated(), 0.9, 0.84, 0.75, 0.96),
                row(new FixedLambda.None(), 0.8, 0.80, 0.70, 0.90)));

        Verdict.Difference difference = verdict.differences().get(0);
        assertThat(difference.test().mean()).isCloseTo(0.05, within(1e-12));
        assertThat(difference.half()).isCloseTo(4.302653 * 0.01 / Math.sqrt(3), within(1e-8));
        assertThat(difference.better()).isTrue();
        assertThat(difference.worse()).isFalse();
        assertThat(verdict.sentences())
                .containsExactly(
                        "AutoL2 with validation data won: its validation accuracy is the highest.",
                        "On test examples it is better, by more than chance, than no penalty (+5.00 ± 0.58).",
                        "The differences are in points, paired over 3 seeds. More than chance means that the 95 % interval of their mean "
                                + "leaves 0 out.");
    }

    @Test
    void tellsWhatMayBeChanceAndWhatIsWorse() {
        Verdict verdict = Verdict.of(result(
                row(new LambdaChoice.Validated(), 0.9, 0.80, 0.80, 0.80),
                row(new FixedLambda.None(), 0.8, 0.70, 0.80, 0.75),
                row(new FixedLambda.Habit(), 0.8, 0.85, 0.86, 0.85),
                row(new FixedLambda.OfGrid(1, 0.003), 0.8, 0.80, 0.80, 0.80)));

        assertThat(verdict.sentences())
                .contains(
                        "On test examples it is worse, by more than chance, than l2 = 1e-4 (-5.33 ± 0.33).",
                        "On test examples its difference to no penalty (+5.00 ± 2.89), lambda 0.003 of the grid (+0.00 ± 0.00) may be chance.")
                .noneMatch(sentence -> sentence.contains("better"));
    }

    @Test
    void aRowThatDivergedNeverWins() {
        TuningResult result = result(
                row(new FixedLambda.Predicted(100), Double.NaN, Double.NaN, Double.NaN),
                row(new LambdaChoice.Validated(), 0.5, 0.5, 0.6));

        assertThat(result.winner().choice()).isEqualTo(new LambdaChoice.Validated());
        assertThat(Verdict.of(result).sentences())
                .contains("Networks of prediction diverged and never gave finite numbers.")
                .noneMatch(sentence -> sentence.contains("NaN"));
    }

    /** The first row ignores the rare class. */
    @Test
    void balancedAccuracyChoosesTheWinnerWhereClassesAreWeighted() {
        TuningResult result = result(
                weighted(new FixedLambda.Predicted(0.1), 0.95, 0.5),
                weighted(new LambdaChoice.Validated(), 0.88, 0.85));

        assertThat(result.winner().choice()).isEqualTo(new LambdaChoice.Validated());
        assertThat(TuningTable.header(result)).contains("best validation balanced %");
        assertThat(TuningTable.rows(result).get(0)).contains("50.00 ± 0.00").doesNotContain("95.00 ± 0.00");
        assertThat(Verdict.of(result).sentences())
                .contains(
                        "AutoL2 with validation data won: its validation balanced accuracy is the highest.",
                        "On test examples it is better, by more than chance, than prediction (+35.00 ± 0.00).");
    }

    private static TuningResult.Row weighted(LambdaChoice choice, double accuracy, double balanced) {
        Figures figures = new Figures.OfClasses(accuracy, balanced, true);
        CurvePoint point = new CurvePoint(100, 0.01, 0.05, 1, 0.5, figures, figures, figures);
        return new TuningResult.Row(
                choice,
                Stream.of(1L, 2L)
                        .map(seed -> new SeedRun(
                                new RunResult(seed, 1, "constant", 0.01, List.of(), List.of(point)), List.of(), 100))
                        .toList());
    }

    @Test
    void oneSeedCannotTell() {
        Verdict verdict =
                Verdict.of(result(row(new LambdaChoice.Validated(), 0.9, 0.9), row(new FixedLambda.None(), 0.8, 0.1)));

        assertThat(verdict.sentences())
                .containsExactly(
                        "AutoL2 with validation data won: its validation accuracy is the highest.",
                        "One seed cannot tell whether that is more than chance. Give more, such as seeds=1,2,3.");
    }

    @Test
    void onlyThePredictionPaysForTheCalibration() {
        TuningResult result =
                result(row(new FixedLambda.Predicted(0.1), 0.8, 0.9, 0.9), row(new FixedLambda.None(), 0.85, 0.8, 0.8));

        assertThat(result.stepsSpent(result.rows().get(0))).isEqualTo(230);
        assertThat(result.stepsSpent(result.rows().get(1))).isEqualTo(200);
    }
}
