package io.github.autol2.research.harm;

import java.util.function.LongFunction;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * A network that was trained on other data before, and is tuned to new ones.
 *
 * @param layers     its layers
 * @param earlier    the data of its first training, by seed; inputs and outputs are those of the later ones
 * @param batch      examples in a batch of them
 * @param iterations of its first training
 */
record HarmSecondStage(HarmNetwork layers, LongFunction<HarmData> earlier, int batch, int iterations)
        implements HarmNetwork {

    @Override
    public MultiLayerConfiguration add(NeuralNetConfiguration.Builder builder, int inputs, int outputs) {
        return layers.add(builder, inputs, outputs);
    }

    @Override
    public MultiLayerNetwork network(NeuralNetConfiguration.Builder builder, int inputs, int outputs, long seed) {
        MultiLayerNetwork network = layers.network(builder, inputs, outputs, seed);
        new HarmBatches(earlier.apply(seed).train(), batch, seed).fit(network, iterations, done -> {});
        return network;
    }

    @Override
    public boolean classifies() {
        return layers.classifies();
    }
}
