package io.github.autol2.dl4j;

import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The mean of the {@link UpdaterGain} of weights, each counted with its square, because large weights make the norm: the sum of
 * ratio^2 w^2 gain over that of ratio w^2. Of each array up to about {@value #MOST} weights are read, evenly spread. Not thread-safe.
 */
final class MeanGain {

    /** Weights read of each array: enough for a few percent, few enough to cost nothing. */
    private static final int MOST = 1024;

    /** No weight counts with more than this many times the gain of the mean gradient. */
    static final double LARGEST = 10;

    private double shrunk;
    private double squares;

    /** From one weight of an array that is read to the next. */
    static long stride(INDArray values) {
        return values.length() <= MOST ? 1 : values.length() / MOST | 1; // odd, so as not to walk along a column
    }

    /** No gain is more than ten times the harmonic mean of all: that of the mean gradient. */
    static UpdaterGain bounded(UpdaterGain gain, INDArray values) {
        double inverses = 0;
        int count = 0;
        for (long i = 0; i < values.length(); i += stride(values)) {
            inverses += 1 / gain.at(i);
            count++;
        }
        double bound = LARGEST * count / inverses;
        return index -> Math.min(bound, gain.at(index));
    }

    /**
     * Adds an array of weights.
     *
     * @param ratio of their coefficient to lambda
     */
    void add(INDArray values, double ratio, UpdaterGain gain) {
        DataBuffer buffer = values.data();
        long stride = stride(values);
        for (long i = 0; i < values.length(); i += stride) {
            double w = buffer.getDouble(i);
            double square = ratio * w * w * stride;
            squares += square;
            shrunk += square * ratio * gain.at(i);
        }
    }

    /** 0 if nothing is known, or nothing moves. */
    double value() {
        double value = shrunk / squares;
        return Double.isFinite(value) ? value : 0;
    }
}
