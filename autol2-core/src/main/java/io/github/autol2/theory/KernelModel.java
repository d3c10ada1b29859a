package io.github.autol2.theory;

import io.github.autol2.numbers.Check;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * A network as its kernel sees it: the eigenvectors of the initial neural tangent kernel on the training set, the labels and the initial
 * outputs. From it follow the {@link Spectrum} and the predictions on any input. Several outputs per sample are stacked into one vector
 * {@code [samples * outputs]}, with the kernel {@code [samples * outputs, samples * outputs]}. Immutable and thread-safe.
 */
public final class KernelModel {

    private final RealVector eigenvalues;
    private final RealMatrix eigenvectors;
    private final RealVector initial;
    private final RealVector labels;

    private KernelModel(RealVector eigenvalues, RealMatrix eigenvectors, RealVector initial, RealVector labels) {
        this.eigenvalues = eigenvalues;
        this.eigenvectors = eigenvectors;
        this.initial = initial;
        this.labels = labels;
    }

    /**
     * A kernel in its eigenvectors, and the outputs at time 0. Immutable and thread-safe.
     *
     * <pre>{@code
     * KernelModel model = KernelModel.of(kernel).initial(outputs).labels(labels);
     * }</pre>
     */
    public static final class Decomposed {
        private final RealVector eigenvalues;
        private final RealMatrix eigenvectors;
        private final double[] initial;

        private Decomposed(RealVector eigenvalues, RealMatrix eigenvectors, double[] initial) {
            this.eigenvalues = eigenvalues;
            this.eigenvectors = eigenvectors;
            this.initial = initial;
        }

        /**
         * {@return the same with other outputs at time 0, which are 0 by default}
         *
         * @param outputs {@code [n]}
         */
        public Decomposed initial(double[] outputs) {
            KernelMatrix.requireLength("initial", outputs, eigenvalues.getDimension());
            return new Decomposed(eigenvalues, eigenvectors, outputs.clone());
        }

        /**
         * {@return the network that is trained on these labels}
         *
         * @param labels {@code [n]}
         */
        public KernelModel labels(double[] labels) {
            KernelMatrix.requireLength("labels", labels, eigenvalues.getDimension());
            return new KernelModel(
                    eigenvalues,
                    eigenvectors,
                    eigenvectors.operate(new ArrayRealVector(initial)),
                    eigenvectors.operate(new ArrayRealVector(labels)));
        }
    }

    /**
     * Decomposes the kernel.
     *
     * @param kernel {@code [n, n]}, symmetric up to {@value KernelMatrix#ROUNDING} of its largest entry, positive semi-definite up to
     *               the same part of its largest eigenvalue; negative eigenvalues within that are set to 0
     * @return its eigenvalues and eigenvectors, which the outputs at time 0 and the labels make a model
     */
    public static Decomposed of(double[][] kernel) {
        RealMatrix matrix = KernelMatrix.checked(kernel);
        EigenDecompositionSymmetric decomposition = new EigenDecompositionSymmetric(matrix);
        RealVector eigenvalues = KernelMatrix.withoutRounding(decomposition.getEigenvalues());
        return new Decomposed(eigenvalues, decomposition.getVT(), new double[kernel.length]);
    }

    /** {@return the eigenvalues, largest first} */
    public double[] eigenvalues() {
        return eigenvalues.toArray();
    }

    /** {@return the modes, in the order of the eigenvalues} */
    public List<Mode> modes() {
        List<Mode> modes = new ArrayList<>();
        for (int i = 0; i < eigenvalues.getDimension(); i++) {
            modes.add(new Mode(eigenvalues.getEntry(i), initial.getEntry(i), labels.getEntry(i)));
        }
        return modes;
    }

    /**
     * {@return the modes under a flow}
     *
     * @param flow the degree of homogeneity k, and lambda
     */
    public Spectrum spectrum(Flow flow) {
        return new Spectrum(flow, modes());
    }

    /**
     * {@return the outputs on the training set at time t, {@code [n]}}
     *
     * @param flow the degree of homogeneity k, and lambda
     * @param t flow time, at least 0
     */
    public double[] outputs(Flow flow, double t) {
        return eigenvectors.preMultiply(spectrum(flow).outputs(t));
    }

    /**
     * The outputs at time t on other inputs: {@code f_t(x) = exp(-k lambda t) f_0(x) + Theta_0(x, X) sum_a e_a (f_a(t) - exp(-k lambda
     * t) f_a(0)) / gamma_a}.
     *
     * <p>The quotients are computed without their cancellation. Eigenvectors of eigenvalue 0 are left out, because Theta_0(x, X) has no
     * component along them.
     *
     * @param flow the degree of homogeneity k, and lambda
     * @param t       at least 0
     * @param cross   {@code [m, n]}, the initial kernel between the other inputs and the training set
     * @param initial {@code [m]}, the initial outputs on the other inputs
     * @return {@code [m]}
     */
    public double[] predict(Flow flow, double t, double[][] cross, double[] initial) {
        Check.notNegative("t", t);
        KernelMatrix.requireLength("initial", initial, cross.length);
        double kept = Math.exp(-flow.outputDecay() * t);
        double[] quotients = new double[eigenvalues.getDimension()];
        for (int i = 0; i < quotients.length; i++) {
            double gamma = eigenvalues.getEntry(i);
            if (gamma > 0) {
                Propagator propagator = new Propagator(flow, gamma);
                quotients[i] = this.initial.getEntry(i) * kept * Math.expm1(-propagator.kernelTime(t)) / gamma
                        + labels.getEntry(i) * propagator.learntPerGamma(t);
            }
        }
        return combined(cross, initial, kept, quotients);
    }

    /**
     * Kernel ridge regression {@code Theta(x, X) (Theta + lambda I)^-1 Y}: the limit of {@link #predict} for k = 1 and t to infinity,
     * whatever the initial outputs were.
     *
     * @param lambda greater than 0
     * @param cross  {@code [m, n]}, as for {@link #predict}
     * @return {@code [m]}
     */
    public double[] ridgeRegression(double lambda, double[][] cross) {
        Check.positive("lambda", lambda);
        double[] quotients = new double[eigenvalues.getDimension()];
        for (int i = 0; i < quotients.length; i++) {
            quotients[i] = labels.getEntry(i) / (eigenvalues.getEntry(i) + lambda);
        }
        return combined(cross, new double[cross.length], 0, quotients);
    }

    private double[] combined(double[][] cross, double[] initial, double kept, double[] quotients) {
        for (int row = 0; row < cross.length; row++) {
            KernelMatrix.requireLength(
                    "row " + row + " of the kernel to the training set", cross[row], quotients.length);
        }
        if (cross.length == 0) {
            return new double[0];
        }
        RealVector learnt =
                MatrixUtils.createRealMatrix(cross).operate(new ArrayRealVector(eigenvectors.preMultiply(quotients)));
        return new ArrayRealVector(initial).mapMultiplyToSelf(kept).add(learnt).toArray();
    }
}
