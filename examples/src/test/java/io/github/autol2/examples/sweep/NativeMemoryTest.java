package io.github.autol2.examples.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {

    private static final int CHUNK = 100 << 20;

    @Test
    void collectsNowAndThenWhenTheProcessHasGrown() {
        AtomicLong seconds = new AtomicLong();
        NativeMemory memory = new NativeMemory(() -> TimeUnit.SECONDS.toNanos(seconds.get()));
        List<Pointer> grown = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            grown.add(new BytePointer(CHUNK).fill(1)); // touched, so that it counts
        }

        assertThat(collectsAt(9, seconds, memory)).isFalse();
        assertThat(collectsAt(10, seconds, memory)).isTrue();
        assertThat(collectsAt(19, seconds, memory)).isFalse();
        assertThat(collectsAt(20, seconds, memory)).as("still larger than at the start").isTrue();
        grown.forEach(Pointer::deallocate);
    }

    private static boolean collectsAt(long second, AtomicLong seconds, NativeMemory memory) {
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        seconds.set(second);
        memory.iteration();
        return garbage.get() == null;
    }
}
