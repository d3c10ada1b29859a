package io.github.autol2.program.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.github.autol2.files.PartsFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The finished parts of a run that takes long, so that it can go on after an interruption: one JSON file (or a model) each in the folder
 * {@value #FOLDER} beside the results, written in one step when the part is finished. The folder is removed when all is done.
 */
public final class UnfinishedRun {

    /** In the folder of the results. */
    public static final String FOLDER = "unfinished";

    private static final String NOT_GIVEN = "not given";
    private static final String SETTINGS = "settings";
    private static final String MODEL_FILE = ".zip";
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private final PartsFolder parts;

    private UnfinishedRun(Path out) {
        this.parts = new PartsFolder(out.resolve(FOLDER));
    }

    /** Whether the folder of the results holds parts of an interrupted run. */
    public static boolean isIn(Path out) throws IOException {
        return new UnfinishedRun(out).parts.owns(SETTINGS);
    }

    /** Files in the place of parts that no run has written; they are never touched. */
    public static List<String> foreign(Path out) throws IOException {
        return new UnfinishedRun(out).parts.foreign(MODEL_FILE);
    }

    /**
     * Begins a run that has no finished parts.
     *
     * @param settings all that the parts depend on
     */
    public static UnfinishedRun begin(Path out, Map<String, String> settings) throws IOException {
        UnfinishedRun run = new UnfinishedRun(out);
        run.remove();
        run.put(SETTINGS, settings);
        return run;
    }

    /** Goes on with the parts of an interrupted run. */
    public static UnfinishedRun goOn(Path out) {
        return new UnfinishedRun(out);
    }

    /** The first setting of the interrupted run that is another one now, as a sentence. */
    public Optional<String> difference(Map<String, String> settings) throws IOException {
        Map<String, String> before =
                get(SETTINGS, new TypeReference<Map<String, String>>() {}).orElse(Map.of());
        Map<String, String> all = new TreeMap<>(before);
        all.putAll(settings);
        return all.keySet().stream()
                .filter(key -> !String.valueOf(before.get(key)).equals(String.valueOf(settings.get(key))))
                .findFirst()
                .map(key -> key + " was " + before.getOrDefault(key, NOT_GIVEN) + " and is "
                        + settings.getOrDefault(key, NOT_GIVEN));
    }

    /** Notes that a model in the folder is a part of this run, before it is written. */
    public void claim(String fileName) throws IOException {
        parts.claim(fileName);
    }

    /** Where a network of this run is kept, which is noted as a part before it is written. */
    public Path network(String fileName) throws IOException {
        claim(fileName);
        return parts.folder().resolve(fileName);
    }

    /** Keeps a finished part, in the place of an earlier one of this name. */
    public void put(String name, Object part) throws IOException {
        parts.write(name, JSON.writeValueAsString(part));
    }

    /** A finished part. */
    public <T> Optional<T> get(String name, TypeReference<T> type) throws IOException {
        Optional<String> json = parts.read(name);
        try {
            if (json.isEmpty()) {
                return Optional.empty();
            }
            T part = JSON.readValue(json.get(), type);
            if (part == null) {
                throw new IOException(parts.file(name) + " is not a part of a run: it holds null");
            }
            return Optional.of(part);
        } catch (JsonProcessingException e) {
            throw new IOException(parts.file(name) + " is not a part of a run: " + e.getOriginalMessage(), e);
        }
    }

    /** The number of finished parts. */
    public int parts() throws IOException {
        return parts.names("").size() - 1; // the settings are none
    }

    /** All is done: the parts are not needed any more. */
    public void remove() throws IOException {
        parts.remove(SETTINGS);
    }
}
