package io.github.autol2.dl4j.onednn;

import io.github.autol2.dl4j.log.RunLog;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Switches Deeplearning4j's oneDNN helpers on and off.
 *
 * <p>In a program of one's own, before the first network is built:
 * <pre>{@code OneDnn.install();}</pre>
 * or no line of code: {@code java -Dautol2.onednn=true}. Besides, the program needs {@code org.nd4j:nd4j-native:1.0.0-M2.1} with the
 * classifier {@code linux-x86_64-onednn}, {@code windows-x86_64-onednn} or {@code macosx-x86_64-onednn}, in place of the one without
 * {@code -onednn}.
 *
 * <p>What changes: convolutions, batch normalisation and local response normalisation of FLOAT networks run in oneDNN and agree with the stock layers up to the rounding of
 * floats. DOUBLE networks, other layers, configurations and saved models stay the same. A helper belongs to a layer for its life, so
 * networks that exist already keep what they have.
 *
 * <p>On Linux with glibc the process keeps up to 1 GB of native memory that it has used and freed, because oneDNN takes and frees large
 * buffers in each operation, and taking them anew can cost more than a convolution. It stays so until the process ends. A program that sets
 * one of glibc's environment variables {@code MALLOC_..._} or {@code GLIBC_TUNABLES} itself is left as it is.
 *
 * <p>Nothing changes, and the log says so once at level INFO, where helpers cannot run: with another version of Deeplearning4j, on CUDA, on
 * the module path, with natives that have no oneDNN, and where the user has set the system property
 * {@code org.eclipse.deeplearning4j.helpers.disable} to true.
 */
public final class OneDnn {

    /** Deeplearning4j's system property: no helpers unless it is false. Read whenever a layer is built. */
    static final String DISABLE = "org.eclipse.deeplearning4j.helpers.disable";

    private static final RunLog LOG = RunLog.of(OneDnn.class);
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private static volatile boolean wanted;
    private static volatile boolean memoryIsKept;
    private static boolean answers;

    private OneDnn() {}

    /**
     * Lets networks that are built from now on have helpers. Loads neither ND4J nor its natives. Further calls change nothing.
     *
     * @return whether Deeplearning4j will have helpers if the natives turn out to have oneDNN, which shows when the first layer is built
     */
    public static synchronized boolean install() {
        Optional<String> obstacle = Surroundings.look().obstacle();
        if (obstacle.isEmpty() && !answers) {
            obstacle = ForeignEnvironment.define(OneDnn::areAllowed);
            answers = obstacle.isEmpty();
        }
        if (obstacle.isPresent()) {
            sayOnce(obstacle.get());
            return false;
        }
        wanted = true;
        System.setProperty(DISABLE, "false");
        return true;
    }

    /** Networks that are built from now on have no oneDNN helpers. */
    public static void uninstall() {
        wanted = false;
    }

    /** The answer to Deeplearning4j, which asks for each helper that it makes. */
    private static boolean areAllowed() {
        if (!wanted || PoolingHelper.isAsking()) {
            return false;
        }
        Optional<String> obstacle = Natives.obstacle();
        obstacle.ifPresent(OneDnn::sayOnce);
        if (obstacle.isEmpty() && !memoryIsKept) {
            memoryIsKept = true;
            GlibcMemory.keep().ifPresent(reason -> LOG.info("glibc's memory stays as it is: {}", reason));
        }
        return obstacle.isEmpty();
    }

    private static void sayOnce(String obstacle) {
        if (SAID.add(obstacle)) {
            LOG.info("no oneDNN helpers: {}", obstacle);
        }
    }
}
