package io.github.autol2.prediction;

import io.github.autol2.numbers.Check;
import java.util.List;
import java.util.Locale;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.regression.OLSMultipleLinearRegression;

/**
 * The empirical law over many runs, {@code log t = a + lambdaExponent log lambda + etaExponent log eta}, by least squares. The
 * paper's law t* = c' / (eta lambda) (arXiv:2006.08643v2, section 1) has both exponents equal to -1.
 *
 * @param lambdaExponent of lambda
 * @param etaExponent    of the learning rate
 * @param scatter        standard deviation of log t about the law
 * @param observations   their number
 */
public record PeakTimeLaw(Exponent lambdaExponent, Exponent etaExponent, double scatter, int observations) {

    private static final double CONFIDENCE = 0.95;
    private static final int COEFFICIENTS = 3;

    /**
     * When accuracy peaked in one run.
     *
     * @param lambda     greater than 0
     * @param eta        the learning rate, greater than 0
     * @param iterations to the peak, greater than 0
     */
    public record Observation(double lambda, double eta, double iterations) {
        /** Checks the ranges. */
        public Observation {
            Check.positive("lambda", lambda);
            Check.positive("eta", eta);
            Check.positive("iterations", iterations);
        }
    }

    /**
     * An exponent with its 95 % confidence interval, by Student's t.
     *
     * @param value the value to judge
     * @param low the lower end
     * @param high the upper end
     */
    public record Exponent(double value, double low, double high) {

        /** For example {@code -1.02 (95 %: -1.32 to -0.71)}. */
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.2f (95 %%: %.2f to %.2f)", value, low, high);
        }
    }

    /**
     * Fits the law.
     *
     * @param observations at least four, with at least two lambdas and two learning rates that vary independently
     * @return the law with its exponents
     * @throws IllegalArgumentException if they do not determine both exponents
     */
    public static PeakTimeLaw fit(List<Observation> observations) {
        int n = observations.size();
        if (n <= COEFFICIENTS) {
            throw new IllegalArgumentException(
                    "the law needs at least " + (COEFFICIENTS + 1) + " observations, got " + n);
        }
        double[] logT =
                observations.stream().mapToDouble(o -> Math.log(o.iterations)).toArray();
        double[][] logs = observations.stream()
                .map(o -> new double[] {Math.log(o.lambda), Math.log(o.eta)})
                .toArray(double[][]::new);
        if (!varyIndependently(logs)) {
            throw new IllegalArgumentException(
                    "lambda and eta must each take at least two values, and vary independently");
        }
        OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
        regression.newSampleData(logT, logs);
        double[] values = regression.estimateRegressionParameters();
        double[] errors = regression.estimateRegressionParametersStandardErrors();
        double t = new TDistribution(n - COEFFICIENTS).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
        return new PeakTimeLaw(
                exponent(values[1], t * errors[1]),
                exponent(values[2], t * errors[2]),
                regression.estimateRegressionStandardError(),
                n);
    }

    private static Exponent exponent(double value, double halfWidth) {
        return new Exponent(value, value - halfWidth, value + halfWidth);
    }

    /** The determinant of the centred second moments, compared with the product of the variances. */
    private static boolean varyIndependently(double[][] logs) {
        double[] mean = new double[2];
        for (double[] row : logs) {
            mean[0] += row[0] / logs.length;
            mean[1] += row[1] / logs.length;
        }
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (double[] row : logs) {
            double x = row[0] - mean[0];
            double y = row[1] - mean[1];
            xx += x * x;
            xy += x * y;
            yy += y * y;
        }
        return xx * yy - xy * xy > 1e-9 * xx * yy;
    }
}
