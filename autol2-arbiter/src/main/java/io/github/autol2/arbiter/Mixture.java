package io.github.autol2.arbiter;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.special.Erf;

/**
 * A Parzen estimator: the density of points in the unit cube, as a mixture of one product kernel around each of them and a uniform one, all
 * with the same weight. The kernel is a truncated normal distribution for a quantity, and for a choice it gives most of its weight to the
 * same category.
 */
final class Mixture {

    /** The width of a normal kernel for one point; it falls with their number n like n^(-1/(d + 4)) in d dimensions. */
    private static final double WIDTH = 0.2;

    private static final double LEAST_WIDTH = 0.01;
    private static final double SQRT2 = Math.sqrt(2);

    private final List<double[]> points;
    private final int[] categories;
    private final double width;
    private final double[][] logMass;

    /**
     * The density of these points.
     *
     * @param points     in the unit cube; may be none
     * @param categories of each dimension: their number for a choice, 0 for a quantity
     */
    Mixture(List<double[]> points, int[] categories) {
        this.points = points;
        this.categories = categories;
        this.width = Math.max(LEAST_WIDTH, WIDTH * Math.pow(points.size(), -1.0 / (categories.length + 4)));
        this.logMass = points.stream()
                .map(point -> Arrays.stream(point).map(this::logMass).toArray())
                .toArray(double[][]::new);
    }

    /** The logarithm of what a normal kernel that is not truncated has in the unit interval, times the constant of its density. */
    private double logMass(double centre) {
        double inside = (Erf.erf((1 - centre) / (width * SQRT2)) + Erf.erf(centre / (width * SQRT2))) / 2;
        return Math.log(width * Math.sqrt(2 * Math.PI) * inside);
    }

    /** Draws a point. */
    double[] draw(Random random) {
        int chosen = random.nextInt(points.size() + 1);
        double[] point = new double[categories.length];
        for (int d = 0; d < point.length; d++) {
            point[d] = chosen == points.size() ? random.nextDouble() : near(points.get(chosen)[d], d, random);
        }
        return point;
    }

    private double near(double centre, int dimension, Random random) {
        int count = categories[dimension];
        if (count > 0) {
            int category = random.nextDouble() < stay() ? category(centre, count) : random.nextInt(count);
            return (category + 0.5) / count;
        }
        while (true) { // at least 0.38 of the distribution lies in the interval
            double value = centre + width * random.nextGaussian();
            if (value >= 0 && value < 1) {
                return value;
            }
        }
    }

    /** The logarithm of the density at a point. */
    double logDensity(double[] point) {
        double[] logs = new double[points.size() + 1]; // the last one is uniform: 0
        double largest = 0;
        for (int i = 0; i < points.size(); i++) {
            for (int d = 0; d < point.length; d++) {
                double centre = points.get(i)[d];
                logs[i] += categories[d] > 0
                        ? logSame(point[d], centre, categories[d])
                        : logNormal(point[d], centre) - logMass[i][d];
            }
            largest = Math.max(largest, logs[i]);
        }
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - largest);
        }
        return largest + Math.log(sum / logs.length);
    }

    private double logSame(double value, double centre, int count) {
        double same = category(value, count) == category(centre, count) ? stay() : 0;
        return Math.log(same * count + 1 - stay());
    }

    private double logNormal(double value, double centre) {
        double z = (value - centre) / width;
        return -z * z / 2;
    }

    /** The weight of a category's own kernel on itself, beside that of an even choice: n / (n + 1). */
    private double stay() {
        return points.size() / (points.size() + 1.0);
    }

    private static int category(double value, int count) {
        return (int) Math.min(count - 1, value * count);
    }
}
