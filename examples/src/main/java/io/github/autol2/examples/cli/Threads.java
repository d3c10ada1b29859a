package io.github.autol2.examples.cli;

import io.github.autol2.dl4j.NativeFence;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** How ND4J works with threads; to be set before it works. */
final class Threads {

    /** {@code -Dautol2.fence=false} leaves the fence against crashes of parallel training out. */
    private static final String FENCE = "autol2.fence";

    private Threads() {
    }

    /**
     * The fence, unless switched off, and one thread for each operation, unless the user has set OMP_NUM_THREADS: the networks of this
     * program are small, and on them one thread was measured to be about twice as fast as one for each core. It also makes runs repeatable
     * bit for bit.
     */
    static void prepare() {
        if (Boolean.parseBoolean(System.getProperty(FENCE, "true"))) {
            NativeFence.install();
        }
        if (System.getenv("OMP_NUM_THREADS") == null) {
            Nd4j.factory().blas().setMaxThreads(1);
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
        }
    }
}
