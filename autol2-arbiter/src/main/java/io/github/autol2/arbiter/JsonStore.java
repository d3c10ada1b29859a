package io.github.autol2.arbiter;

import io.github.autol2.dl4j.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.DeserializationFeature;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.json.JsonMapper;

/** Finished parts of a search as JSON files in a folder, each written in one step. */
record JsonStore(Path folder) {

    private static final ObjectMapper JSON = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES).build();

    <T> Optional<T> get(String name, Class<T> type) throws IOException {
        Path file = file(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readString(file), type));
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is not a part of a search: " + e.getOriginalMessage(), e);
        }
    }

    void put(String name, Object part) throws IOException {
        Files.createDirectories(folder);
        AtomicFile.write(file(name), temporary -> Files.writeString(temporary, JSON.writeValueAsString(part)));
    }

    private Path file(String name) {
        return folder.resolve(name + ".json");
    }
}
