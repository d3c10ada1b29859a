package io.github.autol2.prediction;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Fits {@code t = tLearn + c / lambda} to the peaks of several runs: c is the law's constant (arXiv:2006.08643v2, section 1), tLearn
 * the time that a network needs to learn at all, which the paper leaves out and which would make c drift with lambda.
 *
 * <p>With two or three lambdas and a few seeds least squares has no useful error bars. The posterior distribution of c has, and it
 * uses each curve as a whole: a run that has not peaked, or whose top is flat or noisy, says as much as it can and no more. It
 * is summed up on a grid:
 * <ul>
 *   <li>The logarithm of a run's peak time is normally distributed about that of {@code tLearn + c / lambda}. What is known
 *       of the peak time is its likelihood ({@link PeakTimes}).</li>
 *   <li>The spread of that distribution is one of {@code SCATTER}, all equally probable: peak times vary from seed to seed
 *       by a factor.</li>
 *   <li>tLearn is exponentially distributed, with a mean of a quarter of the earliest peak and three quarters at the most. One
 *       lambda alone cannot tell it from c.</li>
 *   <li>c etaEff is log-normal about {@value #TYPICAL_C_ETA} with a factor of e: experience (0.5 to 4.7 in all networks
 *       measured). It pulls a measurement that is far from it, more so with a single lambda or without a visible peak.</li>
 * </ul>
 *
 * @param c      in iterations, of a network that trains with {@code etaEff}; the median
 * @param low    5 % of the probability lie below it
 * @param high   5 % lie above it
 * @param tLearn in iterations; the mean
 */
record PeakTimeFit(double c, double low, double high, double tLearn) {

    /** Between the 0.5 to 1 of fully connected networks on digits and the 1.3 of the authors' WRN-28-10. */
    private static final double TYPICAL_C_ETA = 1;

    private static final double[] SCATTER = {0.25, 0.35, 0.5, 0.7, 1};
    private static final double LEARNING = 0.25; // of the earliest peak: the mean of tLearn
    private static final double LONGEST_LEARNING = 3; // times that mean: a learning time never explains a peak alone
    private static final double EXPERIENCE = 1; // standard deviation of log(c etaEff) before anything is measured
    private static final double WIDTH = Math.log(1000); // of the grid of c on both sides of the typical value
    private static final double TAIL = 0.05;
    private static final int C_STEPS = 600;
    private static final int LEARN_STEPS = 60;
    private static final NormalDistribution NORMAL = new NormalDistribution();

    /**
     * What is known without any run.
     *
     * @param etaEff of the network that c is for
     */
    static PeakTimeFit experience(double etaEff) {
        double typical = TYPICAL_C_ETA / etaEff;
        double factor = Math.exp(EXPERIENCE * NORMAL.inverseCumulativeProbability(1 - TAIL));
        return new PeakTimeFit(typical, typical / factor, typical * factor, 0);
    }

    /**
     * @param runs   that trained; at least one
     * @param etaEff of the network that c is for; times of runs with another one are scaled by the ratio
     */
    static PeakTimeFit of(List<CalibrationRun> runs, double etaEff) {
        double meanLearning = LEARNING
                * runs.stream()
                        .mapToDouble(run -> run.peak().maximumAt() * run.etaEff() / etaEff)
                        .min()
                        .orElseThrow();
        double[] logC = new double[C_STEPS];
        for (int i = 0; i < C_STEPS; i++) {
            logC[i] = Math.log(TYPICAL_C_ETA / etaEff) - WIDTH + 2 * WIDTH * (i + 0.5) / C_STEPS;
        }
        double[] logDensity = new double[C_STEPS];
        double[][] joint = new double[C_STEPS][LEARN_STEPS];
        for (double scatter : SCATTER) {
            List<RunLikelihood> likelihoods = runs.stream()
                    .map(run -> new RunLikelihood(run, etaEff, scatter))
                    .toList();
            for (int i = 0; i < C_STEPS; i++) {
                double fromTypical = (logC[i] - Math.log(TYPICAL_C_ETA / etaEff)) / EXPERIENCE;
                for (int j = 0; j < LEARN_STEPS; j++) {
                    double tLearn = meanLearning * LONGEST_LEARNING * j / LEARN_STEPS;
                    double product = Math.exp(-tLearn / meanLearning - fromTypical * fromTypical / 2);
                    for (RunLikelihood run : likelihoods) {
                        product *= run.at(Math.log(tLearn + Math.exp(logC[i]) / run.lambda));
                    }
                    joint[i][j] += product;
                }
            }
        }
        double total = 0;
        double learning = 0;
        for (int i = 0; i < C_STEPS; i++) {
            for (int j = 0; j < LEARN_STEPS; j++) {
                logDensity[i] += joint[i][j];
                total += joint[i][j];
                learning += joint[i][j] * meanLearning * LONGEST_LEARNING * j / LEARN_STEPS;
            }
        }
        return new PeakTimeFit(
                quantile(0.5, logC, logDensity),
                quantile(TAIL, logC, logDensity),
                quantile(1 - TAIL, logC, logDensity),
                learning / total);
    }

    /**
     * The likelihood of one run as a function of the mean of the logarithm of its peak time, tabulated because it is needed often.
     */
    private static final class RunLikelihood {
        private static final int STEPS = 800;

        private final double lambda;
        private final double first;
        private final double step;
        private final double[] table = new double[STEPS + 1];

        RunLikelihood(CalibrationRun run, double etaEff, double scatter) {
            PeakTimes peak = PeakTimes.of(run.curve());
            double scale = Math.log(run.etaEff() / etaEff);
            lambda = run.lambda();
            first = Math.log(peak.times()[0]) + scale - WIDTH;
            step = (Math.log(peak.end()) + scale + WIDTH - first) / STEPS;
            for (int k = 0; k <= STEPS; k++) {
                table[k] = likelihood(peak, first + k * step - scale, scatter);
            }
        }

        private static double likelihood(PeakTimes peak, double mean, double scatter) {
            double likelihood = peak.earlier()
                            * NORMAL.cumulativeProbability((Math.log(peak.times()[0]) - mean) / scatter)
                    + peak.later() * (1 - NORMAL.cumulativeProbability((Math.log(peak.end()) - mean) / scatter));
            for (int i = 0; i < peak.times().length; i++) {
                likelihood += peak.likelihoods()[i]
                        * peak.width(i)
                        * NORMAL.density((Math.log(peak.times()[i]) - mean) / scatter)
                        / scatter;
            }
            return likelihood;
        }

        double at(double mean) {
            double position = Math.max(0, Math.min(STEPS, (mean - first) / step));
            int k = Math.min((int) position, STEPS - 1);
            return table[k] + (position - k) * (table[k + 1] - table[k]);
        }
    }

    private static double quantile(double share, double[] logC, double[] density) {
        double left = share * Arrays.stream(density).sum();
        int i = 0;
        while (i < density.length - 1 && left > density[i]) {
            left -= density[i];
            i++;
        }
        return Math.exp(logC[i] + (left / density[i] - 0.5) * (logC[1] - logC[0]));
    }
}
