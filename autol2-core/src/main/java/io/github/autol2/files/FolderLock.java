package io.github.autol2.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a folder for one program at a time, by a lock of the operating system on the file {@value #FILE} in it. The system takes the
 * lock back when the program ends in any way, so a lock that is left over keeps nobody out. Thread-safe.
 */
public final class FolderLock implements AutoCloseable {

    static final String FILE = ".autol2-lock";

    private static final int LONGEST_NOTE = 200;

    /** Where the lock is: behind all text, so that systems whose locks keep readers out let others read who has it. */
    private static final long PLACE = Long.MAX_VALUE - 1;

    /** The folders that this JVM has locked: to open a locked file a second time can release its lock. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;
    private final Optional<String> stale;

    private FolderLock(Path folder, FileChannel channel, Optional<String> stale) {
        this.folder = folder;
        this.channel = channel;
        this.stale = stale;
    }

    /** The folder is in use. The message says by whom, as far as that is known. */
    public static final class InUseException extends IOException {

        private static final long serialVersionUID = 1L;

        private InUseException(Path folder, String by) {
            super(folder + " is in use by another run of AutoL2 (" + by + ")");
        }
    }

    /**
     * Takes the lock, or fails at once.
     *
     * @param folder must exist
     * @return the lock, to be closed
     * @throws InUseException if another program, or another run in this one, has it
     * @throws IOException    also if the folder's file system has no locks
     */
    public static FolderLock acquire(Path folder) throws IOException {
        Path real = folder.toRealPath();
        if (!HELD.add(real)) {
            throw new InUseException(folder, "in this same program");
        }
        try {
            FolderLock lock = null;
            while (lock == null) {
                lock = tryOnce(folder, real);
            }
            return lock;
        } catch (IOException | RuntimeException e) {
            HELD.remove(real);
            throw e;
        }
    }

    /** Null if its last owner removed the file in between, and perhaps another process has made a new one since. */
    private static FolderLock tryOnce(Path folder, Path real) throws IOException {
        Path file = real.resolve(FILE);
        Optional<Object> before = identity(file);
        if (before.isEmpty()) {
            create(file);
            return null;
        }
        FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        try {
            FileLock lock = channel.tryLock(PLACE, 1, false);
            String note = note(channel);
            if (lock == null) {
                throw new InUseException(folder, note.isEmpty() ? "it has just begun" : note);
            }
            if (!before.equals(identity(file))) {
                channel.close();
                return null;
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(me().getBytes(StandardCharsets.UTF_8)), 0);
            return new FolderLock(real, channel, note.isEmpty() ? Optional.empty() : Optional.of(note));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Tells a file from a later one of its name; empty if there is none. To open it for that would give our lock back. */
    private static Optional<Object> identity(Path file) throws IOException {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
            return Optional.of(key == null ? file : key); // without keys an open file cannot be removed
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static void create(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // Another process was faster: whose lock it is comes next.
        }
    }

    private static String note(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST_NOTE);
        channel.read(bytes, 0);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
    }

    private static String me() {
        return "process " + ProcessHandle.current().pid() + ", since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    /** {@return who had the lock and ended without giving it back, such as {@code process 123, since 2024-01-01T12:00:00Z}} */
    public Optional<String> stale() {
        return stale;
    }

    /**
     * Gives the folder free and removes the file.
     *
     * @throws IOException if the file cannot be removed; the folder is free also then
     */
    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(folder.resolve(FILE));
        } finally {
            HELD.remove(folder);
        }
    }
}
