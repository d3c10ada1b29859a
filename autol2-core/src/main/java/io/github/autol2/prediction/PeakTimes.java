package io.github.autol2.prediction;

import java.util.Arrays;
import java.util.List;

/**
 * How well each time would do as the time of a curve's maximum: its likelihood, relative to the best one's 1. Times outside of
 * the curve are as likely as its nearer end.
 *
 * @param times       in iterations, increasing, at least one
 * @param likelihoods in (0, 1], one for each time
 * @param fit         where they come from
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and seen by this package only
record PeakTimes(double[] times, double[] likelihoods, UnimodalFit fit) {

    /** Fewer points say nothing about their own noise. */
    private static final int LEAST_POINTS_FOR_NOISE = 8;

    private static final double MEDIAN_OF_ABSOLUTE_NORMAL = 0.6744897501960817;

    /**
     * @param curve with at least one point before the first NaN
     */
    static PeakTimes of(LearningCurve curve) {
        List<LearningCurve.Point> points = curve.finitePoints();
        double[] times =
                points.stream().mapToDouble(LearningCurve.Point::iteration).toArray();
        double[] values =
                points.stream().mapToDouble(LearningCurve.Point::accuracy).toArray();
        UnimodalFit fit = new UnimodalFit(values);
        return new PeakTimes(times, fit.likelihoods(noise(curve, values)), fit);
    }

    /** The likelihood that the maximum came before the first evaluation, or there. */
    double earlier() {
        return likelihoods[0];
    }

    /** The likelihood that the maximum comes after the end of the curve, or there. */
    double later() {
        return likelihoods[likelihoods.length - 1];
    }

    double end() {
        return times[times.length - 1];
    }

    /** The likelihoods as weights that do not depend on how densely the points lie on a logarithmic axis. */
    double[] weights() {
        double[] weights = likelihoods.clone();
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= width(i);
        }
        return weights;
    }

    /** Half the distance between a time's neighbours on a logarithmic axis. */
    double width(int i) {
        return times.length == 1
                ? 1
                : Math.log(times[Math.min(i + 1, times.length - 1)] / times[Math.max(i - 1, 0)]) / 2;
    }

    /**
     * The standard deviation of a value about the smooth curve: from second differences, which a slope leaves alone, and their median,
     * which ignores the bend at the beginning; at least what rounding to whole examples brings, and the standard error where there are
     * too few points.
     */
    private static double noise(LearningCurve curve, double[] values) {
        double rounding = 1 / (curve.examples() * Math.sqrt(12));
        if (values.length < LEAST_POINTS_FOR_NOISE) {
            return Math.max(curve.standardError(Arrays.stream(values).max().orElseThrow()), rounding);
        }
        double[] bends = new double[values.length - 2];
        for (int i = 0; i < bends.length; i++) {
            bends[i] = Math.abs(values[i + 2] - 2 * values[i + 1] + values[i]);
        }
        Arrays.sort(bends);
        double median = (bends[(bends.length - 1) / 2] + bends[bends.length / 2]) / 2;
        return Math.max(median / (MEDIAN_OF_ABSOLUTE_NORMAL * Math.sqrt(6)), rounding);
    }
}
