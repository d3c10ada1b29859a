package io.github.autol2.dl4j.network;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * A network in training as held-out data see it: what it makes of examples, and the arrays that training changes. It is a view without a
 * state of its own, and as thread-safe as the network, which is not.
 */
public interface JudgedNetwork {

    /**
     * What a network makes of a batch, outside of training.
     *
     * @param losses the loss of each example without any penalty: as many numbers as there are examples
     * @param output what classes are read from, {@code [minibatch, classes]} or with further dimensions as Deeplearning4j has them; empty
     *               where the network does not tell
     */
    record Judgement(INDArray losses, Optional<INDArray> output) {}

    /**
     * {@return what it makes of a batch}
     *
     * @param batch at least one example
     */
    Judgement judge(DataSet batch);

    /** {@return whether it has one input and one output, so that a {@code DataSet} is a batch of it} */
    boolean takesDataSets();

    /** {@return all that training changes, in the same order each time; live: a change acts on the network} */
    List<INDArray> parameters();

    /**
     * {@return what the updater remembers, in the same order each time; empty where it remembers nothing, or before the first update; live}
     */
    List<INDArray> updaterState();
}
