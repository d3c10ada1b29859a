package io.github.autol2.arbiter;

import io.github.autol2.dl4j.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.DeserializationFeature;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.json.JsonMapper;

/** Parts of a search as JSON files in a folder, each written in one step. */
record JsonStore(Path folder) {

    private static final String EXTENSION = ".json";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    /**
     * @throws IOException if the file holds anything else
     */
    <T> Optional<T> get(String name, Class<T> type) throws IOException {
        Path file = file(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        T part;
        try {
            part = JSON.readValue(Files.readAllBytes(file), type);
        } catch (JsonProcessingException e) {
            throw foreign(file, e.getOriginalMessage(), e);
        }
        if (part == null) {
            throw foreign(file, "it holds null", null);
        }
        return Optional.of(part);
    }

    private static IOException foreign(Path file, String reason, Exception cause) {
        return new IOException(file + " is not a part of a search, or was damaged: " + reason, cause);
    }

    void put(String name, Object part) throws IOException {
        Files.createDirectories(folder);
        AtomicFile.write(file(name), temporary -> Files.write(temporary, JSON.writeValueAsBytes(part)));
    }

    /** Returns the names of the stored files that begin with this. */
    List<String> names(String beginning) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(beginning) && name.endsWith(EXTENSION))
                    .map(name -> name.substring(0, name.length() - EXTENSION.length()))
                    .sorted()
                    .toList();
        }
    }

    private Path file(String name) {
        return folder.resolve(name + EXTENSION);
    }
}
