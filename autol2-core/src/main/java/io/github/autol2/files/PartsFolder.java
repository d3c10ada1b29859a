package io.github.autol2.files;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A folder with the finished parts of something that takes long, so that it can go on after an interruption: one JSON file for each part,
 * written in one step. How a part becomes JSON is its owner's business.
 *
 * <p>Thread-safe, as long as no two threads write the same part. Several processes must take turns in {@link #claim}.
 *
 * @param folder made when the first part is written
 */
public record PartsFolder(Path folder) {

    private static final String EXTENSION = ".json";

    /** Lists the names of our files: whatever else is in the folder is somebody else's. */
    private static final String CLAIMS = ".autol2-parts";

    /** So begins the name of the file in which Java's zip file system collects a changed zip file, beside it. */
    private static final String ZIP = "zipfstmp";

    public PartsFolder {
        Objects.requireNonNull(folder, "folder");
    }

    /**
     * {@return the file of a part, whether it exists or not; for messages}
     *
     * @param name without an ending
     */
    public Path file(String name) {
        return folder.resolve(name + EXTENSION);
    }

    /**
     * {@return whether a part of this name is there, whoever has put it there}
     *
     * @param name without an ending
     */
    public boolean has(String name) {
        return Files.exists(file(name));
    }

    /**
     * Keeps a part, in the place of an earlier one of this name.
     *
     * @param name without an ending
     * @param json the part
     * @throws IOException if the file cannot be written; an earlier part is then as it was
     */
    public void write(String name, String json) throws IOException {
        claim(name + EXTENSION);
        AtomicFile.write(file(name), temporary -> Files.writeString(temporary, json));
    }

    /**
     * {@return a part's JSON; empty if there is no such part}
     *
     * @param name without an ending
     * @throws IOException also if the file is not text, or breaks the {@link TextLimits}
     */
    public Optional<String> read(String name) throws IOException {
        if (!has(name)) {
            return Optional.empty();
        }
        String json;
        try {
            json = Files.readString(file(name));
        } catch (CharacterCodingException e) {
            throw new IOException(file(name) + " is damaged: it is not UTF-8 text", e);
        }
        Optional<String> problem = TextLimits.problem(json);
        if (problem.isPresent()) {
            throw new IOException(file(name) + " is damaged: " + problem.get());
        }
        return Optional.of(json);
    }

    /**
     * {@return the names of the parts that begin so, in alphabetical order; none without a folder}
     *
     * @param beginning may be empty
     * @throws IOException if the folder cannot be read
     */
    public List<String> names(String beginning) throws IOException {
        return files().stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.startsWith(beginning) && name.endsWith(EXTENSION) && !name.startsWith("."))
                .map(name -> name.substring(0, name.length() - EXTENSION.length()))
                .sorted()
                .toList();
    }

    /**
     * Notes that a file of this folder is ours, before it is written by other means.
     *
     * @param fileName with its ending
     * @throws IOException if the list of our files cannot be read or written
     */
    public void claim(String fileName) throws IOException {
        synchronized (CLAIMS) {
            Set<String> claimed = claimed();
            if (claimed.add(fileName)) {
                Files.createDirectories(folder);
                AtomicFile.write(
                        folder.resolve(CLAIMS), temporary -> Files.writeString(temporary, String.join("\n", claimed)));
            }
        }
    }

    /**
     * {@return whether a part is there and is ours}
     *
     * @param name without an ending
     * @throws IOException if the list of our files cannot be read
     */
    public boolean owns(String name) throws IOException {
        return has(name) && claimed().contains(name + EXTENSION);
    }

    /**
     * {@return the files that look like parts and are not ours, because somebody else has put them there}
     *
     * @param otherPart the ending of other files that are parts, too
     * @param inner     the name for {@link #emptyFolder}
     * @throws IOException if the folder cannot be read
     */
    public List<String> foreign(String otherPart, String inner) throws IOException {
        List<Path> files = files();
        Set<String> claimed = claimed(); // afterwards: another process claims a file before it is there
        return files.stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(EXTENSION) || name.endsWith(otherPart) || name.equals(inner))
                .filter(name -> !claimed.contains(name))
                .sorted()
                .toList();
    }

    /**
     * Removes all that is ours, what a killed program has left of it, and the folder if nothing else is in it.
     *
     * @param first the part that goes first: without it an interrupted removal leaves parts that count for nothing
     * @throws IOException if a file cannot be removed
     */
    public void remove(String first) throws IOException {
        Set<String> claimed = claimed();
        if (owns(first)) {
            Files.delete(file(first));
        }
        boolean empty = true;
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (isOurs(name, claimed)) {
                delete(file);
            } else {
                empty &= name.equals(CLAIMS);
            }
        }
        Files.deleteIfExists(folder.resolve(CLAIMS));
        if (empty) {
            Files.deleteIfExists(folder);
        }
    }

    /** Deletes a file or, of a link, the link alone; of a folder its files, too, but no folders in it. */
    private static void delete(Path file) throws IOException {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            for (Path inner : files(file)) {
                Files.delete(inner);
            }
        }
        Files.delete(file);
    }

    /**
     * {@return an empty folder within this one, for files that belong together} It is ours.
     *
     * @param name of the folder; what a killed program has left in it is deleted
     * @throws IOException if it cannot be made, or if somebody else has put something of this name there; that stays as it is
     */
    public Path emptyFolder(String name) throws IOException {
        Path inner = folder.resolve(name);
        if (Files.exists(inner, LinkOption.NOFOLLOW_LINKS) && !claimed().contains(name)) {
            throw new IOException(inner + " is in the way: AutoL2 has not written it");
        }
        claim(name);
        if (Files.exists(inner, LinkOption.NOFOLLOW_LINKS)) {
            delete(inner);
        }
        return Files.createDirectory(inner);
    }

    /** The names of the files that are ours. */
    private Set<String> claimed() throws IOException {
        Path claims = folder.resolve(CLAIMS);
        if (!Files.isRegularFile(claims, LinkOption.NOFOLLOW_LINKS)) {
            return new TreeSet<>();
        }
        try {
            Set<String> claimed = new TreeSet<>(Files.readAllLines(claims));
            claimed.removeIf(name -> name.isEmpty() || name.contains("/") || name.contains("\\"));
            return claimed;
        } catch (NoSuchFileException e) {
            throw new IOException(claims + " is gone: somebody has moved or removed its folder", e);
        } catch (CharacterCodingException e) {
            throw new IOException(claims + " is damaged: it is not UTF-8 text", e);
        }
    }

    private List<Path> files() throws IOException {
        return files(folder);
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /**
     * Moves all that is ours, and nothing else, to another folder, in whose place only files of somebody else's may be. Whoever is
     * interrupted has the parts in one of the two folders, all together.
     *
     * @param to another folder in the same file system
     * @throws IOException if a file cannot be moved, or if both folders have a file of one name
     */
    public void moveTo(PartsFolder to) throws IOException {
        Set<String> claimed = claimed();
        List<Path> others = files().stream()
                .filter(file -> !isOurs(file.getFileName().toString(), claimed))
                .filter(file -> !file.endsWith(CLAIMS))
                .toList();
        for (Path file : to.files()) {
            Path here = folder.resolve(file.getFileName());
            if (Files.exists(here, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(file + " is in the way: AutoL2 has not written it");
            }
            Files.move(file, here);
        }
        Files.deleteIfExists(to.folder);
        Files.move(folder, to.folder);
        for (Path file : others) {
            Files.createDirectories(folder);
            Files.move(to.folder.resolve(file.getFileName()), file);
        }
    }

    private static boolean isOurs(String name, Set<String> claimed) {
        boolean lock = name.equals(FolderLock.FILE) && !claimed.isEmpty(); // of a killed program
        return claimed.contains(name) || isLeftover(name, claimed) || lock;
    }

    /** What a program that was killed while it wrote a file leaves behind. */
    private static boolean isLeftover(String name, Set<String> claimed) {
        return name.endsWith(AtomicFile.TEMPORARY)
                && (name.startsWith("." + CLAIMS)
                        || name.startsWith(ZIP)
                        || claimed.stream().anyMatch(own -> name.startsWith("." + own)));
    }
}
