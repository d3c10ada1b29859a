package io.github.autol2.research.figure;

import io.github.autol2.numbers.CountingError;
import io.github.autol2.program.results.Pooled;
import io.github.autol2.program.results.Statistic;
import io.github.autol2.program.training.Figures;
import io.github.autol2.program.training.RunResult;
import io.github.autol2.research.figure.Trainings.Training;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The constant of a grid that validation examples choose for a budget.
 *
 * @param low  the smallest lambda of the grid whose validation accuracy is within one standard error of the best. The error is that of
 *             counting, as if each seed had validation examples of its own: a narrow range
 * @param high the largest
 * @param runs of this lambda as if they had ended with the budget, one for each seed
 */
record TunedLambda(double lambda, double low, double high, List<RunResult> runs) {

    /**
     * @param runs       of each lambda, one for each seed, at least as long as the budget
     * @param budget     in iterations: what comes later does not count
     * @param validation number of validation examples
     */
    static TunedLambda of(Map<Training, List<RunResult>> runs, long budget, int validation) {
        Training best = runs.keySet().stream()
                .max(Comparator.comparingDouble(one -> validation(runs.get(one), budget)))
                .orElseThrow();
        double highest = validation(runs.get(best), budget);
        double enough = highest
                - CountingError.of(highest, (double) validation * runs.get(best).size());
        List<Double> equal = runs.keySet().stream()
                .filter(one -> validation(runs.get(one), budget) >= enough)
                .map(Training::lambda)
                .sorted()
                .toList();
        return new TunedLambda(
                best.lambda(),
                equal.get(0),
                equal.get(equal.size() - 1),
                runs.get(best).stream().map(run -> run.upTo(budget)).toList());
    }

    /** Of the test examples, where validation is best. */
    Pooled accuracy() {
        return Statistic.TEST_AT_BEST.over(runs);
    }

    private static double validation(List<RunResult> runs, long budget) {
        return Figures.rank(Statistic.VALIDATION_BEST.mean(
                runs.stream().map(run -> run.upTo(budget)).toList()));
    }
}
