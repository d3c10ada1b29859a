package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.Network;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.dataset.DataSet;

/** How well a network fits its last training batches, by what it makes of them before it is trained on them. */
final class TrainingFit {

    /** About as many are enough to tell 0.95 from 1. */
    private static final int EXAMPLES = 1000;

    /** So late that what they show is not the learning: in the last fourth of the run. */
    private static final int PARTS = 4;

    private final Network network;
    private final boolean classify;
    private final long end;
    private final Map<Integer, Double> weights = new HashMap<>(); // of the places of each class
    private double all;
    private double right;

    /**
     * @param classify whether there is an accuracy
     * @param end      of the run, in iterations
     */
    TrainingFit(Network network, boolean classify, long end) {
        this.network = network;
        this.classify = classify;
        this.end = end;
    }

    /** A batch that the network is about to be trained on. */
    void see(DataSet batch, long iteration) {
        if (classify && isNearTheEnd(batch, end - iteration)) {
            add(batch);
        }
    }

    private boolean isNearTheEnd(DataSet batch, long toGo) {
        long updates = network.updates(batch);
        return toGo <= updates || (toGo * PARTS <= end && toGo * batch.numExamples() <= EXAMPLES * updates);
    }

    private void add(DataSet batch) {
        ClassAxis axis = ClassAxis.of(network);
        int[] actual = Labels.classes(axis.toSecond(batch.getLabels()));
        int[] predicted = Labels.classes(axis.toSecond(network.output(batch)));
        float[] weight = Labels.weights(batch.getLabelsMaskArray(), actual.length, batch.numExamples());
        for (int i = 0; i < actual.length; i++) {
            all += weight[i];
            right += actual[i] == predicted[i] ? weight[i] : 0;
            weights.merge(actual[i], (double) weight[i], Double::sum);
        }
    }

    /** 1 - (share that it has wrong) / (share that the most frequent class has wrong); NaN where nothing tells. */
    double value() {
        double others =
                all - weights.values().stream().mapToDouble(one -> one).max().orElse(0);
        return others == 0 ? Double.NaN : 1 - (all - right) / others;
    }
}
