package io.github.autol2.theory;

import io.github.autol2.numbers.Check;

/**
 * Why weight decay is a learning-rate schedule where the network does not depend on the scale of its weights (k = 0, normalised networks):
 * SGD with the penalty, {@code theta <- (1 - eta lambda) theta - eta grad}, visits the same functions as SGD without it at a growing rate.
 * From {@code grad L(alpha theta) = grad L(theta) / alpha} it follows that {@code (1 - eta lambda)^-n theta_n} does exactly that. The
 * growth is {@code exp(2 lambda t)} in flow time, the kernel's at k = 0 (arXiv:2006.08643v2, Eq. (2)).
 *
 * @param eta    learning rate, greater than 0
 * @param lambda coefficient of the penalty, at least 0, with {@code eta lambda < 1}
 */
public record ScaleInvariantRate(double eta, double lambda) {

    /** Checks the ranges. */
    public ScaleInvariantRate {
        Check.positive("eta", eta);
        Check.notNegative("lambda", lambda);
        if (eta * lambda >= 1) {
            throw new IllegalArgumentException("eta lambda must be < 1, got " + eta * lambda);
        }
    }

    /**
     * {@return {@code eta (1 - eta lambda)^-(2n+1)}: the rate of the equal run without penalty at its update n, counted from 0} Exact;
     * infinite where it exceeds the doubles.
     *
     * @param n the number of the update, at least 0
     */
    public double exact(long n) {
        requireNotNegative(n);
        return eta * Math.exp(-(2.0 * n + 1) * Math.log1p(-eta * lambda));
    }

    /**
     * {@return {@code eta exp(2 eta lambda n)}, the limit of {@link #exact} for small eta lambda; the exact one exceeds it by about
     * {@code x (1 + x n)}, x = eta lambda, in relative terms}
     *
     * @param n the number of the update, at least 0
     */
    public double limit(long n) {
        requireNotNegative(n);
        return eta * Math.exp(2 * eta * lambda * n);
    }

    private static void requireNotNegative(long n) {
        if (n < 0) {
            throw new IllegalArgumentException("n must be >= 0, got " + n);
        }
    }
}
