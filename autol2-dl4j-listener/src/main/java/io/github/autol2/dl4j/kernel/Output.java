package io.github.autol2.dl4j.kernel;

/** Which function of the parameters is called f. */
public enum Output {

    /** What {@code network.output} returns: for losses on the activations, such as the mean squared error of an identity. */
    ACTIVATIONS,

    /**
     * What goes into the output layer's activation function, its logits: for softmax with cross-entropy, which counts as one loss of those.
     */
    LOGITS
}
