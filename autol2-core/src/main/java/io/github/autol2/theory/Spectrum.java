package io.github.autol2.theory;

import java.util.List;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;

/**
 * All modes of a training set under one flow: training loss and outputs over time. The loss is the sum over the modes of
 * {@code (f - y)^2 / 2}, equal to the sum over the samples. A mode at one time costs about a microsecond, so 10,000 modes at 1,000
 * times are a matter of seconds. Immutable and thread-safe.
 */
public final class Spectrum {

    private static final double EARLIEST = 1e-3;
    private static final double LATEST = 100;
    private static final double STEP = 1.1;
    private static final double ACCURACY = 1e-15;
    private static final int ORDER = 5;
    private static final int EVALUATIONS = 200;

    private final Flow flow;
    private final List<ModeDynamics> modes;

    /**
     * Several modes under one flow.
     *
     * @param flow the degree of homogeneity k, and lambda
     * @param modes at least one
     */
    public Spectrum(Flow flow, List<Mode> modes) {
        if (modes.isEmpty()) {
            throw new IllegalArgumentException("a spectrum must have at least 1 mode, got none");
        }
        this.flow = flow;
        this.modes = modes.stream().map(mode -> new ModeDynamics(flow, mode)).toList();
    }

    /** {@return k and lambda} */
    public Flow flow() {
        return flow;
    }

    /** {@return the modes under the flow, in the order given} */
    public List<ModeDynamics> modes() {
        return modes;
    }

    /**
     * {@return the training loss at time t, without the penalty}
     *
     * @param t flow time, at least 0
     */
    public double loss(double t) {
        return modes.stream().mapToDouble(mode -> mode.loss(t)).sum();
    }

    /**
     * {@return {@link #loss} at each of the times}
     *
     * @param times flow times, each at least 0
     */
    public double[] losses(double... times) {
        double[] losses = new double[times.length];
        for (int i = 0; i < times.length; i++) {
            losses[i] = loss(times[i]);
        }
        return losses;
    }

    /**
     * {@return d(loss)/dt at time t}
     *
     * @param t flow time, at least 0
     */
    public double lossDerivative(double t) {
        return modes.stream()
                .mapToDouble(mode -> -mode.residual(t) * mode.derivative(t))
                .sum();
    }

    /**
     * {@return f of each mode at time t}
     *
     * @param t flow time, at least 0
     */
    public double[] outputs(double t) {
        return modes.stream().mapToDouble(mode -> mode.output(t)).toArray();
    }

    /**
     * {@return the smallest training loss over t >= 0} Found on a grid of times (ten percent apart, from a thousandth of the fastest to
     * a hundred times the slowest time of the modes) and refined where the derivative vanishes. For a spectrum that is broad around
     * gamma ~ lambda, the time is proportional to 1/lambda; a single mode with gamma &gt;&gt; lambda only has {@code ln(gamma/lambda) /
     * gamma}.
     */
    public LossMinimum minimum() {
        if (modes.size() == 1 && flow.k() >= 0) {
            return modes.get(0).minimum();
        }
        double limit = modes.stream()
                .mapToDouble(mode -> {
                    double residual = LateTimeLaw.residual(flow, mode.mode());
                    return residual * residual / 2;
                })
                .sum();
        double time = 0;
        double lowest = loss(0);
        double latest = LATEST * slowest();
        for (double t = EARLIEST * fastest(); t < latest; t *= STEP) {
            double loss = loss(t);
            if (loss < lowest) {
                time = t;
                lowest = loss;
            }
        }
        if (limit <= lowest) {
            return new LossMinimum(Double.POSITIVE_INFINITY, limit);
        }
        return time == 0 ? new LossMinimum(0, lowest) : refined(time);
    }

    private LossMinimum refined(double near) {
        double low = Math.log(near / STEP);
        double high = Math.log(near * STEP);
        if (lossDerivative(Math.exp(low)) >= 0 || lossDerivative(Math.exp(high)) <= 0) {
            return new LossMinimum(near, loss(near)); // flat to rounding
        }
        double time = Math.exp(new BracketingNthOrderBrentSolver(ACCURACY, ACCURACY, Double.MIN_NORMAL, ORDER)
                .solve(EVALUATIONS, x -> lossDerivative(Math.exp(x)), low, high));
        return new LossMinimum(time, loss(time));
    }

    private double fastest() {
        double largest =
                modes.stream().mapToDouble(mode -> mode.mode().gamma()).max().orElseThrow();
        return 1 / (largest + rate());
    }

    private double slowest() {
        double smallest = modes.stream()
                .mapToDouble(mode -> mode.mode().gamma())
                .filter(gamma -> gamma > 0)
                .min()
                .orElse(0);
        return 1
                / (flow.k() > 1 && flow.lambda() > 0
                        ? Math.min(flow.kernelDecay(), flow.outputDecay())
                        : smallest + rate());
    }

    private double rate() {
        return Math.abs(flow.outputDecay());
    }
}
