package io.github.autol2.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** The time and the memory that one reading may take. Not thread-safe. */
final class Limits {

    /** Of the processor, so that a busy machine does not matter. The fuzzer itself slows readers down. */
    private static final long MOST_SECONDS = 5;

    private static final long MOST_BYTES = 200_000_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private boolean warm;

    /**
     * Runs a reading that throws nothing that is allowed.
     *
     * @throws AssertionError if it takes too much
     */
    void hold(Runnable reading) {
        long time = THREADS.getCurrentThreadCpuTime();
        long memory = THREADS.getCurrentThreadAllocatedBytes();
        reading.run();
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - memory;
        double seconds = (THREADS.getCurrentThreadCpuTime() - time) / 1e9;
        if (warm && seconds > MOST_SECONDS) {
            throw new AssertionError("the reader has taken " + seconds + " seconds of the processor");
        }
        if (warm && bytes > MOST_BYTES) {
            throw new AssertionError("the reader has taken " + bytes + " bytes of memory");
        }
        warm = true; // the first reading loads classes
    }
}
