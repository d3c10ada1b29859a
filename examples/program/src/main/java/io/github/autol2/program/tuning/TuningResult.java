package io.github.autol2.program.tuning;

import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.Prediction;
import io.github.autol2.program.choice.FixedLambda;
import io.github.autol2.program.choice.LambdaChoice;
import io.github.autol2.program.results.Pooled;
import io.github.autol2.program.results.Statistic;
import io.github.autol2.program.training.Figures;
import io.github.autol2.program.training.RunResult;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a tuning has found.
 *
 * @param calibrations the measurement of c
 * @param predictions  first that for the run itself, then those for further budgets
 * @param rows         one for each choice: the prediction, AutoL2 with validation data, no penalty, the free rule, the habit, then the
 *                     grid in increasing order
 */
public record TuningResult(Calibrations calibrations, List<Prediction> predictions, List<Row> rows) {

    /**
     * A choice of lambda and its runs.
     *
     * @param seedRuns one for each seed, in the same order in all rows
     */
    public record Row(LambdaChoice choice, List<SeedRun> seedRuns) {
        public Row {
            seedRuns = List.copyOf(seedRuns);
        }

        /** What the runs showed, one for each seed. */
        List<RunResult> runs() {
            return seedRuns.stream().map(SeedRun::result).toList();
        }
    }

    public TuningResult {
        predictions = List.copyOf(predictions);
        rows = List.copyOf(rows);
    }

    /** Whether balanced accuracy chooses, because classes are weighted. */
    boolean balancedAccuracyChooses() {
        return rows.get(0).runs().get(0).balancedAccuracyChooses();
    }

    /** Of the test examples where validation examples are answered best. */
    Statistic testAtBest() {
        return balancedAccuracyChooses() ? Statistic.SECOND_TEST_AT_BEST : Statistic.TEST_AT_BEST;
    }

    /** The calibration that the user is told. */
    Calibration calibration() {
        return calibrations.pooled();
    }

    /** What the rows are judged by: {@code accuracy}, {@code balanced accuracy} or {@code R2}. */
    public String figure() {
        return rows.get(0).runs().get(0).last().test().label();
    }

    /** What calibration runs, races and AutoL2 with validation data go by: {@code accuracy} or {@code R2}, never balanced accuracy. */
    String measuredFigure() {
        return balancedAccuracyChooses() ? "accuracy" : figure();
    }

    /** The prediction for the run itself. */
    Prediction prediction() {
        return predictions.get(0);
    }

    /** The row of the prediction. */
    Row predicted() {
        return row(FixedLambda.Predicted.class);
    }

    /** The row of AutoL2. */
    Row autoL2() {
        return row(LambdaChoice.Validated.class);
    }

    /** The row without a penalty. */
    Row none() {
        return row(FixedLambda.None.class);
    }

    private Row row(Class<? extends LambdaChoice> kind) {
        return rows.stream()
                .filter(row -> kind.isInstance(row.choice()))
                .findFirst()
                .orElseThrow();
    }

    List<Row> grid() {
        return rows.stream()
                .filter(row -> row.choice() instanceof FixedLambda.OfGrid)
                .toList();
    }

    /** The lambda of the grid that validation data choose: what a search by hand would have found. Empty without a grid. */
    Optional<Row> tuned() {
        return best(grid());
    }

    /**
     * The row that validation data choose: the first with the highest best validation accuracy, or R2, the mean over the seeds. A row with a run
     * that never gave finite numbers is the worst.
     */
    Row winner() {
        return best(rows).orElseThrow();
    }

    private static Optional<Row> best(List<Row> rows) {
        return rows.stream().reduce((best, row) -> validation(row) > validation(best) ? row : best);
    }

    /** What rows are ordered by. */
    static double validation(Row row) {
        return Figures.rank(Pooled.of(row.runs().stream()
                        .map(run -> run.best().validation().chooser())
                        .toList())
                .mean());
    }

    /** The winner's seed whose best validation accuracy, or R2, is the highest: that of the saved networks. */
    public long winnerSeed() {
        return winner().runs().stream()
                .max(Comparator.comparingDouble(run -> run.best().validation().rank()))
                .orElseThrow()
                .seed();
    }

    /** Which row won and whether by more than chance, a sentence each. */
    public List<String> verdict() {
        return Verdict.of(this).sentences();
    }

    /** Iterations of all runs of a row, with those of the race or the calibration where it needs that. */
    long stepsSpent(Row row) {
        long training = row.seedRuns().stream().mapToLong(SeedRun::stepsSpent).sum();
        return training + (row.choice().needsCalibration() ? calibrations.stepsSpent() : 0);
    }
}
