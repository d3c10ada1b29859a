package io.github.autol2.dl4j.network;

import org.deeplearning4j.nn.conf.BackpropType;
import org.nd4j.linalg.dataset.DataSet;

/** The parts of sequences that truncated backpropagation makes a parameter update of each. */
final class Segments {

    private Segments() {}

    /** As Deeplearning4j counts them; a whole batch without truncated backpropagation. */
    static long of(DataSet batch, BackpropType backpropagation, int length) {
        boolean truncated = backpropagation == BackpropType.TruncatedBPTT
                && length > 0
                && batch.getFeatures().rank() == 3;
        return truncated ? (batch.getFeatures().size(2) + length - 1) / length : 1;
    }
}
