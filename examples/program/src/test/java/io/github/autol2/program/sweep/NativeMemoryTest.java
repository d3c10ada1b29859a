package io.github.autol2.program.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class NativeMemoryTest {

    private static final int CHUNK = 100 << 20;

    @Test
    void collectsNowAndThenWhenTheProcessHasGrown() {
        AtomicLong milliseconds = new AtomicLong();
        NativeMemory memory = new NativeMemory(() -> TimeUnit.MILLISECONDS.toNanos(milliseconds.get()));
        List<Pointer> grown = new ArrayList<>();
        long enough = Pointer.physicalBytes() + 12L * CHUNK;
        while (Pointer.physicalBytes() < enough) { // the first chunks may lie in what the process has kept
            grown.add(new BytePointer(CHUNK).fill(1)); // touched, so that it counts
        }

        assertThat(collectsAt(999, milliseconds, memory)).isFalse();
        assertThat(collectsAt(1000, milliseconds, memory)).isTrue();
        assertThat(collectsAt(1999, milliseconds, memory)).isFalse();
        assertThat(collectsAt(2000, milliseconds, memory))
                .as("still larger than at the start")
                .isTrue();
        grown.forEach(Pointer::deallocate);
    }

    @Test
    void collectsLessOftenWhereACollectionTakesLong() {
        AtomicLong calls = new AtomicLong();
        NativeMemory memory =
                new NativeMemory(() -> TimeUnit.SECONDS.toNanos(calls.getAndIncrement())); // each takes a second
        Pointer grown = new BytePointer(12L * CHUNK).fill(1);

        memory.iteration();
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        for (int i = 0; i < 19; i++) {
            memory.iteration();
        }
        assertThat(garbage.get()).isNotNull();
        memory.iteration();
        assertThat(garbage.get()).isNull();
        grown.deallocate();
    }

    private static boolean collectsAt(long at, AtomicLong milliseconds, NativeMemory memory) {
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        milliseconds.set(at);
        memory.iteration();
        return garbage.get() == null;
    }
}
