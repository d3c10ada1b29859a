package io.github.autol2.examples.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {

    private static final int CHUNK = 100 << 20;

    @Test
    void collectsWhenTheProcessHasGrown() {
        NativeMemory memory = new NativeMemory();
        WeakReference<Object> garbage = new WeakReference<>(new Object());

        List<Pointer> grown = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            grown.add(new BytePointer(CHUNK).fill(1)); // touched, so that it counts
        }
        lookAt(memory);

        assertThat(garbage.get()).isNull();
        grown.forEach(Pointer::deallocate);
    }

    private static void lookAt(NativeMemory memory) {
        for (int i = 0; i < 100; i++) {
            memory.iteration();
        }
    }
}
