package io.github.autol2.program.results;

import io.github.autol2.program.config.InputFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sees to it that the files that a run reads stay as they were when it began, because it may read them again. Thread-safe.
 */
final class UnchangedInput {

    private final Map<Path, String> hashes = new TreeMap<>();
    private final Map<Path, Stamp> seen = new HashMap<>();

    /** What changes with a file, but for who takes pains that it does not. */
    private record Stamp(long size, FileTime modified) {
        static Stamp of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.size(), attributes.lastModifiedTime());
        }
    }

    /** @param settings of the run, with the hashes of its files */
    UnchangedInput(Map<String, String> settings) {
        add(settings);
    }

    /** @param settings of a part of the run, with the hashes of its files */
    synchronized void add(Map<String, String> settings) {
        hashes.putAll(InputFiles.among(settings));
    }

    /**
     * Looks at all files: reads those that are new, or have another size or time than before.
     *
     * @throws IOException if one holds something else than when the run began, or is gone
     */
    synchronized void check() throws IOException {
        for (Map.Entry<Path, String> file : hashes.entrySet()) {
            check(file.getKey(), file.getValue());
        }
    }

    /** The same, but reads all files again. */
    synchronized void checkAll() throws IOException {
        seen.clear();
        check();
    }

    private void check(Path file, String hash) throws IOException {
        try {
            Stamp stamp = Stamp.of(file);
            if (stamp.equals(seen.get(file))) {
                return;
            }
            if (!InputFiles.hash(file).equals(hash)) {
                throw new IOException(file + " has changed since the run began" + advice());
            }
            seen.put(file, stamp);
        } catch (UncheckedIOException e) {
            throw new IOException(file + " cannot be read any more: " + e.getCause() + advice(), e);
        } catch (NoSuchFileException e) {
            throw new IOException(file + " is gone since the run began" + advice(), e);
        }
    }

    private static String advice() {
        return ": the parts that were finished before are kept; put it back as it was and go on with --resume, or begin anew "
                + "with --restart";
    }
}
