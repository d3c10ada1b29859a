package io.github.autol2.dl4j;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Notices a listener that never saw a training iteration. Deeplearning4j's {@code setListeners} takes off all listeners that were added
 * before, without a word to them; the only trace is that nothing ever calls them until they are garbage.
 */
final class ListenerWatch {

    private static final RunLog LOG = RunLog.of(AutoL2Listener.class);
    private static final Cleaner CLEANER = Cleaner.create();

    private final AtomicBoolean used = new AtomicBoolean();

    /** Watches a listener until it is garbage. */
    ListenerWatch(Object listener) {
        AtomicBoolean seen = used; // not this object, which the listener holds
        CLEANER.register(listener, () -> report(seen));
    }

    void used() {
        used.set(true);
    }

    private static void report(AtomicBoolean used) {
        if (!used.get()) {
            LOG.warn(
                    "An AutoL2Listener was thrown away that never saw a training iteration. setListeners(..) takes off all "
                            + "earlier listeners: pass it all of them at once, or call addListeners(autoL2) after it.");
        }
    }
}
