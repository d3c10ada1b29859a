package io.github.autol2.dl4j;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file so that others see the old one or the whole new one, never a part. */
public final class AtomicFile {

    private AtomicFile() {
    }

    /** Writes the new content to the path that it is given. */
    public interface Content {
        void writeTo(Path temporary) throws IOException;
    }

    /**
     * Writes the content beside the file and then moves it into its place.
     *
     * @param file in an existing folder; replaced if it exists
     * @throws IOException whatever the content throws, too; the file is then as it was before
     */
    public static void write(Path file, Content content) throws IOException {
        Path temporary = Files.createTempFile(file.toAbsolutePath().getParent(), "." + file.getFileName(), ".tmp");
        try {
            content.writeTo(temporary);
            try {
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
