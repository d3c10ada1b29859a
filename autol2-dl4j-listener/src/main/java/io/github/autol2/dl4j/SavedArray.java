package io.github.autol2.dl4j;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reads a vector that {@code Nd4j.write} has written. ND4J's own reader believes the shape, the strides and the lengths in the file, so
 * that a damaged file makes it read foreign memory or ask for any amount of it; this one checks them first.
 */
final class SavedArray {

    private static final int CHUNK = 1 << 16;
    private static final int LARGEST_RANK = 32;
    private static final int BESIDE_SHAPE_AND_STRIDES = 4; // rank, extras, element-wise stride and order

    private SavedArray() {}

    /**
     * Reads one vector.
     *
     * @param most bytes that the values may take
     * @return {@code [1, length]}
     * @throws IOException if it is no vector of float or double, or is longer
     */
    static INDArray read(DataInputStream in, long most) throws IOException {
        long length = vectorLength(in);
        Header values = Header.read(in);
        if (values.length != length) {
            throw new IOException("a shape of " + length + " values goes with " + values.length);
        }
        DataType type = values.type;
        if (type != DataType.FLOAT && type != DataType.DOUBLE) {
            throw new IOException("the values must be of type FLOAT or DOUBLE, got " + type);
        }
        if (length > most / type.width() || length > Integer.MAX_VALUE) {
            throw new IOException("it says that it holds " + length + " values, more than there are");
        }
        return type == DataType.FLOAT ? floats(in, (int) length) : doubles(in, (int) length);
    }

    /** What stands before the numbers of a buffer. */
    private record Header(long length, DataType type) {

        static Header read(DataInputStream in) throws IOException {
            String mode = in.readUTF();
            long length = switch (mode) {
                case "HEAP", "JAVACPP", "DIRECT" -> in.readInt();
                case "LONG_SHAPE", "MIXED_DATA_TYPES" -> in.readLong();
                default -> throw new IOException("it is no array of ND4J");
            };
            String type = in.readUTF();
            return new Header(
                    length,
                    Arrays.stream(DataType.values())
                            .filter(known -> known.name().equals(type))
                            .findFirst()
                            .orElseThrow(() -> new IOException("it is no array of ND4J")));
        }
    }

    /** From the information about the shape, which is rank, shape, strides, extras, element-wise stride and order. */
    @SuppressWarnings("deprecation") // the names in files
    private static long vectorLength(DataInputStream in) throws IOException {
        Header header = Header.read(in);
        if (header.type != DataType.LONG && header.type != DataType.INT) {
            throw new IOException("the shape must be of type LONG or INT, got " + header.type);
        }
        if (header.length < BESIDE_SHAPE_AND_STRIDES || header.length > 2 * LARGEST_RANK + BESIDE_SHAPE_AND_STRIDES) {
            throw new IOException("the shape cannot have " + header.length + " numbers");
        }
        long[] numbers = new long[(int) header.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = header.type == DataType.LONG ? in.readLong() : in.readInt();
        }
        int rank = (numbers.length - BESIDE_SHAPE_AND_STRIDES) / 2;
        long length = 1;
        for (int i = 1; i <= rank; i++) {
            if (numbers[i] < 1 || (length > 1 && numbers[i] > 1)) {
                throw new IOException("it must be a vector, got the shape "
                        + Arrays.toString(Arrays.copyOfRange(numbers, 1, 1 + rank)));
            }
            length = Math.max(length, numbers[i]);
        }
        if (numbers[0] != rank) {
            throw new IOException("a rank of " + numbers[0] + " does not go with " + numbers.length + " numbers");
        }
        return length;
    }

    private static INDArray floats(DataInputStream in, int length) throws IOException {
        float[] values = new float[length];
        byte[] bytes = new byte[CHUNK];
        for (int done = 0; done < length; ) {
            int count = Math.min(length - done, CHUNK / Float.BYTES);
            in.readFully(bytes, 0, count * Float.BYTES);
            ByteBuffer.wrap(bytes).asFloatBuffer().get(values, done, count);
            done += count;
        }
        return Nd4j.createFromArray(values).reshape(1, length);
    }

    private static INDArray doubles(DataInputStream in, int length) throws IOException {
        double[] values = new double[length];
        byte[] bytes = new byte[CHUNK];
        for (int done = 0; done < length; ) {
            int count = Math.min(length - done, CHUNK / Double.BYTES);
            in.readFully(bytes, 0, count * Double.BYTES);
            ByteBuffer.wrap(bytes).asDoubleBuffer().get(values, done, count);
            done += count;
        }
        return Nd4j.createFromArray(values).reshape(1, length);
    }
}
