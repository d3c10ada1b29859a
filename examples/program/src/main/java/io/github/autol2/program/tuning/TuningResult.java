package io.github.autol2.program.tuning;

import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.Prediction;
import io.github.autol2.program.choice.LambdaChoice;
import io.github.autol2.program.results.Statistic;
import io.github.autol2.program.training.RunResult;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a tuning has found.
 *
 * @param calibration the measurement of c
 * @param predictions first that for the run itself, then those for further budgets
 * @param rows        one for each choice: the prediction, AutoL2, no penalty, then the grid in increasing order
 */
public record TuningResult(Calibration calibration, List<Prediction> predictions, List<Row> rows) {

    /**
     * A choice of lambda and its runs.
     *
     * @param runs one for each seed
     */
    public record Row(LambdaChoice choice, List<RunResult> runs) {}

    public TuningResult {
        predictions = List.copyOf(predictions);
        rows = List.copyOf(rows);
    }

    /** The prediction for the run itself. */
    Prediction prediction() {
        return predictions.get(0);
    }

    /** The row of the prediction. */
    Row predicted() {
        return row(LambdaChoice.Predicted.class);
    }

    /** The row of AutoL2. */
    Row autoL2() {
        return row(LambdaChoice.FromCalibration.class);
    }

    /** The row without a penalty. */
    Row none() {
        return row(LambdaChoice.None.class);
    }

    private Row row(Class<? extends LambdaChoice> kind) {
        return rows.stream()
                .filter(row -> kind.isInstance(row.choice()))
                .findFirst()
                .orElseThrow();
    }

    List<Row> grid() {
        return rows.stream()
                .filter(row -> row.choice() instanceof LambdaChoice.OfGrid)
                .toList();
    }

    /** The lambda of the grid that validation data choose: what a search by hand would have found. Empty without a grid. */
    Optional<Row> tuned() {
        return grid().stream().max(Comparator.comparingDouble(row -> Statistic.VALIDATION_BEST.mean(row.runs())));
    }

    /** Iterations of all runs of a row, with those of the calibration where it needs that. */
    long stepsSpent(Row row) {
        long training = row.runs().stream().mapToLong(run -> run.last().step()).sum();
        return training + (row.choice().needsCalibration() ? calibration.iterationsSpent() : 0);
    }
}
