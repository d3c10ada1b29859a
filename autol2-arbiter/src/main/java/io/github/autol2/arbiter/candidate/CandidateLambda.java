package io.github.autol2.arbiter.candidate;

import java.io.Serializable;
import java.util.Locale;

/**
 * The lambda of one candidate and where it comes from. Stands in the candidate's {@code OptimizationResult} as
 * {@code modelSpecificResults}, so it reaches status listeners and result savers.
 *
 * @param lambda                the coefficient that the candidate trained with; with AutoL2 the first one
 * @param finalLambda           the coefficient of the candidate's network at the end, as in the saved model
 * @param low                   lower end of the 90 % interval of the prediction
 * @param high                  its upper end, not above what was seen to be harmless
 * @param c                     iterations to the best accuracy times lambda
 * @param cLow                  lower end of its 90 % interval
 * @param cHigh                 its upper end
 * @param iterations            T, for which lambda was predicted
 * @param calibrationIterations training iterations that the calibration has cost
 * @param calibration           names the calibration: candidates with the same one share its cost
 */
public record CandidateLambda(
        double lambda,
        double finalLambda,
        double low,
        double high,
        double c,
        double cLow,
        double cHigh,
        long iterations,
        long calibrationIterations,
        String calibration)
        implements Serializable {

    /** One line for a log. */
    @Override
    public String toString() {
        String adapted = finalLambda == lambda ? "" : String.format(Locale.ROOT, " at last %.3g", finalLambda);
        return String.format(
                Locale.ROOT,
                "lambda %.3g%s (%.3g to %.3g), c %.3g (%.3g to %.3g), calibration %s of %d iterations for %d",
                lambda,
                adapted,
                low,
                high,
                c,
                cLow,
                cHigh,
                calibration,
                calibrationIterations,
                iterations);
    }

    /**
     * {@return the same with the lambda at the end of the training}
     *
     * @param last lambda of the last iteration
     */
    public CandidateLambda withFinalLambda(double last) {
        return new CandidateLambda(
                lambda, last, low, high, c, cLow, cHigh, iterations, calibrationIterations, calibration);
    }
}
