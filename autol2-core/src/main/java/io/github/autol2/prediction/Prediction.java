package io.github.autol2.prediction;

/**
 * The lambda for one budget.
 *
 * @param iterations T, the length of the training run, or the time T1 of the first decay of its learning rate
 * @param lambda     what the race has found; without one c / T, but not above what the calibration has shown to be harmless
 * @param low        the smallest lambda that did as well in the race; without one c / T with the lower end of c's interval, which holds
 *                   90 %, not limited by what is harmless
 * @param high       the largest one; or the same with its upper end
 * @param capped     whether c / T would have been larger than lambda: the run is too short for a penalty to show
 */
public record Prediction(long iterations, double lambda, double low, double high, boolean capped) {}
