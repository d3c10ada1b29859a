package io.github.autol2.benchmark;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Adds up the time and the heap bytes that calls take. For one thread. */
final class Meter {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long nanoseconds;
    private long bytes;

    /** Returns the time inside the calls since the beginning. */
    long nanoseconds() {
        return nanoseconds;
    }

    /** Returns the memory that the calls allocated since the beginning. */
    long bytes() {
        return bytes;
    }

    void run(Runnable call) {
        long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        call.run();
        nanoseconds += System.nanoTime() - start;
        bytes += THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
    }
}
