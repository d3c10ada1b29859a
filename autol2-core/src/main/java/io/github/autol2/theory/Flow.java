package io.github.autol2.theory;

import io.github.autol2.numbers.Check;

/**
 * The two numbers that all modes of a network share: its homogeneity and the penalty.
 *
 * <p>The flow is that of {@code sum over samples of (f - y)^2 / 2 + lambda/2 |theta|^2} with {@code f(alpha theta) = alpha^k f(theta)}.
 * Its kernel decays as a whole, {@code Theta_t = Theta_0 exp(-c t)} with {@code c = 2 (k - 1) lambda} (arXiv:2006.08643v2, Eq. (2)).
 * Times are flow times: learning rate times number of updates.
 *
 * @param k      degree of homogeneity, any finite number: 0 scale-invariant, 1 linear in its parameters, L for L layers
 * @param lambda coefficient of the penalty, finite and at least 0
 */
public record Flow(double k, double lambda) {

    /** Checks the ranges. */
    public Flow {
        Check.finite("k", k);
        Check.notNegative("lambda", lambda);
        Check.finite("k lambda", k * lambda);
    }

    /** {@return the kernel's decay rate {@code c = 2 (k - 1) lambda} per unit of time; negative, a growth, for k below 1} */
    public double kernelDecay() {
        return 2 * ((k - 1) * lambda);
    }

    /** What rounding has taken off {@link #kernelDecay}. */
    double kernelDecayRounding() {
        double above = k - 1;
        double virtual = k - above; // the sum k + (-1) without an error: Knuth's two-sum
        double lost = (k - (above + virtual)) + (virtual - 1);
        return 2 * (Math.fma(above, lambda, -(above * lambda)) + lost * lambda);
    }

    /** {@return the outputs' decay rate {@code k lambda} per unit of time in Eq. (1)} */
    public double outputDecay() {
        return k * lambda;
    }

    /**
     * {@return an eigenvalue of the kernel at time t, {@code gamma exp(-c t)} (Eq. (2)); infinite where it exceeds the doubles}
     *
     * @param gamma the eigenvalue at time 0, at least 0
     * @param t     at least 0
     */
    public double gamma(double gamma, double t) {
        Check.notNegative("gamma", gamma);
        Check.notNegative("t", t);
        return gamma == 0 ? 0 : gamma * Math.exp(-kernelDecay() * t);
    }
}
