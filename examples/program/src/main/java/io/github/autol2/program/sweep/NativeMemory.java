package io.github.autol2.program.sweep;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.bytedeco.javacpp.Pointer;

/**
 * Keeps the memory of the process from growing without end. ND4J frees an array when the garbage collector finds it, and the
 * collector does not know how large it is: with a large heap it may come too late. Not thread-safe.
 */
final class NativeMemory {

    private static final long GROWTH = 1L << 30;
    private static final long EVERY_NANOSECONDS = TimeUnit.SECONDS.toNanos(1);
    private static final int REST =
            20; // so many times as long as a collection took: they cost a twentieth of the time at the most

    private final LongSupplier nanoTime;
    private final LongSupplier bytes;
    private final Runnable collection;
    private final long atStart;
    private long next;

    NativeMemory() {
        this(System::nanoTime, Pointer::physicalBytes, System::gc);
    }

    /**
     * @param nanoTime as {@link System#nanoTime}
     * @param bytes the memory of the process, in bytes
     * @param collection collects garbage
     */
    NativeMemory(LongSupplier nanoTime, LongSupplier bytes, Runnable collection) {
        this.nanoTime = nanoTime;
        this.bytes = bytes;
        this.collection = collection;
        this.atStart = bytes.getAsLong();
        this.next = nanoTime.getAsLong() + EVERY_NANOSECONDS;
    }

    /**
     * After an iteration of any run: now and then looks at the memory, and collects if it has grown much. What has been freed is not
     * always given back to the system, so the memory may stay large; it is compared with that at the start all the same, or each
     * collection would allow more.
     */
    void iteration() {
        long before = nanoTime.getAsLong();
        if (before - next >= 0) {
            if (bytes.getAsLong() > atStart + GROWTH) {
                collection.run();
            }
            long after = nanoTime.getAsLong();
            next = after + Math.max(EVERY_NANOSECONDS, REST * (after - before));
        }
    }
}
