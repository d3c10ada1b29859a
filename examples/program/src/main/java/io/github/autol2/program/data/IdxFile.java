package io.github.autol2.program.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * One file in the IDX format with unsigned bytes: the magic number 0x0000080r, where r is the number of dimensions, each
 * dimension as a big-endian int, and the values, last dimension fastest.
 */
final class IdxFile {

    /** A copy of http://yann.lecun.com/exdb/mnist, which often refuses to give them. */
    static final String MNIST = "https://ossci-datasets.s3.amazonaws.com/mnist/";

    private static final int UNSIGNED_BYTES = 0x0800;
    private static final String ZIPPED = ".gz";

    private final Path file;
    private final int[] dimensions;

    private IdxFile(Path file, int[] dimensions) {
        this.file = file;
        this.dimensions = dimensions;
    }

    /**
     * Reads the header of the file {@code name} or, where that does not exist, of {@code name.gz}.
     *
     * @param rank the number of dimensions that it must have
     * @throws InvalidDataException if there is no such file, or it does not begin as an IDX array of this rank
     */
    static IdxFile open(Path folder, String name, int rank) {
        Path file = find(folder, name);
        return read(file, content -> header(file, content, rank));
    }

    /**
     * The file, plain if it is there.
     *
     * @throws InvalidDataException if there is no such file
     */
    static Path find(Path folder, String name) {
        Path plain = folder.resolve(name);
        Path zipped = folder.resolve(name + ZIPPED);
        if (!Files.isRegularFile(plain) && !Files.isRegularFile(zipped)) {
            throw new InvalidDataException(
                    plain, "there is no such file, neither plain nor with .gz; MNIST's is at " + MNIST + name + ".gz");
        }
        return Files.isRegularFile(plain) ? plain : zipped;
    }

    /** Reads something from the beginning of a file. */
    private interface Reading<T> {
        T from(DataInputStream content) throws IOException;
    }

    private static <T> T read(Path file, Reading<T> reading) {
        boolean zipped = file.toString().endsWith(ZIPPED);
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
                InputStream content =
                        zipped ? new BufferedInputStream(GuardedGzip.open(file, bytes, Long.MAX_VALUE)) : bytes) {
            return reading.from(new DataInputStream(content));
        } catch (EOFException e) {
            throw new InvalidDataException(file, "the file is truncated: it ends before the last value", e);
        } catch (ZipException e) {
            throw new InvalidDataException(file, "not a sound gzip file: " + e.getMessage(), e);
        } catch (IOException e) {
            throw InvalidDataException.unreadable(file, e);
        }
    }

    private static IdxFile header(Path file, DataInputStream content, int rank) throws IOException {
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
        IdxFile header = new IdxFile(file, dimensions);
        header.checkLength(count);
        return header;
    }

    /** Before memory is reserved for what a damaged header promises: can the file hold as many values? */
    private void checkLength(long count) throws IOException {
        if (file.toString().endsWith(ZIPPED)) {
            GuardedGzip.check(file, count);
        } else if (Files.size(file) - headerLength() < count) {
            throw truncated(count, Files.size(file) - headerLength());
        }
    }

    private long headerLength() {
        return Integer.BYTES * (1L + dimensions.length);
    }

    private InvalidDataException truncated(long count, long got) {
        return new InvalidDataException(
                file, "the file is truncated: its header promises " + count + " values, got " + got);
    }

    /**
     * Reads some items, and looks at all the others without keeping them.
     *
     * @param chosen numbers of items, counted from 0, each once
     * @return the values of the chosen items in their order, one after the other
     * @throws InvalidDataException if the file is not as long as its header says
     */
    byte[] items(int[] chosen) {
        int size = 1;
        for (int d = 1; d < dimensions.length; d++) {
            size *= dimensions[d]; // all values together are < 2^31
        }
        int length = size;
        return read(file, content -> items(content, chosen, length));
    }

    private byte[] items(DataInputStream content, int[] chosen, int size) throws IOException {
        content.skipNBytes(headerLength());
        long[] inOrder = new long[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            inOrder[i] = (long) chosen[i] << Integer.SIZE | i;
        }
        Arrays.sort(inOrder);
        byte[] values = new byte[chosen.length * size];
        long count = (long) dimensions[0] * size;
        int next = 0;
        for (int item = 0; item < dimensions[0]; item++) {
            // Grows with what is there: a damaged header does not reserve memory for values that never come.
            byte[] one = content.readNBytes(size);
            if (one.length < size) {
                throw truncated(count, (long) item * size + one.length);
            }
            if (next < inOrder.length && inOrder[next] >> Integer.SIZE == item) {
                System.arraycopy(one, 0, values, (int) inOrder[next++] * size, size);
            }
        }
        if (content.read() != -1) {
            throw new InvalidDataException(file, "must end after the " + count + " values of its header, but goes on");
        }
        return values;
    }

    Path file() {
        return file;
    }

    /** The size of one dimension; dimension 0 counts the items. */
    int size(int dimension) {
        return dimensions[dimension];
    }
}
