package io.github.autol2.program.training;

import io.github.autol2.prediction.Peak;
import io.github.autol2.schedule.Decision;
import java.util.Comparator;
import java.util.List;

/**
 * What one run showed.
 *
 * @param seed          of the initial weights and of the order of the batches
 * @param seconds       training and evaluation
 * @param mode          how lambda was chosen, one word in lower case
 * @param initialLambda lambda of the first update
 * @param divisions     when lambda was changed
 * @param curve         at least one point, in the order of the steps
 */
public record RunResult(
        long seed,
        double seconds,
        String mode,
        double initialLambda,
        List<Decision.Change> divisions,
        List<CurvePoint> curve) {

    /** In doubles, 5 of 1000 fewer is sometimes a little more than 0.5 % fewer. Far below 1 / (number of test examples). */
    private static final double ROUNDING = 1e-12;

    public RunResult {
        divisions = List.copyOf(divisions);
        curve = List.copyOf(curve);
        if (curve.isEmpty()) {
            throw new IllegalArgumentException("a curve must have at least one point");
        }
    }

    /** The end of the run. */
    public CurvePoint last() {
        return curve.get(curve.size() - 1);
    }

    /** Whether balanced accuracy chooses. */
    public boolean balancedAccuracyChooses() {
        return last().validation() instanceof Figures.OfClasses figures && figures.balanced();
    }

    /** The first point with the highest validation accuracy, balanced where classes are weighted, or R2: where one would have stopped. */
    public CurvePoint best() {
        return curve.stream()
                .max(Comparator.<CurvePoint>comparingDouble(
                                point -> point.validation().rank())
                        .thenComparing(
                                Comparator.comparingLong(CurvePoint::step).reversed()))
                .orElseThrow();
    }

    /** The same as if the run had ended then; the budget must not be before its first point. */
    public RunResult upTo(long budget) {
        return new RunResult(
                seed,
                seconds,
                mode,
                initialLambda,
                divisions.stream().filter(one -> one.iteration() <= budget).toList(),
                curve.stream().filter(point -> point.step() <= budget).toList());
    }

    /** The highest test accuracy of the run, or R2: an optimistic figure, for comparison with the paper. NaN if there is none. */
    public double testBest() {
        return curve.stream()
                .mapToDouble(CurvePoint::testAccuracy)
                .filter(accuracy -> !Double.isNaN(accuracy))
                .max()
                .orElse(Double.NaN);
    }

    /** The least accuracy that counts as equal to this one. */
    public static double closeTo(double accuracy) {
        return accuracy - Peak.CLOSE_TO_BEST - ROUNDING;
    }

    /** t* as the paper defines it: the first step whose test accuracy, or R2, is within 0.5 % of the highest. */
    public long tStar() {
        double enough = Figures.rank(closeTo(testBest()));
        return curve.stream()
                .filter(point -> Figures.rank(point.testAccuracy()) >= enough)
                .findFirst()
                .orElseThrow()
                .step();
    }
}
