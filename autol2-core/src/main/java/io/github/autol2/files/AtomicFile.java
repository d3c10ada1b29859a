package io.github.autol2.files;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
     * @throws IOException names the file and the reason, such as a full disk; the file is then as it was before
     */
    public static void write(Path file, Content content) throws IOException {
        // Not createTempFile: its files are for their owner only.
        Path temporary =
                file.toAbsolutePath().resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + TEMPORARY);
        try {
            Files.createFile(temporary);
            content.writeTo(temporary);
            move(temporary, file);
        } catch (IOException e) {
            IOException told = new IOException(file + " cannot be written: " + reason(e), e);
            discard(temporary, told);
            throw told;
        } catch (RuntimeException | Error e) {
            discard(temporary, e);
            throw e;
        }
    }

    /** A disk that takes no file may also give none back: what is told is why the file was not written. */
    private static void discard(Path temporary, Throwable told) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            told.addSuppressed(e);
        }
    }

    /**
     * Moves a file into the place of another one, whose permissions it gets, in one step where the file system can do that.
     *
     * @param from in the same file system
     * @param to   replaced if it exists
     * @throws IOException if it cannot be moved
     */
    public static void move(Path from, Path to) throws IOException {
        Set<PosixFilePermission> permissions = permissions(Files.exists(to) ? to : from);
        if (!permissions.isEmpty()) {
            Files.setPosixFilePermissions(from, permissions);
        }
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** What the system says, without the name of the temporary file. */
    private static String reason(IOException e) {
        if (e instanceof FileSystemException inSystem) {
            return e instanceof NoSuchFileException
                    ? "its folder is gone"
                    : inSystem.getReason() == null ? e.getClass().getSimpleName() : inSystem.getReason();
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /** Empty where the file system has none. */
    private static Set<PosixFilePermission> permissions(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view == null ? Set.of() : view.readAttributes().permissions();
    }
}
