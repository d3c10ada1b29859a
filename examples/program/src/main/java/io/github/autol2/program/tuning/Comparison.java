package io.github.autol2.program.tuning;

import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.Prediction;
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
 * @param rows        one for each contender: the prediction, AutoL2, no penalty, then the grid in increasing order
 */
public record Comparison(Calibration calibration, List<Prediction> predictions, List<Row> rows) {

    /**
     * A contender and its runs.
     *
     * @param runs one for each seed
     */
    public record Row(Contender contender, List<RunResult> runs) {}

    public Comparison {
        predictions = List.copyOf(predictions);
        rows = List.copyOf(rows);
    }

    /** The prediction for the run itself. */
    Prediction prediction() {
        return predictions.get(0);
    }

    Row row(String name) {
        return rows.stream()
                .filter(row -> row.contender().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    List<Row> grid() {
        return rows.stream().filter(row -> row.contender().isOfGrid()).toList();
    }

    /** The lambda of the grid that validation data choose: what a search by hand would have found. Empty without a grid. */
    Optional<Row> tuned() {
        return grid().stream().max(Comparator.comparingDouble(row -> Statistic.VALIDATION_BEST.mean(row.runs())));
    }

    /** Iterations of all runs of a row, with those of the calibration where it needs that. */
    long stepsSpent(Row row) {
        long training = row.runs().stream().mapToLong(run -> run.last().step()).sum();
        return training + (row.contender().calibrated() ? calibration.iterationsSpent() : 0);
    }
}
