package io.github.autol2.program.training;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** How many threads a single operation uses. */
public final class Threads {

    private Threads() {}

    /**
     * One, unless the user has set OMP_NUM_THREADS: the networks of this program are small, and on them one thread was measured to be
     * about twice as fast as one for each core. It also makes runs repeatable bit for bit. OpenMP counts for the calling thread only:
     * each thread that trains has to say so.
     */
    public static void limitToOneByDefault() {
        if (System.getenv("OMP_NUM_THREADS") == null) {
            Nd4j.factory().blas().setMaxThreads(1);
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
        }
    }
}
