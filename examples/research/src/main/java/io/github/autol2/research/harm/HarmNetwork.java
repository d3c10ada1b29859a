package io.github.autol2.research.harm;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** The layers of a program, from the inputs to the loss. */
sealed interface HarmNetwork permits HarmLayers, HarmConvolutions, HarmRecurrence, HarmSecondStage {

    /**
     * Adds them to what the program has set so far.
     *
     * @param inputs  numbers of an example; of a sequence, numbers at each time
     * @param outputs classes or targets
     */
    MultiLayerConfiguration add(NeuralNetConfiguration.Builder builder, int inputs, int outputs);

    /**
     * The network before the training that is judged.
     *
     * @param seed of what it may have learned before
     */
    default MultiLayerNetwork network(NeuralNetConfiguration.Builder builder, int inputs, int outputs, long seed) {
        MultiLayerNetwork network = new MultiLayerNetwork(add(builder, inputs, outputs));
        network.init();
        return network;
    }

    /** Whether one of several classes is right, which a softmax tells; otherwise outputs are held against numbers. */
    boolean classifies();
}
