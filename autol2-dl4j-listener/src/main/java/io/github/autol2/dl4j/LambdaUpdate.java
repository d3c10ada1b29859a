package io.github.autol2.dl4j;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.deeplearning4j.core.storage.Persistable;

/**
 * What a {@link LambdaStats} writes into Deeplearning4j's {@code StatsStorage}: a measurement, a division of lambda, or a decision of
 * held-out data. Read it back with {@code storage.getAllUpdatesAfter(session, LambdaStats.TYPE, LambdaStats.WORKER, 0)}. It does not change
 * once it is read.
 */
public final class LambdaUpdate implements Persistable {

    /** What an update tells of. */
    public enum Kind {
        /** Measured values. */
        MEASUREMENT,
        /** lambda was divided; the measured values are those that it was divided by. */
        DIVISION,
        /** Held-out data decided; there are no measured values. Where they divided lambda, there is a {@link #DIVISION} besides. */
        DECISION
    }

    private static final long serialVersionUID = 1;
    private static final int VERSION = 1;
    private static final int LONGEST_TEXT = 2 + 65_535; // DataOutput.writeUTF
    private static final int MOST_BYTES = Integer.BYTES + 2 * Long.BYTES + 5 * Double.BYTES + 3 * LONGEST_TEXT;

    private String session = "";
    private long timestamp;
    private Kind kind = Kind.MEASUREMENT;
    private long iteration;
    private double lambda;
    private double loss;
    private double penalty;
    private double tau;
    private double error;
    private String cause = "";

    /** For Deeplearning4j, which makes one and then decodes what it has stored. */
    public LambdaUpdate() {}

    /**
     * @param timestamp in milliseconds since 1970
     * @param lambda    after a division or a decision, otherwise at the measurement
     * @param values    measured; null if there are none
     * @param cause     empty for a measurement
     */
    LambdaUpdate(
            String session,
            long timestamp,
            Kind kind,
            long iteration,
            double lambda,
            HistoryPoint values,
            String cause) {
        this.session = session;
        this.timestamp = timestamp;
        this.kind = kind;
        this.iteration = iteration;
        this.lambda = lambda;
        this.loss = values == null ? Double.NaN : values.measurement().loss();
        this.penalty = values == null ? Double.NaN : values.measurement().penalty();
        this.tau = values == null ? Double.NaN : LambdaPageHtml.tau(values);
        this.error = values == null ? Double.NaN : values.measurement().error().orElse(Double.NaN);
        this.cause = cause;
    }

    /** {@return what this tells of} */
    public Kind kind() {
        return kind;
    }

    /** {@return the parameter updates before} */
    public long iteration() {
        return iteration;
    }

    /** {@return the coefficient: the new one of a division or a decision, otherwise the one at which was measured} */
    public double lambda() {
        return lambda;
    }

    /** {@return the mean loss per example without penalty; NaN if there is none} */
    public double loss() {
        return loss;
    }

    /** {@return the penalty that the score has beside the loss; NaN if there is none} */
    public double penalty() {
        return penalty;
    }

    /** {@return the time 1/(etaEff lambda) in which lambda acts, in iterations; NaN if it is not known} */
    public double tau() {
        return tau;
    }

    /** {@return the fraction of the training examples classified wrongly, in [0, 1]; NaN if there is none} */
    public double error() {
        return error;
    }

    /** {@return why lambda was divided, or what held-out data decided; empty for a measurement} */
    public String cause() {
        return cause;
    }

    @Override
    public String getSessionID() {
        return session;
    }

    @Override
    public String getTypeID() {
        return LambdaStats.TYPE;
    }

    @Override
    public String getWorkerID() {
        return LambdaStats.WORKER;
    }

    @Override
    public long getTimeStamp() {
        return timestamp;
    }

    @Override
    public int encodingLengthBytes() {
        return encode().length;
    }

    @Override
    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(VERSION);
            out.writeUTF(session);
            out.writeLong(timestamp);
            out.writeUTF(kind.name());
            out.writeLong(iteration);
            for (double value : new double[] {lambda, loss, penalty, tau, error}) {
                out.writeDouble(value);
            }
            out.writeUTF(cause);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not to memory
        }
        return bytes.toByteArray();
    }

    @Override
    public void encode(ByteBuffer buffer) {
        buffer.put(encode());
    }

    @Override
    public void encode(OutputStream stream) throws IOException {
        stream.write(encode());
    }

    /**
     * @throws IllegalArgumentException if these are not the bytes of one such update; this object is then as it was
     */
    @Override
    public void decode(byte[] encoded) {
        if (encoded.length > MOST_BYTES) {
            throw tooLong();
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded))) {
            int version = in.readInt();
            if (version != VERSION) {
                throw new IllegalArgumentException("AutoL2's update must have version 1, got " + version);
            }
            LambdaUpdate read = read(in);
            if (in.available() > 0) {
                throw damaged(in.available() + " bytes too many", null);
            }
            take(read);
        } catch (IOException e) {
            throw damaged(encoded.length + " bytes", e);
        }
    }

    private static LambdaUpdate read(DataInputStream in) throws IOException {
        LambdaUpdate read = new LambdaUpdate();
        read.session = in.readUTF();
        read.timestamp = in.readLong();
        String name = in.readUTF();
        read.kind = Arrays.stream(Kind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> damaged("its kind is none of " + Arrays.toString(Kind.values()), null));
        read.iteration = in.readLong();
        read.lambda = in.readDouble();
        read.loss = in.readDouble();
        read.penalty = in.readDouble();
        read.tau = in.readDouble();
        read.error = in.readDouble();
        read.cause = in.readUTF();
        return read;
    }

    private void take(LambdaUpdate read) {
        session = read.session;
        timestamp = read.timestamp;
        kind = read.kind;
        iteration = read.iteration;
        lambda = read.lambda;
        loss = read.loss;
        penalty = read.penalty;
        tau = read.tau;
        error = read.error;
        cause = read.cause;
    }

    private static IllegalArgumentException damaged(String what, IOException cause) {
        return new IllegalArgumentException("AutoL2's update is damaged: " + what, cause);
    }

    private static IllegalArgumentException tooLong() {
        return damaged("more than " + MOST_BYTES + " bytes", null);
    }

    /**
     * Reads all that remains.
     *
     * @throws IllegalArgumentException as for bytes
     */
    @Override
    public void decode(ByteBuffer buffer) {
        if (buffer.remaining() > MOST_BYTES) {
            throw tooLong();
        }
        byte[] encoded = new byte[buffer.remaining()];
        buffer.get(encoded);
        decode(encoded);
    }

    /**
     * Reads to the end, but never more bytes than the longest update has, and one.
     *
     * @throws IllegalArgumentException as for bytes
     */
    @Override
    public void decode(InputStream stream) throws IOException {
        decode(stream.readNBytes(MOST_BYTES + 1));
    }
}
