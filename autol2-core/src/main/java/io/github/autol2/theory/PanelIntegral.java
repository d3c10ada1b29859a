package io.github.autol2.theory;

import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * Integrals over the past of a mode that have no closed form: {@code int_0^t weight(gamma_s, w) exp(-w - k lambda tau) dtau} with s = t -
 * tau and the kernel time w that has passed since s. Gauss-Legendre on panels in which no factor changes by more than about e^2, from the
 * present backwards until the rest is below rounding. The integrands never change sign, so nothing cancels. Used once per derivative or
 * search step, where 10 microseconds do not matter.
 */
final class PanelIntegral {

    private static final int POINTS = 20;
    private static final GaussIntegrator RULE = new GaussIntegratorFactory().legendre(POINTS, 0, 1);
    private static final double CHANGE = 2;
    /** x below which exp(-x) is 1 to rounding. */
    private static final double CONSTANT = 1e-18;

    private static final double NEGLIGIBLE = 1e-19;

    /** A smooth factor of the integrand. */
    interface Weight {
        /**
         * The factor at one past moment.
         *
         * @param gammaThen the kernel's eigenvalue at the past moment
         * @param passed    kernel time since then
         */
        double at(double gammaThen, double passed);
    }

    private final Flow flow;
    private final double gamma;

    PanelIntegral(Flow flow, double gamma) {
        this.flow = flow;
        this.gamma = gamma;
    }

    double until(double t, Weight weight) {
        double c = flow.kernelDecay();
        double steady = Math.abs(flow.k() - 2) * flow.lambda() + Math.abs(c) + Math.abs(flow.outputDecay()) + 1 / t;
        double sum = 0;
        double from = 0;
        while (from < t) {
            double width = Math.min(t - from, CHANGE / (gammaBefore(t, from) + steady));
            double panel = panel(t, from, width, weight);
            sum += panel;
            from += width;
            if (fallsBefore(t, from) && Math.abs(panel) <= NEGLIGIBLE * Math.abs(sum)) {
                break;
            }
        }
        return sum;
    }

    /**
     * Whether the integrand only falls from here on towards the past: after one unit of kernel time at least like exp(-w), and where the
     * penalty outruns w, whose relative growth {@code gamma_s / w} itself falls. No weight grows faster than w.
     */
    private boolean fallsBefore(double t, double tau) {
        double passed = passed(t, tau);
        return passed > 1 || gammaBefore(t, tau) < flow.outputDecay() * passed;
    }

    private double panel(double t, double from, double width, Weight weight) {
        double sum = 0;
        for (int i = 0; i < POINTS; i++) {
            double tau = from + width * RULE.getPoint(i);
            double passed = passed(t, tau);
            sum += RULE.getWeight(i)
                    * weight.at(gammaBefore(t, tau), passed)
                    * Math.exp(-passed - flow.outputDecay() * tau);
        }
        return sum * width;
    }

    private double gammaBefore(double t, double tau) {
        return flow.gamma(gamma, t - tau);
    }

    private double passed(double t, double tau) {
        double x = flow.kernelDecay() * tau;
        return gammaBefore(t, tau) * (Math.abs(x) < CONSTANT ? tau : -Math.expm1(-x) / flow.kernelDecay());
    }
}
