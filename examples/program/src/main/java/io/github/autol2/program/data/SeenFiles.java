package io.github.autol2.program.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The files of one source as they were when it read them first: who reads one again gets the same content or an exception, so that no
 * run mixes two. What stays in memory needs no file any more. Thread-safe. All are equal, because what was seen is no setting.
 */
public final class SeenFiles {

    private final Map<Path, Stamp> stamps = new ConcurrentHashMap<>();
    private final Map<Path, String> hashes = new ConcurrentHashMap<>();

    /** What changes with a file, but for who takes pains that it does not. */
    private record Stamp(long size, FileTime modified) {
        static Optional<Stamp> of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return Optional.of(new Stamp(attributes.size(), attributes.lastModifiedTime()));
            } catch (IOException e) {
                return Optional.empty(); // whoever reads it says what is wrong with it
            }
        }
    }

    /**
     * Reads files.
     *
     * @throws InvalidDataException if one changes meanwhile
     * @throws UncheckedIOException if one was read before, and is gone or holds something else
     */
    <T> T read(List<Path> files, Supplier<T> reader) {
        Map<Path, Optional<Stamp>> before = new HashMap<>();
        for (Path file : files) {
            before.put(file, Stamp.of(file));
            boolean known = stamps.containsKey(file) || !hashes.isEmpty();
            problem(file).filter(problem -> known).ifPresent(problem -> {
                throw new UncheckedIOException(
                        new IOException(file + problem + ", and must be read again: put it back as it was"));
            });
        }
        T read = reader.get();
        for (Path file : files) {
            before.get(file).ifPresent(stamp -> refuseOther(file, stamp));
            before.get(file).ifPresent(stamp -> stamps.put(file, stamp));
        }
        return read;
    }

    /** What is wrong with a file that was read before; empty if it is as it was. */
    private Optional<String> problem(Path file) {
        String hash = hashes.get(file);
        try {
            boolean same = hash == null
                    ? Stamp.of(file).equals(Optional.ofNullable(stamps.get(file)))
                    : hash.equals(hash(file));
            return same ? Optional.empty() : Optional.of(" has changed since it was first read");
        } catch (NoSuchFileException e) {
            return Optional.of(" is gone since it was first read");
        } catch (IOException e) {
            return Optional.of(" cannot be read any more" + InvalidDataException.reason(e));
        }
    }

    private static void refuseOther(Path file, Stamp stamp) {
        if (!Optional.of(stamp).equals(Stamp.of(file))) {
            throw new InvalidDataException(file, "must not change while it is read: begin again when it is whole");
        }
    }

    /**
     * The hashes of files, which are those of what was read.
     *
     * @throws InvalidDataException if one has changed since it was read, or changes meanwhile
     * @throws UncheckedIOException if one cannot be read
     */
    Map<Path, String> hashes(List<Path> files) {
        Map<Path, String> all = new TreeMap<>();
        for (Path file : files) {
            all.put(file, hashes.computeIfAbsent(file, this::hashOfWhatWasRead));
        }
        return all;
    }

    private String hashOfWhatWasRead(Path file) {
        Optional<Stamp> before = Optional.ofNullable(stamps.get(file)).or(() -> Stamp.of(file));
        try {
            String hash = hash(file);
            before.ifPresent(stamp -> refuseOther(file, stamp));
            return hash;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files whose hash is known and that hold something else now, or are gone. */
    List<Path> changed() {
        return hashes.keySet().stream()
                .filter(file -> !Stamp.of(file).equals(Optional.ofNullable(stamps.get(file)))
                        && problem(file).isPresent())
                .sorted()
                .toList();
    }

    private static String hash(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return hash(content);
        }
    }

    /**
     * SHA-256 of all that is left of a stream.
     *
     * @throws IOException if it cannot be read
     */
    public static String hash(InputStream content) throws IOException {
        try {
            DigestInputStream digested = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"));
            digested.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digested.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SeenFiles;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
