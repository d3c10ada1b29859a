package io.github.autol2.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * The mean gain before the first update, from the size of the first gradients. Arrays whose first gradients are all 0 (behind weights that
 * begin at 0) say nothing yet and count with the gain of the others' mean gradient. Of the others, none has more than ten times that gain.
 * Not thread-safe.
 */
final class FirstGain {

    /** An array with the gain that it will have. */
    private record Expected(INDArray values, double ratio, double gain) {}

    private final MeanGain mean = new MeanGain();
    private final List<Expected> adaptive = new ArrayList<>();
    private final List<Expected> silent = new ArrayList<>();

    /**
     * Adds an array of weights. One whose updater is not known here does not count.
     *
     * @param ratio of their coefficient to lambda
     * @param norm  of the loss's gradient for them; NaN if there is none
     */
    void add(INDArray values, double ratio, IUpdater updater, double norm, int iteration, int epoch) {
        OptionalDouble constant = UpdaterGain.constant(updater, iteration, epoch);
        if (constant.isPresent()) {
            mean.add(values, ratio, index -> constant.getAsDouble());
        } else if (norm > 0) {
            UpdaterGain.expected(updater, norm / Math.sqrt((double) values.length()), iteration, epoch)
                    .ifPresent(gain -> adaptive.add(new Expected(values, ratio, gain)));
        } else if (norm == 0) {
            silent.add(new Expected(values, ratio, Double.NaN));
        }
    }

    /** 0 if nothing is known, or nothing moves. To be asked for once. */
    double value() {
        double count = 0;
        double inverses = 0;
        for (Expected expected : adaptive) {
            count += expected.values().length();
            inverses += expected.values().length() / expected.gain();
        }
        double ofMeanGradient = count / inverses;
        double bound = MeanGain.LARGEST * ofMeanGradient;
        silent.forEach(array -> mean.add(array.values(), array.ratio(), index -> ofMeanGradient));
        adaptive.forEach(array -> mean.add(array.values(), array.ratio(), index -> Math.min(bound, array.gain())));
        return mean.value();
    }
}
