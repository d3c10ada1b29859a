package io.github.autol2.program.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The content of a gzip file, up to a limit: a small file can unpack to any size, and images never become so small. */
final class GuardedGzip extends FilterInputStream {

    private static final int LARGEST_RATIO = 200;
    private static final long SMALL = 10_000_000; // a ratio says nothing before so many bytes

    private final Path file;
    private final Counted packed;
    private final long most;
    private long unpacked;

    private GuardedGzip(Path file, Counted packed, long most) throws IOException {
        super(new GZIPInputStream(packed, 1 << 16));
        this.file = file;
        this.packed = packed;
        this.most = most;
    }

    /**
     * Opens a file.
     *
     * @param most bytes that it may unpack to
     */
    static GuardedGzip open(Path file, InputStream packed, long most) throws IOException {
        return new GuardedGzip(file, new Counted(packed), most);
    }

    /**
     * Looks before any reading whether a file can hold as much as its header promises.
     *
     * @param promised bytes
     */
    static void check(Path file, long promised) throws IOException {
        if (promised > most(Files.size(file))) {
            throw refused(file, "its header promises " + promised + " bytes in " + Files.size(file));
        }
    }

    private static long most(long packed) {
        return Math.max(SMALL, LARGEST_RATIO * packed);
    }

    private static InvalidDataException refused(Path file, String but) {
        return new InvalidDataException(
                file,
                "must not unpack to more than " + LARGEST_RATIO + " times its size, as no file of images does, but "
                        + but);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        unpacked += Math.max(0, count);
        if (unpacked > most) {
            throw new InvalidDataException(file, "must unpack to at most " + most + " bytes, but goes on");
        }
        if (unpacked > most(packed.count)) {
            throw refused(file, "its first " + packed.count + " bytes give " + unpacked);
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] skipped = new byte[(int) Math.min(count, 1 << 16)];
        return Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Counts what has been read. */
    private static final class Counted extends FilterInputStream {

        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
