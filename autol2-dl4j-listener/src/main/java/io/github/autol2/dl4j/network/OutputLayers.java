package io.github.autol2.dl4j.network;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;

/** What a network says of its output layers, made safe. */
final class OutputLayers {

    private OutputLayers() {}

    /**
     * The layer that computes the loss, out of its wrapper.
     *
     * @throws IllegalStateException if the layer has no loss
     */
    static IOutputLayer withLoss(Layer layer) {
        Layer inner = layer instanceof FrozenLayerWithBackprop frozen ? frozen.getInsideLayer() : layer;
        if (inner instanceof IOutputLayer output) {
            return output;
        }
        throw new IllegalStateException("the network ends in "
                + inner.getClass().getSimpleName() + ", which has no loss: AutoL2 needs an output or loss layer");
    }

    /** NaN for the null that Deeplearning4j gives where an updater has no learning rate. */
    static double orNaN(Double learningRate) {
        return learningRate == null ? Double.NaN : learningRate;
    }
}
