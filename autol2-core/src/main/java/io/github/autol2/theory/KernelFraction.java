package io.github.autol2.theory;

/**
 * The two continued fractions behind the closed form of a mode: the integral
 * {@code F = int exp(-w) (1 + r w)^(-kappa/r) dw} over all w >= 0 for which the bracket is positive.
 *
 * <p>For r > 0 it is {@code z e^z E_q(z)} with z = 1/r and q = kappa/r, E_q the generalised exponential integral; for r < 0 it is
 * Kummer's {@code zeta/(1-q) M(1; 2-q; -zeta)} with zeta = -1/r. Both are scaled by r here, so that they run into the linear
 * model's 1/(1 + kappa) as r vanishes, where z and q are infinite. Evaluated from the tail, each costs one division per level.
 */
final class KernelFraction {

    /** z at and above which the fraction for r > 0 is used: below, it needs more levels than the power series has terms. */
    static final double SMALLEST_Z = 2;
    /** zeta above which the fraction for r < 0 is used: there it converges within 80 levels whatever kappa is, and in 25 from 80 on. */
    static final double SMALLEST_ZETA = 60;

    /** The n-th correction falls like n!/zeta^n and, past n = zeta, like zeta^n/n!. */
    private static final int GROWING_LEVELS = 80;

    private static final int GROWING_LEVELS_FAR = 25;
    private static final double FAR = 1.0 / 80;

    private KernelFraction() {}

    /**
     * For r > 0: {@code 1/(1+kappa - 1 kappa r/(1+kappa+2r - 2 (kappa+r) r/(1+kappa+4r - ...)))}.
     *
     * @param r     in (0, 1/{@link #SMALLEST_Z}]
     * @param kappa at least 0
     */
    static double decaying(double r, double kappa) {
        double tail = 0;
        for (int n = decayingLevels(r); n >= 1; n--) {
            tail = n * (kappa + (n - 1) * r) * r / (1 + kappa + 2 * n * r - tail);
        }
        return 1 / (1 + kappa - tail);
    }

    /** The n-th correction falls like exp(-4 sqrt(n z)) for small z n and like n!/z^n at first for large z. */
    private static int decayingLevels(double r) {
        return 8 + (int) Math.min(90 * r, 40);
    }

    /**
     * For r = -rho < 0: {@code 1/(1+kappa+rho - 1 rho/(1+kappa+2 rho - 2 rho/(1+kappa+3 rho - ...)))}.
     *
     * @param rho   greater than 0, any size
     * @param kappa with {@code 1 + kappa + rho > 0}
     */
    static double growing(double rho, double kappa) {
        double tail = 0;
        for (int n = rho < FAR ? GROWING_LEVELS_FAR : GROWING_LEVELS; n >= 1; n--) {
            tail = n * rho / (1 + kappa + (n + 1) * rho - tail);
        }
        return 1 / (1 + kappa + rho - tail);
    }
}
