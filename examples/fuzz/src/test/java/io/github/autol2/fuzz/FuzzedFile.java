package io.github.autol2.fuzz;

import io.github.autol2.config.Settings;
import io.github.autol2.config.SettingsException;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.InvalidDataException;
import java.io.IOException;
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

    private final Path path;
    private final Limits limits = new Limits();

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
        limits.hold(() -> readOrRefuse(reading, documented));
    }

    private void readOrRefuse(Reading reading, Class<?>... documented) {
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
    }
}
