package io.github.autol2.program.config;

import io.github.autol2.program.data.DataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files that settings name: a run that goes on must find them as they were when it began. */
public final class InputFiles {

    private static final String KEY = "sha256 of ";

    private InputFiles() {}

    /**
     * What the files of the data and that of the network hold: of those that were read, what was read.
     *
     * @return for each file its name behind {@code sha256 of}, and the hash
     * @throws io.github.autol2.program.data.InvalidDataException if a file of the data is missing, or has changed since it was read
     * @throws UncheckedIOException                               if a file cannot be read
     */
    public static Map<String, String> hashes(RunSettings settings) {
        Map<String, String> hashes = hashes(settings.data().source());
        settings.model().file().ifPresent(network -> {
            try {
                hashes.put(KEY + network.file(), network.hash());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return hashes;
    }

    /** The files that hold something else now, or are gone. What was read of them before is still right. */
    public static List<Path> changed(RunSettings settings) {
        return Stream.concat(
                        settings.data().source().changed().stream(),
                        settings.model().file().filter(NetworkText::hasChanged).map(NetworkText::file).stream())
                .toList();
    }

    /**
     * What the files of a source hold.
     *
     * @return for each file its name behind {@code sha256 of}, and the hash
     * @throws io.github.autol2.program.data.InvalidDataException if a file is missing, or has changed since it was read
     * @throws UncheckedIOException                               if a file cannot be read
     */
    public static Map<String, String> hashes(DataSource source) {
        Map<String, String> hashes = new TreeMap<>();
        source.hashes().forEach((file, hash) -> hashes.put(KEY + file, hash));
        return hashes;
    }
}
