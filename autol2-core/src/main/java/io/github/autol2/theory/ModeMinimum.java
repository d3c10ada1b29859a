package io.github.autol2.theory;

import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/**
 * Finds the minimum of one mode's loss by a root condition that grows with time and is well-conditioned; the loss itself is flat there and
 * would give half the digits only.
 *
 * <p>Let {@code e_t = gamma_t/(gamma_t + k lambda)} be the output (for y = 1) at which f' = 0, and m = f0/y. From the mode equation,
 * {@code (f/y - e)' = -(gamma_t + k lambda)(f/y - e) - e'}, so f' = 0 where
 * {@code int_0^t -e'_s / H_s ds = e_0 - m}, with a positive integrand for k > 1.
 */
final class ModeMinimum {

    /** exp(-745) is no double any more. */
    private static final double UNDERFLOW = 745;

    private final Flow flow;
    private final Mode mode;
    private final Propagator propagator;
    private final double outputDecay;

    ModeMinimum(Flow flow, Mode mode, Propagator propagator) {
        this.flow = flow;
        this.mode = mode;
        this.propagator = propagator;
        outputDecay = flow.outputDecay();
    }

    LossMinimum find() {
        double y = mode.y();
        double start = y - mode.f0();
        if (start == 0 || (mode.gamma() == 0 && outputDecay == 0)) {
            return at(0, start); // nothing can be better, or nothing moves
        }
        if (outputDecay < 0) {
            throw new IllegalArgumentException("the minimum of a loss needs k >= 0, got " + flow.k());
        }
        if (y == 0 || outputDecay == 0) {
            return limit();
        }
        double ratio = mode.f0() / y;
        if (ratio > 1) {
            return at(crossing(ratio), 0);
        }
        double equilibrium = mode.gamma() / (mode.gamma() + outputDecay);
        if (flow.k() <= 1) { // e does not fall: f approaches y, or for k = 1 or gamma = 0 the equilibrium, for ever
            return (flow.k() == 1 || mode.gamma() == 0) && ratio >= equilibrium ? at(0, start) : limit();
        }
        return ratio >= equilibrium ? at(0, start) : turn(equilibrium - ratio);
    }

    OptionalDouble halfLife() {
        if (flow.k() <= 1 || flow.lambda() == 0 || mode.y() == 0) {
            return OptionalDouble.empty();
        }
        double minimum = find().time();
        double half = mode.y() / 2;
        ModeDynamics dynamics = new ModeDynamics(flow, mode);
        if (minimum == Double.POSITIVE_INFINITY || dynamics.output(minimum) / half <= 1) {
            return OptionalDouble.empty();
        }
        OptionalDouble later =
                IncreasingRoot.find(t -> 1 - dynamics.output(minimum + t) / half, 1 / outputDecay, latest());
        return later.isEmpty() ? later : OptionalDouble.of(minimum + later.getAsDouble());
    }

    /** When f falls through y from above: {@code R/H = m - 1}, which grows without bound. */
    private double crossing(double ratio) {
        double target = Math.log(ratio - 1);
        return find(t -> Math.log(propagator.missing(t)) - propagator.logMemory(t) - target)
                .orElse(Double.POSITIVE_INFINITY);
    }

    private LossMinimum turn(double distance) {
        // -e' = c k lambda gamma / (gamma + k lambda)^2; its constant factors stay outside, where they cannot
        // underflow, and so does one
        // over the largest gamma + k lambda.
        double largest = mode.gamma() + outputDecay;
        double target = Math.log(distance) + Math.log(largest) - Math.log(flow.kernelDecay()) - Math.log(outputDecay);
        PanelIntegral integral = new PanelIntegral(flow, mode.gamma());
        PanelIntegral.Weight fall =
                (gamma, passed) -> gamma / (gamma + outputDecay) * (largest / (gamma + outputDecay));
        OptionalDouble time = find(t -> Math.log(integral.until(t, fall)) - propagator.logMemory(t) - target);
        if (time.isEmpty()) {
            return limit();
        }
        double gamma = flow.gamma(mode.gamma(), time.getAsDouble());
        return at(time.getAsDouble(), mode.y() * (outputDecay / (gamma + outputDecay)));
    }

    private OptionalDouble find(DoubleUnaryOperator increasing) {
        return IncreasingRoot.find(increasing, 1 / (mode.gamma() + outputDecay), latest());
    }

    private double latest() {
        return Math.min(UNDERFLOW / outputDecay, Double.MAX_VALUE);
    }

    private LossMinimum limit() {
        return at(Double.POSITIVE_INFINITY, LateTimeLaw.residual(flow, mode));
    }

    private static LossMinimum at(double time, double residual) {
        return new LossMinimum(time, Representable.check("the loss", residual * residual / 2));
    }
}
