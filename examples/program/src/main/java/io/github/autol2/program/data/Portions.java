package io.github.autol2.program.data;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Examples in equal portions and their order. {@code DataSet.batchBy} makes an array of each example first, which takes minutes for a
 * million of them.
 */
public final class Portions {

    private Portions() {}

    /**
     * Divides examples.
     *
     * @param examples features and labels of shape {@code [examples, columns]}; may have no rows
     * @param size     examples in a batch, at least 1; the last one may have fewer
     * @return copies
     */
    public static List<DataSet> of(DataSet examples, int size) {
        List<DataSet> batches = new ArrayList<>();
        int count = examples.numExamples();
        for (int from = 0; from < count; from += size) {
            int to = (int) Math.min(count, (long) from + size);
            batches.add(new DataSet(rows(examples.getFeatures(), from, to), rows(examples.getLabels(), from, to)));
        }
        return batches;
    }

    /** A copy of some rows of a matrix, the first inclusive, the last exclusive. */
    static INDArray rows(INDArray matrix, long from, long to) {
        return matrix.get(NDArrayIndex.interval(from, to), NDArrayIndex.all()).dup('c');
    }
}
