package io.github.autol2.dl4j;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * What all labels of some examples are like. They are classes where each place, an example, a step or a pixel, has a single one: one-hot, or a
 * single column of zeros and ones. Probabilities that add up to 1 are classes only for a network that takes such; elsewhere they may be
 * shares that a regression is about, as other numbers are.
 */
final class Labels {

    private static final double TOLERANCE = 1e-3;

    private final ClassAxis axis;
    private final Map<Integer, Integer> places = new HashMap<>(); // of each class, without masked ones
    private boolean oneEach = true;
    private boolean exact = true;
    private boolean flat = true;

    /**
     * @param axis where the network has its classes
     */
    Labels(ClassAxis axis) {
        this.axis = axis;
    }

    void add(DataSet batch) {
        INDArray labels = axis.toSecond(batch.getLabels());
        INDArray mask = batch.getLabelsMaskArray();
        flat = flat && batch.getLabels().rank() <= 2;
        exact = exact && Transforms.or(labels.eq(0), labels.eq(1)).all();
        oneEach = oneEach && hasOneClassEach(labels, mask != null);
        if (oneEach) {
            int[] classes = classes(labels);
            float[] weights = weights(mask, classes.length, batch.numExamples());
            for (int i = 0; i < classes.length; i++) {
                if (weights[i] != 0) {
                    places.merge(classes[i], 1, Integer::sum);
                }
            }
        }
    }

    /** Where a mask may leave out a place, its label may also be 0. */
    private static boolean hasOneClassEach(INDArray labels, boolean masked) {
        boolean between0And1 =
                labels.minNumber().doubleValue() >= 0 && labels.maxNumber().doubleValue() <= 1;
        INDArray sums = isColumn(labels) ? labels : labels.sum(1);
        INDArray near0 = Transforms.abs(sums).lt(TOLERANCE);
        INDArray near1 = Transforms.abs(sums.sub(1)).lt(TOLERANCE);
        boolean zeroAllowed = isColumn(labels) || masked;
        return between0And1 && (zeroAllowed ? Transforms.or(near0, near1) : near1).all();
    }

    private static boolean isColumn(INDArray array) {
        return array.rank() < 2 || array.size(1) == 1;
    }

    /**
     * The class of each place, as Deeplearning4j's Evaluation reads it.
     *
     * @param array labels or outputs, with the classes in the second dimension
     */
    static int[] classes(INDArray array) {
        INDArray classes = isColumn(array) ? array.gt(0.5).castTo(DataType.INT32) : array.argMax(1);
        return classes.dup('c').data().asInt();
    }

    /**
     * The weight of each place.
     *
     * @param mask of places or of examples; null: all count
     */
    static float[] weights(INDArray mask, int places, int examples) {
        float[] weights = new float[places];
        if (mask == null) {
            Arrays.fill(weights, 1);
            return weights;
        }
        float[] given = mask.dup('c').data().asFloat();
        for (int i = 0; i < places; i++) {
            weights[i] = given[given.length == places ? i : i / (places / examples)];
        }
        return weights;
    }

    /**
     * Whether accuracy judges; otherwise they are a quantity.
     *
     * @param probabilities whether the network takes such
     */
    boolean areClasses(boolean probabilities) {
        return oneEach && (exact || probabilities);
    }

    /** Whether they have no steps and no pixels, so that all networks have their classes in the same place. */
    boolean areFlat() {
        return flat;
    }

    /**
     * A network that always says the same is right with a single one.
     *
     * @param name          of the data
     * @param probabilities whether the network takes such
     */
    void requireTwoClasses(String name, boolean probabilities) {
        if (areClasses(probabilities) && places.size() < 2) {
            throw new IllegalArgumentException("the " + name + " data must hold examples of at least 2 classes, got "
                    + places.size() + (places.isEmpty() ? "" : ": shuffle the data before a part is held out"));
        }
    }

    /** How many places count; of classes. */
    int count() {
        return places.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The share of the most frequent class; needs one. */
    double chance() {
        return (double) Collections.max(places.values()) / count();
    }
}
