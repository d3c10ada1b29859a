package io.github.autol2.program.training;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * The batches of a run, epoch after epoch without an end. Augmented ones are made ahead of training by a thread of their own, which
 * changes nothing in them; plain ones are made when they are asked for, which costs a copy of some rows. Not thread-safe.
 */
public final class TrainingBatches implements AutoCloseable {

    private static final int AHEAD = 4;

    private final DataSetIterator batches;
    private long nanosWaited;
    private int epoch; // passes that were over before the last batch

    /**
     * @param ahead whether batches may be made before they are asked for
     */
    TrainingBatches(Batches batches, boolean ahead) {
        this.batches = ahead && batches.asyncSupported() ? new AsyncDataSetIterator(batches, AHEAD, false) : batches;
    }

    /**
     * The batches of a run.
     *
     * @param seed of the order and of the augmentation
     */
    public static TrainingBatches of(RunSettings settings, DataSplit data, long seed) {
        return new TrainingBatches(
                Batches.of(data, settings.train().batchSize(), settings.data().augment(), seed), true);
    }

    /**
     * The same as an iterator whose passes end.
     *
     * @param seed of the order and of the augmentation
     */
    public static DataSetIterator iterator(RunSettings settings, DataSplit data, long seed) {
        return Batches.of(data, settings.train().batchSize(), settings.data().augment(), seed);
    }

    /**
     * Passes over batches that an earlier part of the run has trained on.
     *
     * @param count at least 0
     */
    void skip(long count) {
        for (long i = 0; i < count; i++) {
            if (batches instanceof Batches plain) {
                if (!plain.hasNext()) {
                    plain.reset();
                    epoch++;
                }
                plain.skip();
            } else {
                next();
            }
        }
    }

    /** The next batch of this epoch, or the first of a new one. */
    public DataSet next() {
        long start = System.nanoTime();
        epoch += batches.hasNext() ? 0 : 1;
        while (!batches.hasNext()) { // asked again after a reset: ND4J's iterator gives nothing without being asked
            batches.reset();
        }
        DataSet batch = batches.next();
        nanosWaited += System.nanoTime() - start;
        return batch;
    }

    /** Trains a network on the next batch; a pass that is over counts in it. */
    void fitNext(Network network) {
        DataSet batch = next();
        if (network.epoch() < epoch) {
            network.countEpoch();
        }
        network.fit(batch);
    }

    /** How long {@link #next} has taken, all together. */
    public double secondsWaited() {
        return nanosWaited / 1e9;
    }

    /** Ends the thread. */
    @Override
    public void close() {
        if (batches instanceof AsyncDataSetIterator thread) {
            thread.shutdown();
        }
    }
}
