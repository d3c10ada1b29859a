package io.github.autol2.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
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
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a folder for one program at a time, or for programs that have agreed to share it, by a lock of the operating system on the file
 * {@value #FILE} in it. The system takes the lock back when the program ends in any way, so a lock that is left over keeps nobody out.
 * Who shares a folder locks single parts of it by their names; the system takes those back, too. Thread-safe.
 */
public final class FolderLock implements AutoCloseable {

    static final String FILE = ".autol2-lock";

    private static final int LONGEST_NOTE = 200;

    /** Where the lock is: behind all text, so that systems whose locks keep readers out let others read who has it. */
    private static final long PLACE = Long.MAX_VALUE - 1;

    /** The locks of parts begin behind all text. */
    private static final long FIRST_PART = 1L << 32;

    private static final String SHARED = "shared by ";
    private static final long PAUSE_MILLISECONDS = 20;

    /** The folders that this JVM has locked: to open a locked file a second time can release its lock. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;
    private final Object identity;
    private final Optional<String> stale;
    private FileLock lock; // null if others still share the folder

    private FolderLock(Path folder, FileChannel channel, Object identity, FileLock lock, Optional<String> stale) {
        this.folder = folder;
        this.channel = channel;
        this.identity = identity;
        this.lock = lock;
        this.stale = stale;
    }

    /** A part of the folder, for whoever holds it until it is closed. */
    public interface Part extends AutoCloseable {

        /**
         * Gives the part free.
         *
         * @throws IOException if the file of the lock is gone with its file system
         */
        @Override
        void close() throws IOException;
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
        return acquire(folder, false);
    }

    /**
     * Takes a share of the lock, or fails at once. Waits only for the last of those who shared it before, who finishes.
     *
     * @param folder must exist
     * @return the lock, to be closed
     * @throws InUseException if another program has the folder for itself, or this one has it already
     * @throws IOException    also if the folder's file system has no locks
     */
    public static FolderLock share(Path folder) throws IOException {
        return acquire(folder, true);
    }

    private static FolderLock acquire(Path folder, boolean shared) throws IOException {
        Path real = folder.toRealPath();
        if (!HELD.add(real)) {
            throw new InUseException(folder, "in this same program");
        }
        try {
            FolderLock lock = null;
            while (lock == null) {
                lock = tryOnce(folder, real, shared);
            }
            return lock;
        } catch (IOException | RuntimeException e) {
            HELD.remove(real);
            throw e;
        }
    }

    /**
     * Null if its last owner finishes, or removed the file in between, and perhaps another process has made a new one since.
     */
    private static FolderLock tryOnce(Path folder, Path real, boolean shared) throws IOException {
        Path file = real.resolve(FILE);
        Optional<Object> before = identity(file);
        if (before.isEmpty()) {
            create(file);
            return null;
        }
        FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        try {
            FileLock lock = channel.tryLock(PLACE, 1, shared);
            String note = note(channel);
            if (lock == null && shared && note.startsWith(SHARED)) {
                channel.close();
                pause();
                return null;
            }
            if (lock == null) {
                throw new InUseException(folder, note.isEmpty() ? "it has just begun" : note);
            }
            if (!before.equals(identity(file))) {
                channel.close();
                return null;
            }
            String owner = shared ? SHARED + me() + ", and perhaps by others" : me();
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
            Optional<String> stale = shared || note.isEmpty() ? Optional.empty() : Optional.of(note);
            return new FolderLock(real, channel, before.get(), lock, stale);
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

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the next use of the channel fails
        }
    }

    /**
     * {@return a part, if nobody has it, in this program or another} An interrupted thread may ask: unlike reading and writing, that does
     * not close the file.
     *
     * @param name of the part, the same for all who share the folder
     * @throws IOException if the lock is closed
     */
    public Optional<Part> tryPart(String name) throws IOException {
        try {
            FileLock part = channel.tryLock(place(name), 1, false);
            return part == null ? Optional.empty() : Optional.of(part::release);
        } catch (OverlappingFileLockException e) {
            return Optional.empty(); // another thread has it
        }
    }

    /**
     * {@return a part} Waits until nobody has it.
     *
     * @param name of the part
     * @throws IOException          if its file cannot be opened
     * @throws InterruptedException if this thread was interrupted while it waited; it stays interrupted
     */
    public Part part(String name) throws IOException, InterruptedException {
        Optional<Part> part = tryPart(name);
        while (part.isEmpty()) {
            pause();
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException("interrupted while another program had " + name);
            }
            part = tryPart(name);
        }
        return part.get();
    }

    /** Two names have the same place in one of 10^17 pairs; then one waits for the other. */
    private static long place(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return FIRST_PART + (UUID.nameUUIDFromBytes(text).getMostSignificantBits() >>> 2);
    }

    /**
     * Gives a share back. Of all who share a folder exactly one, the last, has it then for itself until it closes the lock. Later calls
     * return the same.
     *
     * @return whether this is the last
     * @throws IOException if the file system fails
     */
    public synchronized boolean isLast() throws IOException {
        if (lock != null && lock.isShared()) {
            lock.release();
            lock = channel.tryLock(PLACE, 1, false);
            if (lock != null && !Optional.of(identity).equals(identity(folder.resolve(FILE)))) {
                lock = null; // the last has been here already
            }
        }
        return lock != null;
    }

    /** {@return who had the lock and ended without giving it back, such as {@code process 123, since 2024-01-01T12:00:00Z}} */
    public Optional<String> stale() {
        return stale;
    }

    /**
     * Gives the folder free, and removes the file if nobody shares it any more.
     *
     * @throws IOException if the file cannot be removed; the folder is free also then
     */
    @Override
    public void close() throws IOException {
        try (channel) {
            if (isLast()) {
                Files.deleteIfExists(folder.resolve(FILE));
            }
        } finally {
            HELD.remove(folder);
        }
    }
}
