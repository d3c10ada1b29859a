package io.github.autol2.dl4j;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The fraction of places (examples, time steps) in which a SameDiff network is wrong. A place whose weight is 0 does not count. */
final class SameDiffMistakes {

    private SameDiffMistakes() {}

    /**
     * Of a classifier.
     *
     * @param predictions {@code [places, classes]}, the larger the more likely; of a higher rank, too
     * @param labels      of the same shape, or one number of a class for each place
     * @param mask        as {@link #mask} makes it
     * @return NaN if no place counts
     * @throws IllegalStateException if there is a single column
     */
    static double ofClasses(INDArray predictions, INDArray labels, double... mask) {
        int classes = (int) predictions.size(-1);
        if (classes == 1) {
            throw new IllegalStateException("predictions must have a column for each class, got the shape "
                    + Arrays.toString(predictions.shape()));
        }
        int columns = labels.length() == predictions.length() ? classes : 1;
        return TrainingError.wrongFraction(
                TrainingError.values(predictions), classes, TrainingError.values(labels), columns, mask);
    }

    /**
     * Of one sigmoid.
     *
     * @param logits before it, {@code [places, 1]}
     * @param labels 0 or 1
     * @param mask   as {@link #mask} makes it
     * @return NaN if no place counts
     */
    static double ofLogits(INDArray logits, INDArray labels, double... mask) {
        INDArray predicted = logits.gt(0).castTo(DataType.FLOAT);
        return TrainingError.wrongFraction(TrainingError.values(predicted), 1, TrainingError.values(labels), 1, mask);
    }

    /**
     * The weights of a loss by place.
     *
     * @param weights as the loss takes them: one for each place, a single one for all, or an array that broadcasts over the places
     * @param places  the shape of the loss before its mean
     * @return empty if there is a single one for all
     */
    static double[] mask(INDArray weights, long... places) {
        if (weights.length() == Arrays.stream(places).reduce(1, (a, b) -> a * b)) {
            return TrainingError.values(weights).asDouble();
        }
        return weights.length() == 1
                ? TrainingError.NO_MASK
                : TrainingError.values(weights.broadcast(places)).asDouble();
    }
}
