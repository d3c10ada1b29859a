package io.github.autol2.arbiter.store;

import io.github.autol2.files.FolderLock;
import io.github.autol2.files.PartsFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.DeserializationFeature;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.json.JsonMapper;

/**
 * The parts of a search in a folder, as Java objects. It is not the store of the program's runs, because it writes with the copy of
 * Jackson that ND4J brings, so that this module brings none; what both have in common is {@link PartsFolder}. Whoever writes locks the
 * folder first. Thread-safe.
 */
public final class JsonStore {

    /** Whoever has this part may change the list of our files. */
    private static final String CLAIM = "claim";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private final PartsFolder parts;
    private volatile FolderLock lock; // null before it is locked

    /**
     * A folder that is not locked yet.
     *
     * @param parts of the search
     */
    public JsonStore(PartsFolder parts) {
        this.parts = parts;
    }

    PartsFolder parts() {
        return parts;
    }

    /**
     * Locks the folder, which is made if it is not there.
     *
     * @param shared whether other processes that ask for the same may work in it, too
     * @return the lock, to be closed
     * @throws FolderLock.InUseException if another one is at work in it
     * @throws IOException               if the folder cannot be made or locked
     */
    FolderLock lock(boolean shared) throws IOException {
        Files.createDirectories(parts.folder());
        lock = shared ? FolderLock.share(parts.folder()) : FolderLock.acquire(parts.folder());
        return lock;
    }

    /** The lock of a part, if no other process has it. */
    Optional<FolderLock.Part> tryPart(String name) throws IOException {
        return locked().tryPart(name);
    }

    /** The lock of a part; waits for another process that has it. */
    FolderLock.Part part(String name) throws IOException, InterruptedException {
        return locked().part(name);
    }

    private FolderLock locked() {
        if (lock == null) {
            throw new IllegalStateException(parts.folder() + " must be locked first");
        }
        return lock;
    }

    /**
     * {@return what is kept under this name, if anything is}
     *
     * @param <T>  what it is
     * @param name of the part
     * @param type its class
     * @throws IOException if the file holds anything else
     */
    public <T> Optional<T> get(String name, Class<T> type) throws IOException {
        Optional<String> json = parts.read(name);
        if (json.isEmpty()) {
            return Optional.empty();
        }
        T part;
        try {
            part = JSON.readValue(json.get(), type);
        } catch (JsonProcessingException e) {
            throw foreign(name, e.getOriginalMessage(), e);
        }
        if (part == null) {
            throw foreign(name, "it holds null", null);
        }
        return Optional.of(part);
    }

    private IOException foreign(String name, String reason, Exception cause) {
        return new IOException(parts.file(name) + " is not a part of a search, or was damaged: " + reason, cause);
    }

    /**
     * Keeps a part, in the place of an earlier one of this name.
     *
     * @param name of the part
     * @param part that Jackson can write and read back
     * @throws IOException if the file cannot be written; an earlier part is then as it was
     */
    public void put(String name, Object part) throws IOException {
        claim(name);
        parts.write(name, JSON.writeValueAsString(part));
    }

    /** In turn with other processes; whoever is interrupted still gets its turn, which comes soon. */
    private synchronized void claim(String name) throws IOException {
        boolean interrupted = Thread.interrupted();
        boolean claimed = false;
        try {
            while (!claimed) {
                try {
                    FolderLock.Part turn = part(CLAIM);
                    try (turn) {
                        parts.claim(parts.file(name).getFileName().toString());
                    }
                    claimed = true;
                } catch (InterruptedException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The names of the parts that begin so. */
    List<String> names(String beginning) throws IOException {
        return parts.names(beginning);
    }
}
