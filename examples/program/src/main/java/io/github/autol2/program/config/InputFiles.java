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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files that settings name: a run that goes on must find them as they were when it began. */
public final class InputFiles {

    private InputFiles() {}

    /**
     * What the files of the data and that of the network hold.
     *
     * @return for each file its name behind {@code sha256 of}, and the hash
     * @throws io.github.autol2.program.data.InvalidDataException if a file of the data is missing
     * @throws UncheckedIOException                               if a file cannot be read
     */
    public static Map<String, String> hashes(RunSettings settings) {
        Map<String, String> hashes = new TreeMap<>();
        Stream.concat(settings.data().files().stream(), settings.model().file().stream())
                .forEach(file -> hashes.put("sha256 of " + file, hash(file)));
        return hashes;
    }

    private static String hash(Path file) {
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
