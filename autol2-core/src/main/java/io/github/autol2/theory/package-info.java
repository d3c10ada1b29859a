/**
 * Section 4 of the paper: wide networks with L2 regularization, mode by mode.
 *
 * <p>Entry class: {@link io.github.autol2.theory.ModeDynamics}, one mode of the mean squared error at any time. A whole training set is a
 * {@link io.github.autol2.theory.Spectrum}, which {@link io.github.autol2.theory.KernelModel} makes from a kernel matrix and carries on to
 * unseen inputs. {@link io.github.autol2.theory.FunctionSpaceFlow} integrates Theorem 1 for any other loss; {@link
 * io.github.autol2.theory.ScaleInvariantRate} is the law of normalised networks.
 *
 * <p>Conventions: the loss is the sum over samples of {@code (f - y)^2 / 2}, the penalty {@code lambda/2 |theta|^2}, and time is the
 * learning rate times the number of updates. For a loss averaged over N samples, divide the kernel by N.
 *
 * <p>Where the paper's words differ: a mode of a linear model tends to {@code gamma y / (gamma + lambda)}, also for gamma below lambda;
 * outputs decay like {@code exp(-k lambda t)} at late times for k &gt; 2 only ({@link io.github.autol2.theory.LateTimeLaw}); the peak time
 * in its Discussion is meant proportional to 1/lambda.
 *
 * <p>Source: A. Lewkowycz and G. Gur-Ari, arXiv:2006.08643v2, section 4 and Theorems 1 and 2.
 */
package io.github.autol2.theory;
