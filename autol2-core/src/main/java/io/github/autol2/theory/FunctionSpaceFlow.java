package io.github.autol2.theory;

import io.github.autol2.numbers.Check;
import java.util.Arrays;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;

/**
 * The training of an infinitely wide k-homogeneous network for any loss, in the space of its outputs (arXiv:2006.08643v2, Theorem 1, Eq.
 * (1)): {@code df/dt = -exp(-2 (k-1) lambda t) Theta_0 dl/df - k lambda f}. Integrated numerically to a relative error of 1e-11 or so; for
 * the squared loss, {@link Spectrum} has the same in closed form. Immutable and thread-safe if its loss is.
 */
public final class FunctionSpaceFlow {

    private static final double RELATIVE_TOLERANCE = 1e-12;
    private static final double SMALLEST_STEP = 1e-14;

    private final Flow flow;
    private final RealMatrix kernel;
    private final double[][] labels;
    private final SampleLoss loss;

    /**
     * The flow of the outputs on a training set.
     *
     * @param flow the degree of homogeneity k, and lambda
     * @param kernel Theta_0, {@code [samples * outputs, samples * outputs]} with the outputs of a sample side by side, or
     *               {@code [samples, samples]} if it is the same for each output and does not mix them (an infinitely wide network's)
     * @param labels {@code [samples][outputs]}
     * @param loss of one sample
     */
    public FunctionSpaceFlow(Flow flow, double[][] kernel, double[][] labels, SampleLoss loss) {
        this.flow = flow;
        this.loss = loss;
        this.kernel = KernelMatrix.checked(kernel);
        KernelMatrix.withoutRounding(new EigenDecompositionSymmetric(this.kernel).getEigenvalues());
        if (labels.length == 0 || labels[0].length == 0) {
            throw new IllegalArgumentException("labels must have at least 1 sample with 1 output");
        }
        for (int sample = 0; sample < labels.length; sample++) {
            KernelMatrix.requireLength("the label of sample " + sample, labels[sample], labels[0].length);
        }
        this.labels = Arrays.stream(labels).map(double[]::clone).toArray(double[][]::new);
        if (kernel.length != labels.length && kernel.length != labels.length * outputs()) {
            throw new IllegalArgumentException(
                    "a kernel for " + labels.length + " samples with " + outputs() + " outputs must have "
                            + labels.length + " or " + labels.length * outputs() + " rows, got " + kernel.length);
        }
    }

    private int outputs() {
        return labels[0].length;
    }

    /**
     * The outputs at each of the times.
     *
     * @param initial {@code [samples][outputs]} at time 0
     * @param times   increasing, at least 0
     * @return {@code [times][samples][outputs]}
     */
    public double[][][] outputs(double[][] initial, double... times) {
        double[] state = flat(initial);
        double now = 0;
        double[][][] outputs = new double[times.length][][];
        for (int i = 0; i < times.length; i++) {
            Check.notNegative("t", times[i]);
            if (times[i] < now) {
                throw new IllegalArgumentException("times must increase, got " + times[i] + " after " + now);
            }
            if (times[i] > now) {
                state = integrate(state, now, times[i]);
            }
            now = times[i];
            outputs[i] = samples(state);
        }
        return outputs;
    }

    /**
     * {@return the loss summed over the samples, {@code outputs[samples][outputs]}}
     *
     * @param outputs {@code [samples][outputs]}
     */
    public double loss(double[][] outputs) {
        double sum = 0;
        for (int sample = 0; sample < labels.length; sample++) {
            sum += loss.value(outputs[sample], labels[sample]);
        }
        return sum;
    }

    private double[] integrate(double[] state, double from, double to) {
        double scale = Math.max(
                Arrays.stream(state).map(Math::abs).max().orElseThrow(),
                Arrays.stream(flat(labels)).map(Math::abs).max().orElseThrow());
        double absolute = RELATIVE_TOLERANCE * (scale == 0 ? 1 : scale);
        return new DormandPrince853Integrator(SMALLEST_STEP * (to - from), to - from, absolute, RELATIVE_TOLERANCE)
                .integrate(new Equation(), new ODEState(from, state), to)
                .getPrimaryState();
    }

    private double[] flat(double[][] samples) {
        if (samples.length != labels.length) {
            throw new IllegalArgumentException(
                    "outputs must have " + labels.length + " samples, got " + samples.length);
        }
        double[] flat = new double[labels.length * outputs()];
        for (int sample = 0; sample < samples.length; sample++) {
            KernelMatrix.requireLength("the output of sample " + sample, samples[sample], outputs());
            System.arraycopy(samples[sample], 0, flat, sample * outputs(), outputs());
        }
        return flat;
    }

    private double[][] samples(double[] flat) {
        double[][] samples = new double[labels.length][];
        for (int sample = 0; sample < samples.length; sample++) {
            samples[sample] = Arrays.copyOfRange(flat, sample * outputs(), (sample + 1) * outputs());
        }
        return samples;
    }

    /** Theta_0 times the gradients, by output where the kernel does not mix them. */
    private double[] pull(double[][] gradients) {
        if (kernel.getRowDimension() == labels.length * outputs()) {
            return kernel.operate(flat(gradients));
        }
        double[] pull = new double[labels.length * outputs()];
        for (int output = 0; output < outputs(); output++) {
            int column = output;
            double[] moved = kernel.operate(Arrays.stream(gradients)
                    .mapToDouble(gradient -> gradient[column])
                    .toArray());
            for (int sample = 0; sample < moved.length; sample++) {
                pull[sample * outputs() + output] = moved[sample];
            }
        }
        return pull;
    }

    /** Eq. (1). */
    private final class Equation implements OrdinaryDifferentialEquation {
        @Override
        public int getDimension() {
            return labels.length * outputs();
        }

        @Override
        public double[] computeDerivatives(double t, double[] f) {
            double[][] samples = samples(f);
            double[][] gradients = new double[samples.length][];
            for (int sample = 0; sample < samples.length; sample++) {
                gradients[sample] = loss.gradient(samples[sample], labels[sample]);
            }
            return new ArrayRealVector(pull(gradients), false)
                    .mapMultiplyToSelf(-flow.gamma(1, t))
                    .combineToSelf(1, -flow.outputDecay(), new ArrayRealVector(f, false))
                    .toArray();
        }
    }
}
