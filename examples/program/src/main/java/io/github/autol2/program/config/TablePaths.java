package io.github.autol2.program.config;

import io.github.autol2.config.Format;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.data.TableFiles;
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

    /** Refuses them where there is no table, and files that are not there. */
    void check(SettingsReader reader, boolean table) {
        for (String key : List.of(VALIDATION, TEST)) {
            reader.refuseIf(!table, key, "data.kind");
            Optional<Path> file = key.equals(TEST) ? test : validation;
            reader.require(
                    !table || file.isEmpty() || Files.isRegularFile(file.get()), key, "must be an existing file");
        }
    }

    /** The default of the training rows' share of data.path: what the parts without a file of their own leave. */
    double trainingShare() {
        int parts = (validation.isPresent() ? 0 : 1) + (test.isPresent() ? 0 : 1);
        return switch (parts) {
            case 0 -> TableSizes.ALL;
            case 1 -> 0.8;
            default -> 0.6;
        };
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
