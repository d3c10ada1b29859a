package io.github.autol2.files;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.UUID;

/** Writes a file so that others see the old one or the whole new one, never a part. */
public final class AtomicFile {

    /** The ending of files that are not whole yet; their names begin with a dot. */
    static final String TEMPORARY = ".tmp";

    private AtomicFile() {}

    /** Writes the new content to the path that it is given. */
    public interface Content {
        /**
         * Writes the content; it may open the file as it likes.
         *
         * @param temporary exists and is empty
         * @throws IOException whatever goes wrong; the file that was to be written is then as it was
         */
        void writeTo(Path temporary) throws IOException;
    }

    /**
     * Writes the content beside the file and then moves it into its place.
     *
     * @param file    in an existing folder; replaced if it exists
     * @param content is called once
     * @throws IOException whatever the content throws, too; the file is then as it was before
     */
    public static void write(Path file, Content content) throws IOException {
        // Not createTempFile: its files are for their owner only.
        Path temporary =
                file.toAbsolutePath().resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + TEMPORARY);
        Files.createFile(temporary);
        try {
            Set<PosixFilePermission> permissions = permissions(Files.exists(file) ? file : temporary);
            content.writeTo(temporary);
            if (!permissions.isEmpty()) {
                Files.setPosixFilePermissions(temporary, permissions);
            }
            try {
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Empty where the file system has none. */
    private static Set<PosixFilePermission> permissions(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view == null ? Set.of() : view.readAttributes().permissions();
    }
}
