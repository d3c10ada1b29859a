package io.github.autol2.program.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {

    private static final long AT_START = 3L << 30;
    private static final long ALLOWED = AT_START + (1L << 30);

    private long milliseconds = 5;
    private long bytes = AT_START;
    private long collectionTakes;
    private int collections;

    private final NativeMemory memory =
            new NativeMemory(() -> TimeUnit.MILLISECONDS.toNanos(milliseconds), () -> bytes, this::collect);

    private void collect() {
        collections++;
        milliseconds += collectionTakes;
    }

    @Test
    void collectsOnceASecondWhileTheProcessIsMuchLargerThanAtTheStart() {
        bytes = ALLOWED + 1;

        assertThat(collectsAt(1004)).isFalse();
        assertThat(collectsAt(1005)).isTrue();
        assertThat(collectsAt(2004)).isFalse();
        assertThat(collectsAt(2005)).as("still larger than at the start").isTrue();
    }

    @Test
    void doesNotCollectWhereTheProcessHasGrownLittle() {
        bytes = ALLOWED;

        assertThat(collectsAt(1005)).isFalse();
        bytes = ALLOWED + 1;
        assertThat(collectsAt(2004)).as("it looked a second before").isFalse();
        assertThat(collectsAt(2005)).isTrue();
    }

    @Test
    void collectsLessOftenWhereACollectionTakesLong() {
        bytes = ALLOWED + 1;
        collectionTakes = 100;

        assertThat(collectsAt(1005)).isTrue(); // until 1105
        assertThat(collectsAt(3104)).isFalse();
        assertThat(collectsAt(3105)).as("twenty times as long as it took").isTrue();
    }

    private boolean collectsAt(long at) {
        int before = collections;
        milliseconds = at;
        memory.iteration();
        return collections > before;
    }
}
