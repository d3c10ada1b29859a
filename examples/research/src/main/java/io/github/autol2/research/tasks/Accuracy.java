package io.github.autol2.research.tasks;

import io.github.autol2.dl4j.network.Network;
import java.util.List;
import org.nd4j.linalg.dataset.DataSet;

/** The fraction of examples that a network classifies rightly. */
final class Accuracy {

    static final int ROWS_AT_A_TIME = 500;

    private final List<DataSet> parts;
    private final List<int[]> labels;
    private final int examples;

    Accuracy(DataSet data) {
        parts = data.batchBy(ROWS_AT_A_TIME);
        labels = parts.stream()
                .map(part -> part.getLabels().argMax(1).toIntVector())
                .toList();
        examples = data.numExamples();
    }

    double of(Network network) {
        int right = 0;
        for (int i = 0; i < parts.size(); i++) {
            int[] predicted =
                    network.output(parts.get(i).getFeatures()).argMax(1).toIntVector();
            for (int row = 0; row < predicted.length; row++) {
                right += predicted[row] == labels.get(i)[row] ? 1 : 0;
            }
        }
        return (double) right / examples;
    }
}
