package io.github.autol2.prediction;

import java.util.Arrays;
import java.util.List;

/**
 * Where a learning curve is highest, read off the mean of its best rising-then-falling fits. All times are in iterations.
 *
 * @param verdict   what kind of curve it is; the times mean what they say only for {@link Verdict#PEAKED}
 * @param tStar     t* as the paper defines it (arXiv:2006.08643v2, section 1): the first time within 0.5 % of the maximum
 * @param maximumAt the time of the maximum: the mean over all positions of the top, each with its likelihood, on a logarithmic
 *                  axis. A flat top's is its middle; where the curve still rises, it is near the end and only a lower bound
 * @param low       16 % of the likelihood lies before it
 * @param high      16 % of the likelihood lies after it
 * @param maximum   the fitted accuracy there
 */
public record Peak(Verdict verdict, double tStar, double maximumAt, double low, double high, double maximum) {

    /** Accuracies nearer than this count as equal when t* is asked for; the paper's choice (section 1). */
    public static final double CLOSE_TO_BEST = 0.005;

    /** A fall counts when the fit without one is less likely than exp(-this): about three standard errors. */
    private static final double CLEAR_FALL = 4.5;

    /** The part of the way from chance to 1 that a network must get, or keep, to count as trained. */
    private static final double LEAST_RISE = 0.1;

    private static final double LEAST_KEPT = 0.5;

    private static final double TAIL = 0.16; // beyond one standard error, on each side

    /** What kind of curve it is. */
    public enum Verdict {
        /** It rises and clearly falls again. */
        PEAKED,
        /** It rises, and no fall is clear from noise. */
        NOT_PEAKED_YET,
        /** It never gets away from chance. */
        NEVER_TRAINED,
        /** It rises, then clearly loses more than half of that again, or ends in NaN: the network breaks down. */
        COLLAPSED
    }

    /**
     * {@return the peak of a curve} A curve may have a single point, which has not peaked.
     *
     * @param curve the validation accuracy of one run
     */
    public static Peak of(LearningCurve curve) {
        List<LearningCurve.Point> points = curve.finitePoints();
        if (points.isEmpty()) {
            double start = curve.points().get(0).iteration();
            return new Peak(Verdict.NEVER_TRAINED, start, start, start, start, curve.chance());
        }
        PeakTimes peakTimes = PeakTimes.of(curve);
        double[] times = peakTimes.times();
        double[] weights = peakTimes.weights();
        double[] fitted = peakTimes.fit().meanFit(weights);
        double maximum = Arrays.stream(fitted).max().orElseThrow();
        return new Peak(
                verdict(curve, fitted, maximum, peakTimes.later() < Math.exp(-CLEAR_FALL)),
                firstReaching(maximum - CLOSE_TO_BEST, times, fitted),
                Math.exp(meanLog(times, weights)),
                quantile(TAIL, times, weights),
                quantile(1 - TAIL, times, weights),
                maximum);
    }

    private static Verdict verdict(LearningCurve curve, double[] fitted, double maximum, boolean falls) {
        double chance = curve.chance();
        if (maximum < chance + LEAST_RISE * (1 - chance)) {
            return Verdict.NEVER_TRAINED;
        }
        boolean endsInNaN = curve.finitePoints().size() < curve.points().size();
        if (endsInNaN || (falls && fitted[fitted.length - 1] < chance + LEAST_KEPT * (maximum - chance))) {
            return Verdict.COLLAPSED;
        }
        return falls ? Verdict.PEAKED : Verdict.NOT_PEAKED_YET;
    }

    private static double meanLog(double[] times, double[] weights) {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < times.length; i++) {
            sum += weights[i] * Math.log(times[i]);
            total += weights[i];
        }
        return sum / total;
    }

    private static double quantile(double share, double[] times, double[] weights) {
        double left = share * Arrays.stream(weights).sum();
        int i = 0;
        while (i < times.length - 1 && left > weights[i]) {
            left -= weights[i];
            i++;
        }
        return times[i];
    }

    private static double firstReaching(double level, double[] times, double[] fitted) {
        int i = 0;
        while (fitted[i] < level) {
            i++;
        }
        return times[i];
    }
}
