package io.github.autol2.theory;

import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * What time does to a mode of eigenvalue gamma: {@code f(t) = f0 H(t) + y P(t)} and {@code y - f(t) = (y - f0) H(t) + y R(t)},
 * the solution of {@code f' = -gamma_t (f - y) - k lambda f} (arXiv:2006.08643v2, Eq. (1) for MSE; Eq. (3) is P).
 *
 * <p>Let w be the kernel time {@code int gamma_s ds} that has passed since an earlier moment, {@code U = gamma phi(t)} with {@code phi(t) =
 * (1 - exp(-c t))/c} all of it, and {@code r = c/gamma_t = 1/z}, {@code kappa = k lambda/gamma_t = q/z} those at time t. Then
 * <pre>
 * H = exp(-U - k lambda t)
 * P = int_0^U exp(-w) (1 + r w)^(-kappa/r) dw
 * R = kappa int_0^U exp(-w) (1 + r w)^(-kappa/r - 1) dw
 * </pre>
 * and P + R + H = 1. For k >= 0 all three are positive; none is ever computed from the other two, so each keeps its relative accuracy.
 * Eq. (3) as printed is the same, but overflows for gamma &gt; 709 c and is 0/0 at k = 1.
 *
 * <p>How P and R are computed, by range (each to about 1e-14):
 * <ol>
 *   <li>gamma = 0, k lambda = 0 or c t = 0 (to rounding): elementary.</li>
 *   <li>{@link Method#GAUSS Short times}, where all exponents together stay below 1: Gauss-Legendre. Everything else would subtract nearly
 *       equal numbers there; the integrand is an entire function that hardly varies, so ten points are exact to rounding.</li>
 *   <li>{@link Method#SERIES Small kernels} (gamma/c up to 2 for c > 0, gamma_t/|c| up to 60 for c < 0): the power series of exp(-w),
 *       integrated term by term with expm1, so that no term is singular at an integer q, the defect of the usual series with
 *       Gamma(1-q).</li>
 *   <li>{@link Method#FRACTION The rest}: {@code F(t) - H F(0)} with the F of {@link KernelFraction}; no cancellation, since H is well
 *       below 1 there. Where c > 0 and the kernel has decayed below the fraction's range, F is carried on from the last moment inside it by
 *       the series.</li>
 * </ol>
 *
 * <p>Thread-safe: all it remembers are numbers that never change.
 */
final class Propagator {

    /** A way to compute P and R; the class comment says when and why. */
    enum Method {
        /** gamma = 0: only the penalty acts. */
        FREE,
        /** k lambda = 0: only the kernel acts. */
        UNPENALISED,
        /** The kernel is constant to rounding. */
        LINEAR,
        /** Short times. */
        GAUSS,
        /** Small kernels. */
        SERIES,
        /** All other times and kernels. */
        FRACTION
    }

    /** c t below which exp(-c t) is 1 to rounding. */
    private static final double CONSTANT = 1e-18;

    private static final double SHORT = 1;
    /** Its exponential is far below rounding. */
    private static final double ENOUGH = 50;

    private static final int POINTS = 10;
    private static final double NEGLIGIBLE = 1e-17;
    private static final double[] NODES = new double[POINTS];
    private static final double[] WEIGHTS = new double[POINTS];

    static {
        GaussIntegrator rule = new GaussIntegratorFactory().legendre(POINTS, 0, 1);
        for (int i = 0; i < POINTS; i++) {
            NODES[i] = rule.getPoint(i);
            WEIGHTS[i] = rule.getWeight(i);
        }
    }

    private final double gamma;
    private final double c;
    /** What c + this is closer to 2 (k - 1) lambda than c. */
    private final double cRounded;

    private final double outputDecay;
    /** z at time 0; negative for c < 0. */
    private final double a;
    /** Computed when first needed, perhaps by several threads, to the same values. */
    private Landmarks landmarksP;

    private Landmarks landmarksR;

    /**
     * F where others start from.
     *
     * @param start at time 0
     * @param last  where z is {@link KernelFraction#SMALLEST_Z}, for c > 0
     */
    private record Landmarks(double start, double last) {}

    Propagator(Flow flow, double gamma) {
        this.gamma = gamma;
        c = flow.kernelDecay();
        cRounded = flow.kernelDecayRounding();
        outputDecay = flow.outputDecay();
        a = gamma / c;
    }

    /** ln H. */
    double logMemory(double t) {
        return -kernelTime(t) - outputDecay * t;
    }

    /** H, what is left of the initial output. */
    double memory(double t) {
        return Math.exp(logMemory(t));
    }

    /** P, the share of the label that has been learnt and kept. */
    double learnt(double t) {
        return switch (method(t)) {
            case FREE -> 0;
            case UNPENALISED -> -Math.expm1(-kernelTime(t));
            case LINEAR -> gamma / (gamma + outputDecay) * -Math.expm1(-(gamma + outputDecay) * t);
            case GAUSS -> gamma * gauss(t, 1);
            case SERIES -> gamma * series(a, t, 1);
            case FRACTION ->
                (c > 0 ? decayingP(t) : fractionP(inverseKernel(t)))
                        - (forgets(t) ? 0 : memory(t) * landmarksP().start);
        };
    }

    /** R, the share of the label that has not been learnt yet, or has been lost again. */
    double missing(double t) {
        return switch (method(t)) {
            case FREE -> -Math.expm1(-outputDecay * t);
            case UNPENALISED -> 0;
            case LINEAR -> outputDecay / (gamma + outputDecay) * -Math.expm1(-(gamma + outputDecay) * t);
            case GAUSS -> outputDecay * gauss(t, 0);
            case SERIES -> outputDecay * series(a, t, 0);
            case FRACTION ->
                (c > 0 ? decayingR(t) : fractionR(inverseKernel(t)))
                        - (forgets(t) ? 0 : memory(t) * landmarksR().start);
        };
    }

    /** For a growing kernel, H is below rounding as soon as exp(-U) is. For a decaying one, P may itself be as small as H. */
    private boolean forgets(double t) {
        return c < 0 && kernelTime(t) > ENOUGH;
    }

    /** P / gamma, also at gamma = 0, where it has a limit. */
    double learntPerGamma(double t) {
        return gamma == 0 ? series(0, t, 1) : learnt(t) / gamma;
    }

    /** U = gamma phi(t); infinite where gamma_t is. */
    double kernelTime(double t) {
        double x = c * t;
        if (gamma == 0 || Math.abs(x) < CONSTANT) {
            return gamma * t;
        }
        double grown = Math.expm1(-x);
        if (c > 0 || grown == Double.POSITIVE_INFINITY) {
            return gamma * (-grown / c);
        }
        // A growing kernel turns the rounding of x into a relative error of U, and H turns that into U times it: up to
        // 1e-11.
        double rounded = Math.fma(c, t, -x) + cRounded * t;
        return gamma * ((rounded * (1 + grown) - grown) / c);
    }

    private double inverseKernel(double t) {
        return Math.exp(c * t) / gamma;
    }

    /** How P and R are computed at time t. */
    Method method(double t) {
        if (gamma == 0) {
            return Method.FREE;
        }
        if (outputDecay == 0) {
            return Method.UNPENALISED;
        }
        if (Math.abs(c) * t < CONSTANT) {
            return Method.LINEAR;
        }
        if (kernelTime(t) + Math.abs(outputDecay) * t + Math.abs(c) * t < SHORT) {
            return Method.GAUSS;
        }
        boolean small = c > 0 ? a <= KernelFraction.SMALLEST_Z : -a * Math.exp(-c * t) <= KernelFraction.SMALLEST_ZETA;
        return small ? Method.SERIES : Method.FRACTION;
    }

    /**
     * {@code int_0^t exp(-w - k lambda tau - power c (t - tau)) dtau} with {@code w = gamma exp(-c (t - tau)) phi(tau)}: P / gamma for
     * power 1, R / (k lambda) for power 0.
     */
    private double gauss(double t, int power) {
        double decayed = Math.exp(-c * t);
        double sum = 0;
        for (int i = 0; i < POINTS; i++) {
            double tau = NODES[i] * t;
            double shrunk = Math.expm1(-c * tau);
            double kernel = decayed / (1 + shrunk); // exp(-c (t - tau))
            double value = Math.exp(gamma * kernel * shrunk / c - outputDecay * tau);
            sum += WEIGHTS[i] * (power == 1 ? kernel * value : value);
        }
        return sum * t;
    }

    /**
     * The integral of {@link #gauss} as {@code e^z sum_n (-1)^n/n! (a^n h - z^n s^power) / ((n + power) c - k lambda)}, with
     * {@code s = exp(-c t), z = a s, h = exp(-k lambda t)}. The quotient is an integral over exp(((n + power) c - k lambda) tau): where the
     * exponent is small, expm1 replaces the difference.
     *
     * @param a z at the beginning
     */
    private double series(double a, double t, int power) {
        double shrink = Math.exp(-c * t);
        double z = a * shrink;
        double early = Math.exp(-outputDecay * t); // a^n h (-1)^n / n!
        double late = power == 1 ? shrink : 1; // z^n s^power (-1)^n / n!
        double largest = Math.max(Math.abs(a), Math.abs(z));
        double sum = 0;
        for (int n = 0; ; n++) {
            double rate = (n + power) * c - outputDecay;
            double exponent = rate * t;
            double term = Math.abs(exponent) > 1
                    ? (early - late) / rate
                    : exponent == 0 ? early * t : early * t * -Math.expm1(-exponent) / exponent;
            sum += term;
            if (n >= largest && Math.abs(term) <= NEGLIGIBLE * Math.abs(sum)) {
                return Math.exp(z) * sum;
            }
            early *= -a / (n + 1);
            late *= -z / (n + 1);
        }
    }

    private Landmarks landmarksP() {
        Landmarks known = landmarksP;
        if (known == null) {
            known = new Landmarks(
                    fractionP(1 / gamma), c > 0 ? fractionP(1 / (c * KernelFraction.SMALLEST_Z)) : Double.NaN);
            landmarksP = known;
        }
        return known;
    }

    private Landmarks landmarksR() {
        Landmarks known = landmarksR;
        if (known == null) {
            known = new Landmarks(
                    fractionR(1 / gamma), c > 0 ? fractionR(1 / (c * KernelFraction.SMALLEST_Z)) : Double.NaN);
            landmarksR = known;
        }
        return known;
    }

    /** {@code F(z)} for c > 0 at any z. */
    private double decayingP(double t) {
        double elapsed = afterFraction(t);
        return elapsed <= 0
                ? fractionP(inverseKernel(t))
                : carriedOver(elapsed) * landmarksP().last
                        + KernelFraction.SMALLEST_Z * c * series(KernelFraction.SMALLEST_Z, elapsed, 1);
    }

    /** {@code 1 - F(z)} for c > 0 at any z. */
    private double decayingR(double t) {
        double elapsed = afterFraction(t);
        return elapsed <= 0
                ? fractionR(inverseKernel(t))
                : carriedOver(elapsed) * landmarksR().last
                        + outputDecay * series(KernelFraction.SMALLEST_Z, elapsed, 0);
    }

    /** The time that has passed since z was {@link KernelFraction#SMALLEST_Z}. */
    private double afterFraction(double t) {
        return t - Math.log(a / KernelFraction.SMALLEST_Z) / c;
    }

    private double carriedOver(double elapsed) {
        return Math.exp(KernelFraction.SMALLEST_Z * Math.expm1(-c * elapsed) - outputDecay * elapsed);
    }

    /** F for P at the kernel's inverse {@code 1/gamma_t}. */
    private double fractionP(double inverse) {
        return c > 0
                ? KernelFraction.decaying(c * inverse, outputDecay * inverse)
                : KernelFraction.growing(-c * inverse, outputDecay * inverse);
    }

    /** {@code kappa} times F for R, that is 1 - F for P, without the subtraction. */
    private double fractionR(double inverse) {
        double kappa = outputDecay * inverse;
        return kappa
                * (c > 0
                        ? KernelFraction.decaying(c * inverse, kappa + c * inverse)
                        : KernelFraction.growing(-c * inverse, kappa + c * inverse));
    }
}
