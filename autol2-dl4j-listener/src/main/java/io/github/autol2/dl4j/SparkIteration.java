package io.github.autol2.dl4j;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.OptionalDouble;
import org.deeplearning4j.core.storage.Persistable;

/**
 * What one worker saw of one iteration, on its way to the driver. No record, because Kryo cannot make one. Spark carries the object itself;
 * Deeplearning4j's own encoding is for files, which it never goes to.
 */
final class SparkIteration implements Persistable {

    /** Tells these apart from what other listeners report. */
    static final String TYPE = "AutoL2";

    private static final long serialVersionUID = 1;

    private final String worker;
    private final int position;
    private final double loss;
    private final double penalty;
    private final double error; // NaN where there is none
    private final double etaEff;

    /**
     * @param worker   as Deeplearning4j names it
     * @param position in the worker's part of the split, from 0
     * @param loss     mean per example without penalty
     * @param penalty  beside it
     * @param error    fraction of the batch classified wrongly
     * @param etaEff   of the worker's updater, at least 0
     */
    SparkIteration(String worker, int position, double loss, double penalty, OptionalDouble error, double etaEff) {
        this.worker = worker;
        this.position = position;
        this.loss = loss;
        this.penalty = penalty;
        this.error = error.orElse(Double.NaN);
        this.etaEff = etaEff;
    }

    int position() {
        return position;
    }

    /** The loss without penalty. */
    double loss() {
        return loss;
    }

    double penalty() {
        return penalty;
    }

    /** NaN where there is none. */
    double error() {
        return error;
    }

    double etaEff() {
        return etaEff;
    }

    @Override
    public String getSessionID() {
        return TYPE;
    }

    @Override
    public String getTypeID() {
        return TYPE;
    }

    @Override
    public String getWorkerID() {
        return worker;
    }

    @Override
    public long getTimeStamp() {
        return position;
    }

    @Override
    public int encodingLengthBytes() {
        throw notForFiles();
    }

    @Override
    public byte[] encode() {
        throw notForFiles();
    }

    @Override
    public void encode(ByteBuffer buffer) {
        throw notForFiles();
    }

    @Override
    public void encode(OutputStream stream) {
        throw notForFiles();
    }

    @Override
    public void decode(byte[] encoded) {
        throw notForFiles();
    }

    @Override
    public void decode(ByteBuffer buffer) {
        throw notForFiles();
    }

    @Override
    public void decode(InputStream stream) {
        throw notForFiles();
    }

    private static UnsupportedOperationException notForFiles() {
        return new UnsupportedOperationException("what a worker saw goes to the driver and to no file");
    }
}
