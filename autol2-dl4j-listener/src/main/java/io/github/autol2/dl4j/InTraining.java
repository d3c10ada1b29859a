package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.validation.HeldOut;
import io.github.autol2.validation.ValidationOptions;
import io.github.autol2.validation.ValidationRule;
import io.github.autol2.validation.ValidationState;
import java.util.List;
import org.nd4j.linalg.dataset.DataSet;

/** A network in training, its next batches, and the best that it was. */
final class InTraining {

    private final Network network;
    private final LabelledExamples training;
    private long batches;
    private ValidationState state;
    private NetworkCopy best;

    InTraining(Network network, LabelledExamples training, double lambda) {
        this.network = network;
        this.training = training;
        this.state = ValidationState.begin(0, lambda, 0);
    }

    Network network() {
        return network;
    }

    /**
     * Trains on the next batch.
     *
     * @return parameter updates so far; with truncated backpropagation a batch makes several
     */
    long step() {
        return step(next());
    }

    /** The next batch, to be trained on by {@link #step(DataSet)}. */
    DataSet next() {
        batches++;
        return training.next(network);
    }

    long step(DataSet batch) {
        network.fit(batch);
        return network.iteration();
    }

    /** Remembers it where this is the best evaluation so far. */
    void watch(ValidationOptions watching, HeldOut now) {
        ValidationRule.Step step = ValidationRule.apply(watching, state, network.iteration(), now);
        if (step.best()) {
            best = NetworkCopy.inPlaceOf(best, network);
        }
        state = step.state();
    }

    /**
     * What was seen of it, where it goes on as the training.
     *
     * @param floor         lambda is never divided below it
     * @param dividesAtHalf whether it is divided down to that at half of the training, also while performance rises
     */
    SavedValidation seen(double floor, boolean dividesAtHalf) {
        return new SavedValidation(state.goOn(network.iteration(), floor, dividesAtHalf), List.of(), best);
    }

    /** Goes on with the batch behind those it has seen: another run may have read from the same iterator, up to another one. */
    void takeOver(InTraining last) {
        if (last.batches != batches) { // one of them broke down
            training.skipTo(batches);
        }
    }
}
