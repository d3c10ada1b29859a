package io.github.autol2.program.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * One file in the IDX format with unsigned bytes: the magic number 0x0000080r, where r is the number of dimensions, each
 * dimension as a big-endian int, and the values, last dimension fastest.
 */
final class IdxFile {

    /** A copy of http://yann.lecun.com/exdb/mnist, which often refuses to give them. */
    static final String MNIST = "https://ossci-datasets.s3.amazonaws.com/mnist/";

    private static final int UNSIGNED_BYTES = 0x0800;

    private final Path file;
    private final int[] dimensions;
    private final byte[] values;

    private IdxFile(Path file, int[] dimensions, byte[] values) {
        this.file = file;
        this.dimensions = dimensions;
        this.values = values;
    }

    /**
     * Reads the whole file {@code name} or, where that does not exist, {@code name.gz}.
     *
     * @param rank the number of dimensions that it must have
     * @throws InvalidDataException if there is no such file, or it is not exactly one IDX array of this rank
     */
    static IdxFile read(Path folder, String name, int rank) {
        Path plain = folder.resolve(name);
        Path zipped = folder.resolve(name + ".gz");
        if (!Files.isRegularFile(plain) && !Files.isRegularFile(zipped)) {
            throw new InvalidDataException(
                    plain, "there is no such file, neither plain nor with .gz; MNIST's is at " + MNIST + name + ".gz");
        }
        Path file = Files.isRegularFile(plain) ? plain : zipped;
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
                InputStream content = file == zipped ? new GZIPInputStream(bytes) : bytes) {
            return read(file, new DataInputStream(content), rank);
        } catch (EOFException e) {
            throw new InvalidDataException(file, "the file is truncated: it ends before the last value", e);
        } catch (ZipException e) {
            throw new InvalidDataException(file, "not a sound gzip file: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new InvalidDataException(file, "cannot be read: " + e, e);
        }
    }

    private static IdxFile read(Path file, DataInputStream content, int rank) throws IOException {
        int magic = content.readInt();
        if (magic != UNSIGNED_BYTES + rank) {
            throw new InvalidDataException(
                    file,
                    String.format(
                            "must begin with the magic number 0x%08x (unsigned bytes, %d dimensions), got 0x%08x",
                            UNSIGNED_BYTES + rank, rank, magic));
        }
        int[] dimensions = new int[rank];
        long count = 1;
        for (int d = 0; d < rank; d++) {
            dimensions[d] = content.readInt();
            if (dimensions[d] < 1 || count * dimensions[d] > Integer.MAX_VALUE) {
                throw new InvalidDataException(
                        file,
                        "each dimension must be >= 1 and all values together < 2^31, got " + dimensions[d]
                                + " in dimension " + d);
            }
            count *= dimensions[d];
        }
        // Grows with what is there: a damaged header does not reserve memory for values that never come.
        byte[] values = content.readNBytes((int) count);
        if (values.length < count) {
            throw new InvalidDataException(
                    file, "the file is truncated: its header promises " + count + " values, got " + values.length);
        }
        if (content.read() != -1) {
            throw new InvalidDataException(file, "must end after the " + count + " values of its header, but goes on");
        }
        return new IdxFile(file, dimensions, values);
    }

    Path file() {
        return file;
    }

    /** The size of one dimension; dimension 0 counts the items. */
    int size(int dimension) {
        return dimensions[dimension];
    }

    /** A value, 0 to 255, by its place in the file. */
    int value(int index) {
        return values[index] & 0xFF;
    }
}
