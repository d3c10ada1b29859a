package io.github.autol2.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Writes settings files and reads them, for the tests of this package. */
final class SettingsFiles {

    private SettingsFiles() {}

    static Path write(Path folder, String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SettingsReader reader(Path file, String... overrides) {
        return new SettingsReader(Settings.load(Optional.of(file), List.of(overrides)));
    }

    static SettingsReader reader(String... overrides) {
        return new SettingsReader(Settings.load(Optional.empty(), List.of(overrides)));
    }

    /** The message of the {@link SettingsException}, with the folder taken off the file names. */
    static String message(Path folder, ThrowingCallable code) {
        SettingsException thrown = catchThrowableOfType(SettingsException.class, code);
        return thrown == null ? null : thrown.getMessage().replace(folder + "/", "");
    }
}
