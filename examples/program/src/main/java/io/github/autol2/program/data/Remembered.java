package io.github.autol2.program.data;

import java.lang.ref.SoftReference;
import java.util.function.Supplier;

/**
 * A value that takes long to make: it is made when it is first asked for, and again only if memory ran short meanwhile. Thread-safe.
 */
final class Remembered<T> {

    private final Supplier<T> source;
    private SoftReference<T> value = new SoftReference<>(null);

    Remembered(Supplier<T> source) {
        this.source = source;
    }

    synchronized T get() {
        T known = value.get();
        if (known == null) {
            known = source.get();
            value = new SoftReference<>(known);
        }
        return known;
    }
}
