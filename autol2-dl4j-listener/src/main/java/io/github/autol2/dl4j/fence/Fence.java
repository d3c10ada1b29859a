package io.github.autol2.dl4j.fence;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Switches the fence on: ND4J's CPU backend then keeps the arrays of an operation until its native code is done with them.
 *
 * <p>In a program of one's own, as its first line, before anything of ND4J is used:
 * <pre>{@code Fence.install();}</pre>
 * or without a line of code {@code java -Dopexec=io.github.autol2.dl4j.fence.FencedExecutioner ...}. The results stay the same bit for
 * bit. To switch it off where a program has installed it: {@code -Dopexec=org.nd4j.linalg.cpu.nativecpu.ops.NativeOpExecutioner}.
 */
public final class Fence {

    /** ND4J's system property for the class that runs its operations, read once, when ND4J is loaded. */
    static final String EXECUTIONER = "opexec";

    private static final Logger LOG = LogManager.getLogger(Fence.class);
    private static final String CPU = "org.nd4j.linalg.cpu.nativecpu.ops.NativeOpExecutioner";
    private static final String CUDA = "org.nd4j.linalg.jcublas.JCublasBackend";
    private static final String FREEING_THREAD = "DeallocatorServiceThread";

    private Fence() {
    }

    /**
     * Makes ND4J load with the fence, unless the user named an executioner or the backend is not the CPU's alone (a CUDA backend is
     * left as it is). Does not load ND4J. Once installed, further calls change nothing.
     *
     * @return whether operations are fenced from now on
     * @throws IllegalStateException if ND4J is loaded already, without the fence
     */
    public static boolean install() {
        if (!isThere(CPU) || isThere(CUDA)) {
            LOG.debug("no fence: the backend is not nd4j-native");
            return false;
        }
        return install(isLoaded() ? Nd4j.getExecutioner() : null);
    }

    /**
     * The same for the CPU backend.
     *
     * @param loaded what runs ND4J's operations, or null as long as it is not loaded
     */
    static boolean install(OpExecutioner loaded) {
        String fenced = FencedExecutioner.class.getName();
        String named = System.getProperty(EXECUTIONER, fenced);
        if (!named.equals(fenced)) {
            LOG.info("no fence: the system property {} names {}", EXECUTIONER, named);
            return false;
        }
        if (loaded != null && !(loaded instanceof FencedExecutioner)) {
            throw new IllegalStateException("The fence must be installed before ND4J is loaded, but it runs already with "
                    + loaded.getClass().getName() + ": call Fence.install() first of all, or start with -D" + EXECUTIONER + "=" + fenced);
        }
        System.setProperty(EXECUTIONER, fenced);
        return true;
    }

    /** Without loading it: ND4J starts its freeing threads when it is loaded, and where they are switched off nothing needs a fence. */
    private static boolean isLoaded() {
        return Thread.getAllStackTraces().keySet().stream().anyMatch(thread -> thread.getName().startsWith(FREEING_THREAD));
    }

    private static boolean isThere(String name) {
        try {
            Class.forName(name, false, Fence.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
