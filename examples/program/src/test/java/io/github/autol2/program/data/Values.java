package io.github.autol2.program.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.dataset.DataSet;

/** Reads data sets back in plain Java. */
final class Values {

    private Values() {}

    static List<float[]> features(DataSet rows) {
        List<float[]> features = new ArrayList<>();
        for (int i = 0; i < rows.getFeatures().size(0); i++) {
            features.add(rows.getFeatures().getRow(i).toFloatVector());
        }
        return features;
    }

    static List<Integer> labels(DataSet rows) {
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < rows.getLabels().size(0); i++) {
            float[] oneHot = rows.getLabels().getRow(i).toFloatVector();
            int label = 0;
            while (oneHot[label] != 1) {
                label++;
            }
            labels.add(label);
        }
        return labels;
    }

    /** All rows of the three sets, training first. */
    static List<float[]> features(DataSplit split) {
        List<float[]> features = new ArrayList<>();
        for (DataSet rows : List.of(split.training(), split.validation(), split.test())) {
            features.addAll(features(rows));
        }
        return features;
    }

    static List<Integer> labels(DataSplit split) {
        List<Integer> labels = new ArrayList<>();
        for (DataSet rows : List.of(split.training(), split.validation(), split.test())) {
            labels.addAll(labels(rows));
        }
        return labels;
    }

    static boolean same(DataSplit a, DataSplit b) {
        return Arrays.deepEquals(features(a).toArray(), features(b).toArray())
                && labels(a).equals(labels(b));
    }
}
