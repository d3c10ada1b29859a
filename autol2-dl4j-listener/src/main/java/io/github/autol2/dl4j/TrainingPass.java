package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.numbers.Check;
import java.util.function.LongPredicate;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * What one pass of a network over its training data holds.
 *
 * @param batches  at least 1
 * @param examples at least 1
 * @param updates  of the parameters, at least as many as batches: with truncated backpropagation a batch makes several
 */
record TrainingPass(long batches, long examples, long updates) {

    /** The last batch of a pass alone may hold next to nothing. */
    private static final int LEAST_BATCHES = 2;

    TrainingPass {
        Check.atLeastOne("batches", batches);
        Check.atLeastOne("examples", examples);
        Check.atLeastOne("updates", updates);
    }

    /**
     * Counts the rest of a pass, at least one batch.
     *
     * @param budget of the training, in updates: of a pass that is longer, perhaps without an end, no more is read
     * @param before is called before each batch; what it throws ends the count
     * @throws IllegalArgumentException if the pass takes more updates than the budget
     */
    static TrainingPass of(Network network, DataSetIterator rest, long budget, Runnable before) {
        long batches = 0;
        long examples = 0;
        long updates = 0;
        while (rest.hasNext()) {
            before.run();
            DataSet batch = rest.next();
            batches++;
            examples += batch.numExamples();
            updates += network.updates(batch);
            if (updates > budget) {
                throw new IllegalArgumentException(
                        "budget must be at least one epoch, and a pass over the training data takes more than " + budget
                                + " iterations, got " + budget);
            }
        }
        return new TrainingPass(batches, examples, updates);
    }

    /**
     * Which batches to look at for about so many examples. They lie evenly over the pass, because its order may be that of the targets, of
     * the classes or of time.
     *
     * @param wanted at least 1
     * @return for the number of a batch in the pass, from 0, whether it is among them
     */
    LongPredicate evenly(long wanted) {
        long some = Math.min(batches, Math.max(LEAST_BATCHES, (batches * wanted + examples - 1) / examples));
        return batch -> (batch + 1) * some / batches > batch * some / batches;
    }
}
