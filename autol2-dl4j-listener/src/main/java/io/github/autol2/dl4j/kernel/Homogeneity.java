package io.github.autol2.dl4j.kernel;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How a network's outputs grow with the scale of its parameters: {@code f(alpha theta) = alpha^k f(theta)} for all alpha > 0 is what the
 * theory asks for (arXiv:2006.08643v2, section 4). A network of L layers without biases and with ReLU or identity activations has k = L;
 * other activations break it, as do biases other than 0 above the first layer. (Biases that Deeplearning4j does not penalise break the
 * theory in any layer.)
 *
 * @param k         the degree that fits best
 * @param deviation the largest {@code |f(alpha theta) - alpha^k f(theta)|} over {@code alpha^k |f(theta)|} (norms over all samples and
 *                  outputs) for alpha = 1/2, 3/4, 3/2 and 2, at least 0; rounding for a homogeneous network
 */
public record Homogeneity(double k, double deviation) {

    private static final double[] SCALES = {0.5, 0.75, 1.5, 2};

    /**
     * {@return whether the deviation is at most this}
     *
     * @param tolerance finite, at least 0
     */
    public boolean isWithin(double tolerance) {
        return deviation <= tolerance;
    }

    /**
     * Estimates k at the network's current parameters by scaling a copy of them, with batches normalised as in training.
     *
     * @param network  an initialised feed-forward network
     * @param output   which f
     * @param features a batch at which not all outputs are 0
     * @return k and how far the outputs are from any power
     * @throws IllegalArgumentException if they are all 0, or not finite
     */
    public static Homogeneity of(MultiLayerNetwork network, Output output, INDArray features) {
        MultiLayerNetwork copy = PlainCopy.of(network, output);
        INDArray theta = copy.params().dup();
        INDArray batch = features.castTo(DataType.DOUBLE);
        INDArray f = outputs(copy, theta, 1, batch);
        double norm = f.norm2Number().doubleValue();
        if (!(norm > 0 && Double.isFinite(norm))) {
            throw new IllegalArgumentException(
                    "the outputs must be finite and not all 0 to tell their degree, got the norm " + norm);
        }
        // Least squares of ln |f(alpha theta)|/|f(theta)| over ln alpha, through the origin.
        INDArray[] scaled = new INDArray[SCALES.length];
        double products = 0;
        double squares = 0;
        for (int i = 0; i < SCALES.length; i++) {
            scaled[i] = outputs(copy, theta, SCALES[i], batch);
            double x = Math.log(SCALES[i]);
            products += x * Math.log(scaled[i].norm2Number().doubleValue() / norm);
            squares += x * x;
        }
        double k = products / squares;
        double deviation = 0;
        for (int i = 0; i < SCALES.length; i++) {
            double factor = Math.pow(SCALES[i], k);
            deviation = Math.max(
                    deviation, scaled[i].sub(f.mul(factor)).norm2Number().doubleValue() / (factor * norm));
        }
        return new Homogeneity(k, deviation);
    }

    private static INDArray outputs(MultiLayerNetwork network, INDArray theta, double scale, INDArray features) {
        network.setParams(theta.mul(scale));
        return network.output(features, true);
    }
}
