package io.github.autol2.program.data;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The files of a table.
 *
 * @param main       the training rows, and those of the parts that have no file of their own
 * @param validation all validation rows
 * @param test       all test rows
 */
public record TableFiles(Path main, Optional<Path> validation, Optional<Path> test) {

    public TableFiles {
        Objects.requireNonNull(main, "main");
        Objects.requireNonNull(validation, "validation");
        Objects.requireNonNull(test, "test");
    }

    /** One file for all parts. */
    public TableFiles(Path main) {
        this(main, Optional.empty(), Optional.empty());
    }

    /**
     * How many rows the files have, without headers.
     *
     * @param validation empty if these rows have no file of their own
     * @param test       the same
     */
    public record Counts(int main, Optional<Integer> validation, Optional<Integer> test) {}
}
