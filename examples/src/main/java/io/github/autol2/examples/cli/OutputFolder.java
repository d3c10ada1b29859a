package io.github.autol2.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder for result files, made and tried before the work begins. */
final class OutputFolder {

    private OutputFolder() {
    }

    /**
     * @throws InvalidUsageException if the folder cannot be made or written to
     */
    static void prepare(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".autol2", ".tmp"));
        } catch (IOException e) {
            throw new InvalidUsageException("--out " + folder + " must be a folder that can be written to, got: " + e, e);
        }
    }
}
