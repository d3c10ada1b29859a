package io.github.autol2.research.tasks;

import io.github.autol2.program.training.CurvePoint;
import io.github.autol2.program.training.Figures;
import io.github.autol2.program.training.Training;
import java.util.Comparator;
import java.util.List;

/**
 * One training run of a task, with one way to choose lambda and one seed.
 *
 * @param lambda     of the last update
 * @param stepsSpent iterations of all trainings that the choice took, this one included
 * @param kept       the network that the method hands out at its end, where that is not the last one; null otherwise
 * @param curve      at least one point, in the order of the steps
 */
public record TaskResult(double lambda, long stepsSpent, Point kept, List<Point> curve) {

    /**
     * The state of the run between two iterations.
     *
     * @param step               parameter updates so far
     * @param lambda             of the last one
     * @param validationAccuracy fraction of the validation examples classified rightly
     * @param testAccuracy       the same for the test examples; only reported, never used to choose
     */
    public record Point(long step, double lambda, double validationAccuracy, double testAccuracy) {
        private static Point of(CurvePoint point) {
            return new Point(point.step(), point.lambda(), point.validationAccuracy(), point.testAccuracy());
        }
    }

    /** What an end is judged by: a single evaluation of few examples says little. */
    private static final int LAST_EVALUATIONS = 3;

    public TaskResult {
        curve = List.copyOf(curve);
        if (curve.isEmpty()) {
            throw new IllegalArgumentException("a curve must have at least one point");
        }
    }

    /**
     * What a training has come to.
     *
     * @param stepsBefore iterations that its choice took before, and that it does not know of
     */
    static TaskResult of(Training.Outcome outcome, long stepsBefore) {
        List<Point> curve = outcome.result().curve().stream().map(Point::of).toList();
        return new TaskResult(
                outcome.result().last().lambda(),
                stepsBefore + outcome.stepsSpent(),
                outcome.handedOut().map(Point::of).orElse(null),
                curve);
    }

    /** The first point with the highest validation accuracy: where one would have stopped. */
    Point best() {
        return curve.stream()
                .max(Comparator.<Point>comparingDouble(point -> Figures.rank(point.validationAccuracy()))
                        .thenComparing(Comparator.comparingLong(Point::step).reversed()))
                .orElseThrow();
    }

    Point last() {
        return curve.get(curve.size() - 1);
    }

    /** Test accuracy of the network that the method hands out. */
    double testOfKept() {
        return kept == null ? last().testAccuracy() : kept.testAccuracy();
    }

    /** The mean validation accuracy of the last evaluations. */
    double validationAtEnd() {
        return curve.subList(Math.max(0, curve.size() - LAST_EVALUATIONS), curve.size()).stream()
                .mapToDouble(Point::validationAccuracy)
                .average()
                .orElseThrow();
    }

    /** The validation accuracy of the last evaluation at or before a step; 0 if there is none. */
    double validationAt(long step) {
        return curve.stream()
                .filter(point -> point.step() <= step)
                .reduce((first, second) -> second)
                .map(Point::validationAccuracy)
                .orElse(0.0);
    }
}
