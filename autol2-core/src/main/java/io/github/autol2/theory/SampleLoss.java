package io.github.autol2.theory;

/** The loss of one sample as a function of its outputs. */
public interface SampleLoss {

    /** {@code |f - y|^2 / 2}: the loss of the closed forms. */
    SampleLoss SQUARED = new SampleLoss() {
        @Override
        public double value(double[] f, double[] y) {
            double sum = 0;
            for (int i = 0; i < f.length; i++) {
                sum += (f[i] - y[i]) * (f[i] - y[i]) / 2;
            }
            return sum;
        }

        @Override
        public double[] gradient(double[] f, double[] y) {
            double[] gradient = new double[f.length];
            for (int i = 0; i < f.length; i++) {
                gradient[i] = f[i] - y[i];
            }
            return gradient;
        }
    };

    /** {@code -sum_i y_i ln softmax(f)_i}, with labels that are probabilities (one-hot, for example). */
    SampleLoss SOFTMAX_CROSS_ENTROPY = new SampleLoss() {
        @Override
        public double value(double[] f, double[] y) {
            double largest = largest(f);
            double sum = 0;
            for (double logit : f) {
                sum += Math.exp(logit - largest);
            }
            double loss = 0;
            for (int i = 0; i < f.length; i++) {
                loss += y[i] * (largest + Math.log(sum) - f[i]);
            }
            return loss;
        }

        @Override
        public double[] gradient(double[] f, double[] y) {
            double largest = largest(f);
            double[] gradient = new double[f.length];
            double sum = 0;
            double labels = 0;
            for (int i = 0; i < f.length; i++) {
                gradient[i] = Math.exp(f[i] - largest);
                sum += gradient[i];
                labels += y[i];
            }
            for (int i = 0; i < f.length; i++) {
                gradient[i] = gradient[i] / sum * labels - y[i];
            }
            return gradient;
        }

        private double largest(double[] f) {
            double largest = Double.NEGATIVE_INFINITY;
            for (double logit : f) {
                largest = Math.max(largest, logit);
            }
            return largest;
        }
    };

    /**
     * {@return the loss of one sample}
     *
     * @param f {@code [outputs]} of the sample
     * @param y {@code [outputs]}, its label
     */
    double value(double[] f, double[] y);

    /**
     * {@return d value / df, {@code [outputs]}}
     *
     * @param f {@code [outputs]} of the sample
     * @param y {@code [outputs]}, its label
     */
    double[] gradient(double[] f, double[] y);
}
