package io.github.autol2.arbiter.store;

import io.github.autol2.files.PartsFolder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.DeserializationFeature;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.json.JsonMapper;

/**
 * The parts of a search in a folder, as Java objects. It is not the store of the program's runs, because it writes with the copy of
 * Jackson that ND4J brings, so that this module brings none; what both have in common is {@link PartsFolder}.
 *
 * @param parts of the search
 */
public record JsonStore(PartsFolder parts) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    /**
     * {@return what is kept under this name, if anything is}
     *
     * @param <T>  what it is
     * @param name of the part
     * @param type its class
     * @throws IOException if the file holds anything else
     */
    public <T> Optional<T> get(String name, Class<T> type) throws IOException {
        Optional<String> json = parts.read(name);
        if (json.isEmpty()) {
            return Optional.empty();
        }
        T part;
        try {
            part = JSON.readValue(json.get(), type);
        } catch (JsonProcessingException e) {
            throw foreign(name, e.getOriginalMessage(), e);
        }
        if (part == null) {
            throw foreign(name, "it holds null", null);
        }
        return Optional.of(part);
    }

    private IOException foreign(String name, String reason, Exception cause) {
        return new IOException(parts.file(name) + " is not a part of a search, or was damaged: " + reason, cause);
    }

    /**
     * Keeps a part, in the place of an earlier one of this name.
     *
     * @param name of the part
     * @param part that Jackson can write and read back
     * @throws IOException if the file cannot be written; an earlier part is then as it was
     */
    public void put(String name, Object part) throws IOException {
        parts.write(name, JSON.writeValueAsString(part));
    }

    /** The names of the parts that begin so. */
    List<String> names(String beginning) throws IOException {
        return parts.names(beginning);
    }
}
