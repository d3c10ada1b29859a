package io.github.autol2.dl4j;

import java.util.function.Predicate;

/**
 * Which parameters take part in the penalty.
 *
 * @param layers by the layer's name
 * @param biases whether biases do
 * @param scales whether parameters do that only scale: PReLU's slopes, element-wise multiplications, and layers with layer normalisation.
 *               These have one list of penalties for their weights and gains, and the size of their weights does not matter
 */
record Participants(Predicate<String> layers, boolean biases, boolean scales) {

    /** The weights of all layers. */
    static final Participants WEIGHTS = new Participants(name -> true, false, false);
}
