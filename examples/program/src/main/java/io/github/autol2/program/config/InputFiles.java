package io.github.autol2.program.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files that settings name: a run that goes on must find them as they were when it began. */
public final class InputFiles {

    private static final String KEY = "sha256 of ";

    private InputFiles() {}

    /**
     * What the files of the data and that of the network hold.
     *
     * @return for each file its name behind {@code sha256 of}, and the hash
     * @throws io.github.autol2.program.data.InvalidDataException if a file of the data is missing
     * @throws UncheckedIOException                               if a file cannot be read
     */
    public static Map<String, String> hashes(RunSettings settings) {
        return hashes(Stream.concat(settings.data().files().stream(), settings.model().file().stream())
                .toList());
    }

    /**
     * What some files hold.
     *
     * @return for each file its name behind {@code sha256 of}, and the hash
     * @throws UncheckedIOException if a file cannot be read
     */
    public static Map<String, String> hashes(List<Path> files) {
        Map<String, String> hashes = new TreeMap<>();
        files.forEach(file -> hashes.put(KEY + file, hash(file)));
        return hashes;
    }

    /**
     * The files whose hashes are among the settings of a run.
     *
     * @return each with its hash
     */
    public static Map<Path, String> among(Map<String, String> settings) {
        Map<Path, String> files = new TreeMap<>();
        settings.forEach((key, value) -> {
            int at = key.indexOf(KEY); // behind the name of a task, or at the beginning
            if (at >= 0) {
                files.put(Path.of(key.substring(at + KEY.length())), value);
            }
        });
        return files;
    }

    /**
     * The hash of a file.
     *
     * @throws UncheckedIOException if it cannot be read
     */
    public static String hash(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            DigestInputStream digested = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"));
            digested.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digested.getMessageDigest().digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
