/**
 * Which lambda for which budget, from a few short training runs: the c-calibration predictor.
 *
 * <p>Entry class: {@link io.github.autol2.prediction.Calibration}, which evaluates the runs and predicts.
 * {@link io.github.autol2.prediction.CalibrationSearch} chooses the runs, {@link io.github.autol2.prediction.Peak} reads the peak
 * off a curve, {@link io.github.autol2.prediction.PeakTimeLaw} checks the law itself over many runs. Everything is a pure function
 * of immutable values.
 *
 * <p>Source: A. Lewkowycz and G. Gur-Ari, arXiv:2006.08643v2, section 1 (the law) and section 3 (the prediction). Where we deviate:
 * <ol>
 *   <li>The time of the best accuracy is the maximum of a fitted curve. The paper's own definition, the first time within 0.5 % of
 *       the maximum, is mostly the time that a small network needs to learn at all, whatever lambda; it is reported beside.</li>
 *   <li>c comes from a fit over two lambdas and several seeds, with an interval, instead of from one run.</li>
 *   <li>Without a race no lambda is predicted above those that were seen to do no harm.</li>
 * </ol>
 */
package io.github.autol2.prediction;
