package io.github.autol2.research.harm;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;

/** The layers of a program, from the inputs to the loss. */
sealed interface HarmNetwork permits HarmLayers, HarmConvolutions, HarmRecurrence {

    /**
     * Adds them to what the program has set so far.
     *
     * @param inputs  numbers of an example; of a sequence, numbers at each time
     * @param outputs classes or targets
     */
    MultiLayerConfiguration add(NeuralNetConfiguration.Builder builder, int inputs, int outputs);

    /** Whether the loss is the cross-entropy of a softmax; otherwise it is the squared error. */
    boolean classifies();
}
