package io.github.autol2.dl4j;

import java.util.ArrayList;
import java.util.List;

/**
 * A record of bounded length: when it is full, every second entry is dropped and from then on only every second one is kept, and
 * so on, so that what remains is spread evenly over the whole run. Not thread-safe.
 */
final class History<T> {

    private final int capacity;
    private final List<T> entries = new ArrayList<>();
    private long offered;
    private long stride = 1;

    /**
     * @param capacity the most entries kept, at least 2
     */
    History(int capacity) {
        if (capacity < 2) {
            throw new IllegalArgumentException("history must hold at least 2 points, got " + capacity);
        }
        this.capacity = capacity;
    }

    void add(T entry) {
        if (offered++ % stride != 0) {
            return;
        }
        if (entries.size() == capacity) {
            for (int i = entries.size() - 1; i > 0; i--) {
                if (i % 2 == 1) {
                    entries.remove(i);
                }
            }
            stride *= 2;
            if ((offered - 1) % stride != 0) {
                return;
            }
        }
        entries.add(entry);
    }

    List<T> entries() {
        return List.copyOf(entries);
    }
}
