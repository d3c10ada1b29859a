package io.github.autol2.prediction;

import java.util.Arrays;

/**
 * The best rising-then-falling sequences through noisy values, in the sense of least squares, and how plausible each position of
 * the top is.
 *
 * <p>Such a fit has no bandwidth: unlike a moving average it does not drag an asymmetric top to its shallow side, and it depends
 * on the order of the values alone, so stretching the time axis or shifting all values changes nothing. Both halves come from
 * the pool-adjacent-violators algorithm (Barlow, Bartholomew, Bremner and Brunk, 1972), which yields the sums of squares for
 * all positions of the top in one pass.
 */
final class UnimodalFit {

    /**
     * Neighbouring evaluations share part of their noise (the same validation examples, nearly the same weights), so their joint
     * evidence counts half.
     */
    private static final double EVIDENCE = 0.5;

    private final double[] values;
    private final double[] costs;
    private final int[] lengthsOfRise;

    UnimodalFit(double[] values) {
        this.values = values.clone();
        double[] rising = costsOfPrefixes(values);
        double[] falling = costsOfPrefixes(reversed(values));
        int n = values.length;
        costs = new double[n];
        lengthsOfRise = new int[n];
        for (int top = 0; top < n; top++) { // the top ends the rise, or begins the fall
            double ends = rising[top + 1] + falling[n - top - 1];
            double begins = rising[top] + falling[n - top];
            costs[top] = Math.min(ends, begins);
            lengthsOfRise[top] = ends <= begins ? top + 1 : top;
        }
    }

    /** The sum of squared deviations of the best fit with this top. */
    double cost(int top) {
        return costs[top];
    }

    double leastCost() {
        double least = Double.POSITIVE_INFINITY;
        for (double cost : costs) {
            least = Math.min(least, cost);
        }
        return least;
    }

    /**
     * The likelihood of each position of the top, relative to the best one's 1.
     *
     * @param noise standard deviation of a value, greater than 0
     */
    double[] likelihoods(double noise) {
        double least = leastCost();
        double[] likelihoods = new double[costs.length];
        for (int top = 0; top < costs.length; top++) {
            likelihoods[top] = Math.exp(-EVIDENCE * (costs[top] - least) / (2 * noise * noise));
        }
        return likelihoods;
    }

    /** The mean of the fits with all positions of the top, each with its weight. */
    double[] meanFit(double[] weights) {
        double[] mean = new double[values.length];
        double total = 0;
        for (int top = 0; top < values.length; top++) {
            double[] fit = fit(top);
            for (int i = 0; i < fit.length; i++) {
                mean[i] += weights[top] * fit[i];
            }
            total += weights[top];
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= total;
        }
        return mean;
    }

    private double[] fit(int top) {
        int n = values.length;
        int length = lengthsOfRise[top];
        double[] fit = new double[n];
        System.arraycopy(new Rise(values, length).fitted(), 0, fit, 0, length);
        double[] fall = new Rise(reversed(values), n - length).fitted();
        System.arraycopy(reversed(fall), 0, fit, length, n - length);
        return fit;
    }

    /** Element {@code k} is the sum of squared deviations of the best rising fit to the first {@code k} values. */
    private static double[] costsOfPrefixes(double[] values) {
        double[] costs = new double[values.length + 1];
        Rise rise = new Rise(values, 0);
        for (int k = 0; k < values.length; k++) {
            rise.append(values[k]);
            costs[k + 1] = rise.cost;
        }
        return costs;
    }

    private static double[] reversed(double[] values) {
        double[] reversed = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            reversed[i] = values[values.length - 1 - i];
        }
        return reversed;
    }

    /** The best rising fit as blocks of equal value, extended one value at a time. */
    private static final class Rise {
        private final double[] means;
        private final int[] sizes;
        private int blocks;
        private double cost;

        Rise(double[] values, int length) {
            means = new double[values.length];
            sizes = new int[values.length];
            for (int i = 0; i < length; i++) {
                append(values[i]);
            }
        }

        void append(double value) {
            means[blocks] = value;
            sizes[blocks] = 1;
            blocks++;
            while (blocks > 1 && means[blocks - 2] >= means[blocks - 1]) {
                int size = sizes[blocks - 2] + sizes[blocks - 1];
                double gap = means[blocks - 2] - means[blocks - 1];
                // What two blocks lose when they share one mean; never negative, unlike a difference of sums of
                // squares.
                cost += gap * gap * sizes[blocks - 2] * sizes[blocks - 1] / size;
                means[blocks - 2] -= gap * sizes[blocks - 1] / size;
                sizes[blocks - 2] = size;
                blocks--;
            }
        }

        double[] fitted() {
            int length = 0;
            for (int block = 0; block < blocks; block++) {
                length += sizes[block];
            }
            double[] fitted = new double[length];
            int next = 0;
            for (int block = 0; block < blocks; block++) {
                Arrays.fill(fitted, next, next + sizes[block], means[block]);
                next += sizes[block];
            }
            return fitted;
        }
    }
}
