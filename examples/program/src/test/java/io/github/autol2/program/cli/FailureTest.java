package io.github.autol2.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class FailureTest {

    private final StringWriter told = new StringWriter();

    private int tell(Exception e) {
        return Failure.tell(e, new PrintWriter(told), false);
    }

    @Test
    void tellsInOneLineThatMemoryIsShortWhoeverHasWrappedIt() {
        int code = tell(new IllegalStateException(
                "op failed", new RuntimeException(new OutOfMemoryError("Cannot allocate\nnew FloatPointer"))));

        assertThat(code).isEqualTo(1);
        assertThat(told.toString())
                .startsWith("autol2: the run failed: there is too little memory for it (")
                .contains("Cannot allocate new FloatPointer")
                .endsWith("; give Java more with -Xmx, or take less data or a smaller network\n");
        assertThat(told.toString().lines()).hasSize(1);
    }

    @Test
    void tellsWhatAFileHasSaidAsItIs() {
        int code = tell(new UncheckedIOException(new IOException("no space for a.csv")));

        assertThat(code).isEqualTo(1);
        assertThat(told).hasToString("autol2: the run failed: no space for a.csv (--verbose shows where)\n");
    }
}
