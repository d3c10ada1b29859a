package io.github.autol2.dl4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Platform;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlibcMemoryTest {

    @Test
    void glibcTakesTheSettings() {
        assumeTrue(Platform.isLinux(), "glibc is Linux' C library");

        assertThat(GlibcMemory.keep(Map.of("MALLOC_ARENA_MAX", "2"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_MAX_", "GLIBC_TUNABLES"})
    void whatTheUserHasSetStays(String variable) {
        assertThat(GlibcMemory.keep(Map.of(variable, "1")))
                .hasValue("the environment variable " + variable + " sets it");
    }
}
