package io.github.autol2.theory;

import io.github.autol2.numbers.Check;
import java.util.OptionalDouble;

/**
 * The solution of one mode, {@code f' = -gamma_t (f - y) - k lambda f} with {@code gamma_t = gamma exp(-2 (k-1) lambda t)}, at any time:
 * arXiv:2006.08643v2, Theorem 2, Eq. (3), for every real k. The relative error is at most 1e-12 wherever f itself is well-conditioned
 * (where f0 and y do not cancel).
 *
 * <p>Times t are flow times (learning rate times updates), finite and at least 0; others are refused with an
 * {@code IllegalArgumentException}, as are results that exceed the doubles (k below 0 lets f grow). Immutable and thread-safe.
 */
public final class ModeDynamics {

    /** Below this the two terms of the derivative have lost two digits to each other. */
    private static final double CANCELLED = 1e-2;

    private final Flow flow;
    private final Mode mode;
    private final Propagator propagator;

    /**
     * One mode under one flow.
     *
     * @param flow the degree of homogeneity k, and lambda
     * @param mode the mode's kernel eigenvalue, first output and label
     */
    public ModeDynamics(Flow flow, Mode mode) {
        this.flow = flow;
        this.mode = mode;
        propagator = new Propagator(flow, mode.gamma());
    }

    /** {@return k and lambda} */
    public Flow flow() {
        return flow;
    }

    /** {@return eigenvalue, first output and label} */
    public Mode mode() {
        return mode;
    }

    /**
     * {@return f(t)}
     *
     * @param t flow time, at least 0
     */
    public double output(double t) {
        Check.notNegative("t", t);
        return Representable.check(
                "f(t)", term(mode.f0(), propagator.memory(t)) + term(mode.y(), propagator.learnt(t)));
    }

    /**
     * {@return {@code y - f(t)}, without the cancellation of that difference}
     *
     * @param t flow time, at least 0
     */
    public double residual(double t) {
        Check.notNegative("t", t);
        double distance = mode.y() - mode.f0();
        return Representable.check(
                "y - f(t)", term(distance, propagator.memory(t)) + term(mode.y(), propagator.missing(t)));
    }

    /**
     * {@return the loss of the mode, {@code (f(t) - y)^2 / 2}}
     *
     * @param t flow time, at least 0
     */
    public double loss(double t) {
        double residual = residual(t);
        return Representable.check("the loss", residual * residual / 2);
    }

    /**
     * {@return the kernel's eigenvalue at time t, {@code gamma exp(-c t)} (Eq. (2)); infinite where it exceeds the doubles}
     *
     * @param t flow time, at least 0
     */
    public double gamma(double t) {
        return flow.gamma(mode.gamma(), t);
    }

    /**
     * {@return df/dt} Where the network follows its shrinking kernel adiabatically, both terms of the mode equation nearly cancel; there
     * the equation's solution is differentiated instead: {@code f' = (gamma_t (y - f0) - k lambda f0) H - y k lambda c int_0^t w exp(-w
     * - k lambda tau) dtau}.
     *
     * @param t flow time, at least 0
     */
    public double derivative(double t) {
        if (gamma(t) == Double.POSITIVE_INFINITY) {
            return 0; // f is y to all digits, and stays there
        }
        double pull = term(gamma(t), residual(t));
        double decay = term(flow.outputDecay(), output(t));
        if (Math.abs(pull - decay) >= CANCELLED * (Math.abs(pull) + Math.abs(decay)) || t == 0) {
            return Representable.check("df/dt", pull - decay);
        }
        double memory = propagator.memory(t);
        double lag = mode.y()
                * flow.outputDecay()
                * flow.kernelDecay()
                * new PanelIntegral(flow, mode.gamma()).until(t, (gammaThen, passed) -> passed);
        return Representable.check(
                "df/dt", term(gamma(t) * (mode.y() - mode.f0()) - flow.outputDecay() * mode.f0(), memory) - lag);
    }

    /**
     * {@return when the loss of this mode is smallest over t >= 0} For k > 1 with f0 = 0 that is the moment after which the penalty
     * wins, at {@code f = y gamma_t / (gamma_t + k lambda)}; in general it may lie at the start, at a crossing of y, or in the limit of
     * infinite time. A minimum at which f has decayed below the doubles counts as one in the limit.
     */
    public LossMinimum minimum() {
        return new ModeMinimum(flow, mode, propagator).find();
    }

    /**
     * {@return when f has fallen back to y/2, after the minimum of the loss: the end of what the mode has learnt, for gamma &gt;&gt;
     * lambda at about {@code ln(gamma / (c z_k)) / c}, a time of order 1/lambda} Empty if f does not get beyond y/2 or never falls that
     * far, and for k of 1 or less, where the kernel does not shrink.
     */
    public OptionalDouble halfLife() {
        return new ModeMinimum(flow, mode, propagator).halfLife();
    }

    /** {@return how f behaves for large t} */
    public LateTimeLaw lateTimeLaw() {
        return LateTimeLaw.of(flow, mode);
    }

    /** 0 where the factor is, whatever the other one has grown to. */
    private static double term(double factor, double other) {
        return factor == 0 || other == 0 ? 0 : factor * other;
    }
}
