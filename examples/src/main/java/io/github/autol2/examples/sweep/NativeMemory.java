package io.github.autol2.examples.sweep;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.javacpp.Pointer;

/**
 * Keeps the memory outside of the heap from growing without end. ND4J frees an array when the garbage collector finds it, and the
 * collector does not know how large it is: with a large heap it may come too late. Not thread-safe.
 */
final class NativeMemory {

    private static final long GROWTH = 1L << 30;
    private static final int LOOK_EVERY = 100;
    private static final int FREED_AFTER_MILLISECONDS = 200;

    private long afterCollection = Pointer.physicalBytes();
    private int iterations;

    /** After an iteration of any run: now and then looks at the memory of the process, and collects if it has grown much. */
    void iteration() {
        iterations++;
        if (iterations % LOOK_EVERY == 0 && Pointer.physicalBytes() > afterCollection + GROWTH) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(FREED_AFTER_MILLISECONDS)); // ND4J frees in threads of its own
            afterCollection = Pointer.physicalBytes();
        }
    }
}
