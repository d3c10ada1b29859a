package io.github.autol2.dl4j;

import io.github.autol2.dl4j.log.RunLog;
import java.lang.ref.Cleaner;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Notices a listener that never saw a training iteration. Deeplearning4j's {@code setListeners} takes off all listeners that were added
 * before, without a word to them; the only trace is that nothing ever calls them. It says so when such a listener is garbage, or when the
 * program ends.
 */
final class ListenerWatch {

    private static final String WHY =
            "It may be that setListeners(..) took it off, because that takes off all earlier listeners: pass it all of them at once, or call "
                    + "addListeners(autoL2) after it. Layer-wise pretraining and updates by hand call no listener.";

    private static final RunLog LOG = RunLog.of(ListenerWatch.class);
    private static final Cleaner CLEANER = Cleaner.create();
    private static final Set<Object> UNUSED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(ListenerWatch::reportAtTheEnd, "AutoL2 listener watch"));
    }

    private final Object mark = new Object(); // not this object, which the listener holds

    /** Watches a listener until it is garbage. */
    ListenerWatch(Object listener) {
        Object seen = mark;
        UNUSED.add(seen);
        CLEANER.register(listener, () -> report(seen));
    }

    void used() {
        UNUSED.remove(mark);
    }

    private static void report(Object mark) {
        if (UNUSED.remove(mark)) {
            LOG.warn("An AutoL2Listener was thrown away that never saw a training iteration. {}", WHY);
        }
    }

    /** Not to the log, which may have ended before: the hooks of a program run in no order. */
    private static void reportAtTheEnd() {
        int unused = UNUSED.size();
        if (unused > 0) {
            System.err.println("AutoL2: the program ends, and " + unused
                    + " of its listeners never saw a training iteration. " + WHY);
        }
    }
}
