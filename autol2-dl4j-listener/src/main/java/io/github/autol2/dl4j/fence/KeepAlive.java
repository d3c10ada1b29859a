package io.github.autol2.dl4j.fence;

import java.lang.ref.Reference;
import java.util.function.Supplier;

/** A call during which the garbage collector finds some objects reachable. */
final class KeepAlive {

    private KeepAlive() {}

    /** The result of the call. */
    static <T> T during(Supplier<T> call, Object... kept) {
        try {
            return call.get();
        } finally {
            Reference.reachabilityFence(kept);
        }
    }

    /** A call without a result. */
    static void during(Runnable call, Object... kept) {
        try {
            call.run();
        } finally {
            Reference.reachabilityFence(kept);
        }
    }
}
