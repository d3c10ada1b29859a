package io.github.autol2.prediction;

import java.util.List;
import java.util.Objects;

/**
 * The validation accuracy over one training run with a constant lambda. In a regression the explained variance R2, at least 0, takes its
 * place.
 *
 * @param points   at least one, in the order of their iterations
 * @param chance   the accuracy of a network that has learned nothing: the share of the most frequent class, in [0, 1); in a regression 0
 * @param examples the number of validation examples behind each accuracy, at least 1
 * @param figure   the metric that stands in the place of accuracy; kept calibrations know it by this name
 */
public record LearningCurve(List<Point> points, double chance, int examples, Metric figure) {

    /**
     * One evaluation.
     *
     * @param iteration parameter updates before it, at least 1
     * @param accuracy  fraction of the validation examples classified rightly, in [0, 1]; NaN where the network gives no numbers
     *                  any more
     */
    public record Point(long iteration, double accuracy) {
        /** Checks the ranges. */
        public Point {
            if (iteration < 1) {
                throw new IllegalArgumentException("iteration must be >= 1, got " + iteration);
            }
            if (accuracy < 0 || accuracy > 1) {
                throw new IllegalArgumentException("accuracy must be in [0, 1] or NaN, got " + accuracy);
            }
        }
    }

    /** Checks the ranges. */
    public LearningCurve {
        Objects.requireNonNull(figure, "figure");
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("a learning curve must have at least one point, got none");
        }
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).iteration() <= points.get(i - 1).iteration()) {
                throw new IllegalArgumentException(
                        "iterations must increase, got " + points.get(i).iteration() + " after "
                                + points.get(i - 1).iteration());
            }
        }
        if (!(chance >= 0 && chance < 1)) {
            throw new IllegalArgumentException("chance must be in [0, 1), got " + chance);
        }
        if (examples < 1) {
            throw new IllegalArgumentException("examples must be >= 1, got " + examples);
        }
    }

    /**
     * Of a classifier.
     *
     * @param points   at least one, in the order of their iterations
     * @param chance   the share of the most frequent class, in [0, 1)
     * @param examples the number of validation examples, at least 1
     */
    public LearningCurve(List<Point> points, double chance, int examples) {
        this(points, chance, examples, Metric.ACCURACY);
    }

    /**
     * {@return the standard error of an accuracy, or R2, because it is measured on {@code examples} independent examples}
     *
     * @param accuracy in [0, 1]
     */
    public double standardError(double accuracy) {
        return figure.standardError(accuracy, examples);
    }

    /** {@return the last iteration of the curve} */
    public long length() {
        return points.get(points.size() - 1).iteration();
    }

    /** The points before the first NaN. */
    List<Point> finitePoints() {
        int end = 0;
        while (end < points.size() && !Double.isNaN(points.get(end).accuracy())) {
            end++;
        }
        return points.subList(0, end);
    }
}
