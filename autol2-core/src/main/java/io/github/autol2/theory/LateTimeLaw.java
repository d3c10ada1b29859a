package io.github.autol2.theory;

import org.hipparchus.special.Gamma;

/**
 * How the output of a mode ends: {@code f(t) ~ (constant + slope t) exp(-rate t)} for large t.
 *
 * <p>The two laws behind it are the penalty's own, {@code exp(-k lambda t)}, and the adiabatic one {@code f = y gamma_t / ((2-k) lambda)},
 * which is slower and therefore wins for 1 &lt; k &lt; 2. At k = 2 they coincide and make the factor t. So "f' = -k lambda f at late times"
 * in the text of arXiv:2006.08643v2 holds for k > 2 only.
 *
 * @param constant of the prefactor; infinite where it exceeds the doubles
 * @param slope    of the prefactor, other than 0 only at k = 2
 * @param rate     decay rate, at least 0 for k >= 0
 */
public record LateTimeLaw(double constant, double slope, double rate) {

    /**
     * {@return the law's value at time t}
     *
     * @param t flow time, at least 0
     */
    public double at(double t) {
        return (constant + slope * t) * Math.exp(-rate * t);
    }

    /** {@code y - f} for t to infinity, without the cancellation of that difference. */
    static double residual(Flow flow, Mode mode) {
        if (mode.gamma() == 0) {
            double decay = flow.outputDecay();
            double f = decay > 0 || mode.f0() == 0
                    ? 0
                    : decay == 0 ? mode.f0() : Math.copySign(Double.POSITIVE_INFINITY, mode.f0());
            return mode.y() - f;
        }
        if (flow.lambda() == 0 || flow.k() < 1) {
            return 0;
        }
        return flow.k() == 1 ? mode.y() * (flow.lambda() / (mode.gamma() + flow.lambda())) : mode.y();
    }

    static LateTimeLaw of(Flow flow, Mode mode) {
        double k = flow.k();
        double lambda = flow.lambda();
        double gamma = mode.gamma();
        if (gamma == 0) {
            return new LateTimeLaw(mode.f0(), 0, flow.outputDecay());
        }
        if (lambda == 0 || k < 1) {
            return new LateTimeLaw(mode.y(), 0, 0);
        }
        if (k == 1) {
            return new LateTimeLaw(mode.y() * (gamma / (gamma + lambda)), 0, 0);
        }
        if (k < 2) {
            return new LateTimeLaw(mode.y() * (gamma / ((2 - k) * lambda)), 0, flow.kernelDecay());
        }
        double a = gamma / flow.kernelDecay();
        double memory = mode.f0() * Math.exp(-a);
        return k == 2
                ? new LateTimeLaw(
                        memory - mode.y() * a * entireExponentialIntegral(a), gamma * mode.y(), flow.outputDecay())
                : new LateTimeLaw(memory + mode.y() * learnt((k - 2) / (2 * (k - 1)), a), 0, flow.outputDecay());
    }

    /** {@code a^q lowerGamma(p, a)} with p + q = 1. */
    private static double learnt(double p, double a) {
        return Math.pow(a, 1 - p) * Gamma.gamma(p) * Gamma.regularizedGammaP(p, a);
    }

    /** {@code Ein(a) = E1(a) + ln a + Euler's constant = int_0^a (1 - exp(-x))/x dx}. */
    private static double entireExponentialIntegral(double a) {
        if (a >= KernelFraction.SMALLEST_Z) {
            return Math.exp(-a) / a * KernelFraction.decaying(1 / a, 1 / a) + Math.log(a) + Gamma.GAMMA;
        }
        double sum = 0;
        double term = -1;
        for (int n = 1; term != 0 && sum + term / n != sum; n++) {
            term *= -a / n;
            sum += term / n;
        }
        return sum;
    }
}
