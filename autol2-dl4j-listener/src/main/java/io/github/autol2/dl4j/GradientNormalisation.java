package io.github.autol2.dl4j;

import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.gradient.Gradient;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a layer's gradient normalisation, such as clipping, makes of a gradient before the penalty is added and the updater sees it.
 *
 * @param factor that each element is multiplied by
 * @param limit  of an element's size; infinite if there is none
 */
record GradientNormalisation(double factor, double limit) {

    /**
     * Of one array of a layer.
     *
     * @param prefix   of the names of the layer's gradients
     * @param name     of the array
     * @param examples that the gradients are divided by first
     */
    static GradientNormalisation of(Trainable layer, Gradient gradient, String prefix, String name, double examples) {
        GradientNormalization kind = layer.getConfig().getGradientNormalization();
        if (kind == null || kind == GradientNormalization.None) {
            return new GradientNormalisation(1, Double.POSITIVE_INFINITY);
        }
        double threshold = layer.getConfig().getGradientNormalizationThreshold();
        return switch (kind) {
            case ClipElementWiseAbsoluteValue -> new GradientNormalisation(1, threshold);
            case RenormalizeL2PerLayer -> to(1, layerNorm(layer, gradient, prefix) / examples);
            case RenormalizeL2PerParamType -> to(1, norm(gradient, prefix, name) / examples);
            case ClipL2PerLayer -> atMost(threshold, layerNorm(layer, gradient, prefix) / examples);
            case ClipL2PerParamType -> atMost(threshold, norm(gradient, prefix, name) / examples);
            default -> throw new IllegalStateException("gradient normalisation " + kind + " is not known");
        };
    }

    private static GradientNormalisation to(double wanted, double norm) {
        return new GradientNormalisation(norm > 0 ? wanted / norm : 1, Double.POSITIVE_INFINITY);
    }

    private static GradientNormalisation atMost(double threshold, double norm) {
        return norm > threshold ? to(threshold, norm) : to(1, 1);
    }

    /** One element, already divided by the examples. */
    double of(double element) {
        return Math.max(-limit, Math.min(limit, factor * element));
    }

    private static double layerNorm(Trainable layer, Gradient gradient, String prefix) {
        double square = 0;
        for (String name : layer.paramTable(true).keySet()) {
            square += Math.pow(norm(gradient, prefix, name), 2);
        }
        return Math.sqrt(square);
    }

    private static double norm(Gradient gradient, String prefix, String name) {
        INDArray array = gradient.getGradientFor(prefix + "_" + name);
        return array == null ? 0 : array.norm2Number().doubleValue();
    }
}
