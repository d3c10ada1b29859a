package io.github.autol2.dl4j.fence;

import io.github.autol2.dl4j.log.RunLog;
import io.github.autol2.dl4j.network.Deeplearning4jNames;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Switches the fence on: ND4J's CPU backend then keeps the arrays of an operation until its native code is done with them.
 *
 * <p>In a program of one's own, as its first line, before anything of ND4J is used:
 * <pre>{@code Fence.install();}</pre>
 * It sets three system properties, which {@code java -D...} can set as well: {@code opexec} to {@link FencedExecutioner}, what training
 * needs, and for native calls that pass by it {@code ndarrayfactory.class} to {@link FencedArrayFactory} and {@code memorymanager} to
 * {@link FencedMemoryManager}. The results stay the same bit for bit. To switch the fence off where a program has installed it:
 * {@code -Dopexec=org.nd4j.linalg.cpu.nativecpu.ops.NativeOpExecutioner}.
 */
public final class Fence {

    /** ND4J's system property for the class that runs its operations, read once, when ND4J is loaded, as are the others. */
    static final String EXECUTIONER = "opexec";

    static final String ARRAY_FACTORY = "ndarrayfactory.class";
    static final String MEMORY_MANAGER = "memorymanager";

    private static final RunLog LOG = RunLog.of(Fence.class);
    private static final String FREEING_THREAD = "JavaCPP Deallocator";

    private Fence() {}

    /**
     * Makes ND4J load with the fence, unless the user named an executioner or the backend is not the CPU's alone (a CUDA backend is
     * left as it is). Loads neither ND4J nor its natives. Once installed, further calls change nothing.
     *
     * @return whether operations are fenced from now on
     * @throws IllegalStateException if ND4J is loaded already, without the fence
     */
    public static boolean install() {
        if (!isThere(Deeplearning4jNames.CPU_EXECUTIONER) || isThere(Deeplearning4jNames.CUDA_BACKEND)) {
            LOG.debug("no fence: the backend is not nd4j-native");
            return false;
        }
        if (!nameClasses()) {
            return false;
        }
        if (isPerhapsLoaded()) {
            check(Nd4j.getExecutioner());
        }
        return true;
    }

    /** False, and nothing is named, if the user named an executioner. */
    static boolean nameClasses() {
        String fenced = FencedExecutioner.class.getName();
        String named = System.getProperty(EXECUTIONER, fenced);
        if (!named.equals(fenced)) {
            LOG.info("no fence: the system property {} names {}", EXECUTIONER, named);
            return false;
        }
        System.setProperty(EXECUTIONER, fenced);
        setUnlessNamed(ARRAY_FACTORY, FencedArrayFactory.class);
        setUnlessNamed(MEMORY_MANAGER, FencedMemoryManager.class);
        return true;
    }

    /** Throws an exception if ND4J runs without the fence. */
    static void check(OpExecutioner loaded) {
        if (!(loaded instanceof FencedExecutioner)) {
            throw new IllegalStateException(
                    "The fence must be installed before ND4J is loaded, but it runs already with "
                            + loaded.getClass().getName() + ": call Fence.install() first of all, or start with -D"
                            + EXECUTIONER + "="
                            + FencedExecutioner.class.getName());
        }
    }

    private static void setUnlessNamed(String property, Class<?> fenced) {
        String named = System.getProperties().putIfAbsent(property, fenced.getName()) instanceof String own
                ? own
                : fenced.getName();
        if (!named.equals(fenced.getName())) {
            LOG.info("only operations are fenced: the system property {} names {}", property, named);
        }
    }

    /** ND4J starts this thread of JavaCPP. If another library did, ND4J is loaded by the question, and with the fence. */
    private static boolean isPerhapsLoaded() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(FREEING_THREAD));
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
