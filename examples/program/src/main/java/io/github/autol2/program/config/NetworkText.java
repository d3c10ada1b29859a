package io.github.autol2.program.config;

import io.github.autol2.program.data.SeenFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A file that describes a network. It is read once, so that a run needs it no more and never builds two different networks from it.
 * Thread-safe. Two are equal if their files are.
 */
public final class NetworkText {

    private final Path file;
    private String text; // null before it is read

    /** @param file is not read yet */
    public NetworkText(Path file) {
        this.file = Objects.requireNonNull(file, "file");
    }

    /** Where it is from. */
    public Path file() {
        return file;
    }

    /**
     * The text.
     *
     * @throws IOException if it cannot be read, or is no text
     */
    public synchronized String text() throws IOException {
        if (text == null) {
            text = Files.readString(file);
        }
        return text;
    }

    /** SHA-256 of the text that the network is built from. */
    String hash() throws IOException {
        return SeenFiles.hash(new ByteArrayInputStream(text().getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether the file holds something else now, or is gone. */
    boolean hasChanged() {
        try {
            return !text().equals(Files.readString(file));
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetworkText text && file.equals(text.file);
    }

    @Override
    public int hashCode() {
        return file.hashCode();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
