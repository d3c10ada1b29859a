package io.github.autol2.program.config;

import io.github.autol2.config.Format;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.data.TableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The keys of the files of a table that hold one part of its rows.
 *
 * @param validation all validation rows
 * @param test       all test rows
 */
record TablePaths(Optional<Path> validation, Optional<Path> test) {

    static final String VALIDATION = "data.validationPath";
    static final String TEST = "data.testPath";

    static TablePaths read(SettingsReader reader) {
        return new TablePaths(
                reader.optional(
                        VALIDATION,
                        "none",
                        Format.path(),
                        "CSV file with all validation rows; without it they are rows of data.path"),
                reader.optional(
                        TEST,
                        "none",
                        Format.path(),
                        "CSV file with all test rows; without it they are rows of data.path"));
    }

    /**
     * Refuses them where there is no table, files that are not there, and one file for two parts: its rows would be learned and asked.
     *
     * @param main the file of the training rows
     */
    void check(SettingsReader reader, boolean table, Optional<Path> main) {
        for (String key : List.of(VALIDATION, TEST)) {
            reader.refuseIf(!table, key, "data.kind");
            Optional<Path> file = key.equals(TEST) ? test : validation;
            reader.require(
                    !table || file.isEmpty() || Files.isRegularFile(file.get()), key, "must be an existing file");
            reader.require(!table || !same(file, main), key, "must not be the file of data.path");
        }
        reader.require(!table || !same(test, validation), TEST, "must not be the file of " + VALIDATION);
    }

    private static boolean same(Optional<Path> one, Optional<Path> other) {
        if (one.isEmpty() || other.isEmpty() || !Files.exists(one.get()) || !Files.exists(other.get())) {
            return false;
        }
        try {
            return Files.isSameFile(one.get(), other.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * All files of the table.
     *
     * @param main the first
     */
    TableFiles with(Path main) {
        return new TableFiles(main, validation, test);
    }
}
