package io.github.autol2.dl4j;

import io.github.autol2.numbers.Check;
import java.util.function.LongPredicate;

/**
 * What one pass over training data holds.
 *
 * @param batches  at least 1
 * @param examples at least 1
 */
record TrainingPass(long batches, long examples) {

    TrainingPass {
        Check.atLeastOne("batches", batches);
        Check.atLeastOne("examples", examples);
    }

    /**
     * Which batches to look at for about so many examples. They lie evenly over the pass, because its order may be that of the targets, of
     * the classes or of time.
     *
     * @param wanted at least 1
     * @return for the number of a batch in the pass, from 0, whether it is among them
     */
    LongPredicate evenly(long wanted) {
        long some = Math.min(batches, (batches * wanted + examples - 1) / examples);
        return batch -> (batch + 1) * some / batches > batch * some / batches;
    }
}
