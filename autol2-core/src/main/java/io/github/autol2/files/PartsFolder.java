package io.github.autol2.files;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder with the finished parts of something that takes long, so that it can go on after an interruption: one JSON file for each part,
 * written in one step. How a part becomes JSON is its owner's business.
 *
 * <p>Thread-safe, as long as no two threads write the same part.
 *
 * @param folder made when the first part is written
 */
public record PartsFolder(Path folder) {

    private static final String EXTENSION = ".json";

    public PartsFolder {
        Objects.requireNonNull(folder, "folder");
    }

    /** The file of a part, whether it exists or not; for messages. */
    public Path file(String name) {
        return folder.resolve(name + EXTENSION);
    }

    public boolean has(String name) {
        return Files.exists(file(name));
    }

    /** Keeps a part, in the place of an earlier one of this name. */
    public void write(String name, String json) throws IOException {
        Files.createDirectories(folder);
        AtomicFile.write(file(name), temporary -> Files.writeString(temporary, json));
    }

    /**
     * A part's JSON; empty if there is no such part.
     *
     * @throws IOException also if the file is not text
     */
    public Optional<String> read(String name) throws IOException {
        try {
            return has(name) ? Optional.of(Files.readString(file(name))) : Optional.empty();
        } catch (CharacterCodingException e) {
            throw new IOException(file(name) + " is damaged: it is not UTF-8 text", e);
        }
    }

    /** The names of the parts that begin so, in alphabetical order; none without a folder. */
    public List<String> names(String beginning) throws IOException {
        return files().stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.startsWith(beginning) && name.endsWith(EXTENSION) && !isLeftover(name))
                .map(name -> name.substring(0, name.length() - EXTENSION.length()))
                .sorted()
                .toList();
    }

    /**
     * Removes all parts, what a killed program has left of them, and the folder if nothing else is in it.
     *
     * @param first     the part that goes first: without it an interrupted removal leaves parts that count for nothing
     * @param otherPart the ending of other files that are parts, too
     */
    public void remove(String first, String otherPart) throws IOException {
        Files.deleteIfExists(file(first));
        boolean empty = true;
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (name.endsWith(EXTENSION) || name.endsWith(otherPart) || isLeftover(name)) {
                Files.delete(file);
            } else {
                empty = false;
            }
        }
        if (empty) {
            Files.deleteIfExists(folder);
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** What a program that was killed while it wrote a file leaves behind. */
    private static boolean isLeftover(String name) {
        return name.startsWith(".") && name.endsWith(AtomicFile.TEMPORARY);
    }
}
