package io.github.autol2.fuzz;

import com.sun.management.ThreadMXBean;
import io.github.autol2.config.Settings;
import io.github.autol2.config.SettingsException;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.InvalidDataException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A file with any content, and the rule that all readers keep: a reader gives a result or throws an exception that it documents, whose
 * message names the file, within some seconds and some memory. Not thread-safe.
 */
final class FuzzedFile {

    /** Of the processor, so that a busy machine does not matter. The fuzzer itself slows readers down. */
    private static final long MOST_SECONDS = 5;

    private static final long MOST_BYTES = 200_000_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Path path;
    private boolean warm;

    /** @param path is overwritten for each input; its folder exists */
    FuzzedFile(Path path) {
        this.path = path;
    }

    /** Reads whatever the file is for. */
    interface Reading {
        void read(Path file) throws Exception;
    }

    Path path() {
        return path;
    }

    /** Writes the content and reads it. */
    final void read(byte[] content, Reading reading, Class<?>... documented) throws IOException {
        Files.write(path, content);
        read(reading, documented);
    }

    /** Writes the content and reads it as settings of a run. */
    final void readSettings(byte[] content) throws IOException {
        read(
                content,
                file -> RunSettings.read(new SettingsReader(Settings.load(Optional.of(file), List.of()))),
                SettingsException.class,
                InvalidDataException.class);
    }

    /** Reads what is there. */
    final void read(Reading reading, Class<?>... documented) {
        long time = THREADS.getCurrentThreadCpuTime();
        long memory = THREADS.getCurrentThreadAllocatedBytes();
        try {
            reading.read(path);
        } catch (Exception e) {
            boolean isDocumented = Arrays.stream(documented).anyMatch(type -> type.isInstance(e));
            if (!isDocumented) {
                throw new AssertionError("no exception that is documented: " + e, e);
            }
            if (e.getMessage() == null
                    || !e.getMessage().contains(path.getFileName().toString())) {
                throw new AssertionError("the message does not name the file: " + e, e);
            }
        }
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - memory;
        double seconds = (THREADS.getCurrentThreadCpuTime() - time) / 1e9;
        if (warm && seconds > MOST_SECONDS) {
            throw new AssertionError("the reader has taken " + seconds + " seconds of the processor");
        }
        if (warm && bytes > MOST_BYTES) {
            throw new AssertionError("the reader has taken " + bytes + " bytes of memory");
        }
        warm = true; // the first reading loads classes
    }
}
