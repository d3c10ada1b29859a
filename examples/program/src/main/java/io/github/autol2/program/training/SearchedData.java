package io.github.autol2.program.training;

import io.github.autol2.program.data.Augmentation;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.data.Portions;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.arbiter.optimize.api.data.DataProvider;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * The examples for an Arbiter search: validation examples choose among its candidates, test examples are not shown to it. All
 * candidates see the same batches in the same order.
 */
@SuppressWarnings("deprecation") // the interface whose data need no public constructor
public final class SearchedData implements DataProvider {

    private static final long serialVersionUID = 1;
    private static final int ROWS_AT_A_TIME = 500;

    private final transient DataSplit data;
    private final int batchSize;
    private final transient Set<Augmentation> augment;
    private final long seed;

    /**
     * @param augment how the training examples are changed
     * @param seed    of the order of the batches and of their augmentation
     */
    public SearchedData(DataSplit data, int batchSize, Set<Augmentation> augment, long seed) {
        this.data = data;
        this.batchSize = batchSize;
        this.augment = augment;
        this.seed = seed;
    }

    @Override
    public Object trainData(Map<String, Object> parameters) {
        return Batches.of(data, batchSize, augment, seed);
    }

    /** The validation examples, in Arbiter's words. */
    @Override
    public Object testData(Map<String, Object> parameters) {
        return parts(data.validation());
    }

    @Override
    public Class<?> getDataType() {
        return DataSetIterator.class;
    }

    /** The fraction of the test examples that the network classifies rightly. */
    public double testAccuracy(Model network) {
        DataSetIterator test = parts(data.test());
        Evaluation evaluation = network instanceof ComputationGraph graph
                ? graph.evaluate(test)
                : ((MultiLayerNetwork) network).evaluate(test);
        return evaluation.accuracy();
    }

    private static DataSetIterator parts(DataSet rows) {
        return new ExistingDataSetIterator(Portions.of(rows, ROWS_AT_A_TIME));
    }
}
