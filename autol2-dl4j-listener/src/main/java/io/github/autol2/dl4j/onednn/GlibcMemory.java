package io.github.autol2.dl4j.onednn;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import java.util.Map;
import java.util.Optional;

/**
 * Lets glibc keep the memory that oneDNN frees. oneDNN takes buffers for each operation and frees them at its end. As glibc comes, it gives
 * large ones back to the system at once, and taking them again, page by page, can cost many times the convolution itself.
 */
final class GlibcMemory {

    /** Most bytes of free memory that stay with the process. */
    static final int KEPT = 1 << 30;

    /** From glibc's malloc.h. */
    private static final int M_TRIM_THRESHOLD = -1;

    private static final int M_TOP_PAD = -2;
    private static final int M_MMAP_MAX = -4;

    private static final int TOP_PAD = 1 << 26; // bytes that the heap grows by

    private GlibcMemory() {}

    /**
     * Keeps up to 1 GB, for the rest of the process.
     *
     * @return why glibc stays as it is; empty if it was told, or if there is no glibc
     */
    static Optional<String> keep() {
        return keep(System.getenv());
    }

    static Optional<String> keep(Map<String, String> environment) {
        Optional<String> own = environment.keySet().stream()
                .filter(name -> name.equals("GLIBC_TUNABLES") || (name.startsWith("MALLOC_") && name.endsWith("_")))
                .findFirst();
        if (own.isPresent()) {
            return Optional.of("the environment variable " + own.get() + " sets it");
        }
        try {
            return tell();
        } catch (LinkageError e) { // JNA, which ND4J brings, was left out or finds no such function
            return Optional.of(e.toString());
        }
    }

    private static Optional<String> tell() {
        if (!Platform.isLinux() || Platform.isAndroid()) {
            return Optional.empty();
        }
        Function tell = Function.getFunction("c", "mallopt");
        boolean done = set(tell, M_MMAP_MAX, 0) && set(tell, M_TRIM_THRESHOLD, KEPT) && set(tell, M_TOP_PAD, TOP_PAD);
        return done ? Optional.empty() : Optional.of("mallopt refuses");
    }

    private static boolean set(Function mallopt, int parameter, int value) {
        return mallopt.invokeInt(new Object[] {parameter, value}) == 1;
    }
}
