package io.github.autol2.program.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.github.autol2.files.PartsFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The finished parts of a run that takes long, so that it can go on after an interruption: one JSON file (or a model) each in the folder
 * {@value #FOLDER} beside the results, written in one step when the part is finished. The folder is removed when all is done.
 *
 * <p>It is not the store of the Arbiter module, because its parts have annotations of a Jackson that a library must not bring; what both
 * have in common is {@link PartsFolder}.
 */
public final class UnfinishedRun {

    /** In the folder of the results. */
    public static final String FOLDER = "unfinished";

    /** Where the parts of a search stay when it is finished, so that it can be extended. */
    public static final String SET_ASIDE = "candidates";

    private static final String NOT_GIVEN = "not given";
    private static final String SETTINGS = "settings";
    private static final String MODEL_FILE = ".zip";
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private final Path out;
    private final PartsFolder parts;

    /** Writes the files of the results. */
    public interface Writing {

        /**
         * Writes them.
         *
         * @param folder in the place of that of the results, empty
         */
        void into(Path folder) throws IOException;
    }

    private UnfinishedRun(Path out) {
        this(out, FOLDER);
    }

    private UnfinishedRun(Path out, String folder) {
        this.out = out;
        this.parts = new PartsFolder(out.resolve(folder));
    }

    /** The finished parts of a run that is whole, if there is one in the folder of its results. */
    public static Optional<UnfinishedRun> setAsideIn(Path out) throws IOException {
        UnfinishedRun aside = new UnfinishedRun(out, SET_ASIDE);
        return aside.parts.owns(SETTINGS) ? Optional.of(aside) : Optional.empty();
    }

    /**
     * All is done, and the parts stay in the folder {@value #SET_ASIDE} for who wants more of the same; if somebody else has files in
     * such a folder, they are removed as ever.
     *
     * @return whether they stay
     */
    public boolean setAside() throws IOException {
        UnfinishedRun aside = new UnfinishedRun(out, SET_ASIDE);
        aside.remove();
        if (Files.exists(aside.parts.folder())) {
            remove();
            return false;
        }
        parts.moveTo(aside.parts);
        return true;
    }

    /** Takes parts that were set aside for a run that goes on, and no file of somebody else's. */
    public void takeUp() throws IOException {
        parts.moveTo(new UnfinishedRun(out).parts);
    }

    /** The number of parts whose names begin so. */
    public int count(String beginning) throws IOException {
        return parts.names(beginning).size();
    }

    /** Whether the folder of the results holds parts of an interrupted run. */
    public static boolean isIn(Path out) throws IOException {
        return new UnfinishedRun(out).parts.owns(SETTINGS);
    }

    /** Files in the place of parts, and a folder in that of unwritten results, that no run has made; they are never touched. */
    public static List<String> foreign(Path out) throws IOException {
        return new UnfinishedRun(out).parts.foreign(MODEL_FILE, NewResults.FOLDER);
    }

    /**
     * Begins a run that has no finished parts.
     *
     * @param settings all that the parts depend on
     */
    public static UnfinishedRun begin(Path out, Map<String, String> settings) throws IOException {
        UnfinishedRun run = new UnfinishedRun(out);
        run.remove();
        run.parts.write(SETTINGS, JSON.writeValueAsString(settings));
        return run;
    }

    /** Goes on with the parts of an interrupted run. */
    public static UnfinishedRun goOn(Path out) {
        return new UnfinishedRun(out);
    }

    /** The first setting of the interrupted run that is another one now, as a sentence. */
    public Optional<String> difference(Map<String, String> settings) throws IOException {
        Map<String, String> before = settings();
        Map<String, String> all = new TreeMap<>(before);
        all.putAll(settings);
        return all.keySet().stream()
                .filter(key -> !String.valueOf(before.get(key)).equals(String.valueOf(settings.get(key))))
                .findFirst()
                .map(key -> key + " was " + before.getOrDefault(key, NOT_GIVEN) + " and is "
                        + settings.getOrDefault(key, NOT_GIVEN));
    }

    /**
     * Notes that a model in the folder is a part of this run, before it is written.
     *
     * @throws IOException also if the folder is not there any more
     */
    public void claim(String fileName) throws IOException {
        requireSettings();
        parts.claim(fileName);
    }

    /** Without its settings a part belongs to no run: a folder that is gone must not come back with the later parts alone. */
    private void requireSettings() throws IOException {
        if (!parts.owns(SETTINGS)) {
            throw new IOException(parts.file(SETTINGS)
                    + " is gone: somebody has moved or removed the finished parts while the run went on");
        }
    }

    private Map<String, String> settings() throws IOException {
        return get(SETTINGS, new TypeReference<Map<String, String>>() {}).orElse(Map.of());
    }

    /**
     * Keeps a finished part, in the place of an earlier one of this name.
     *
     * @throws IOException also if the folder is not there any more
     */
    public void put(String name, Object part) throws IOException {
        requireSettings();
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

    /**
     * A file in the folder that is a part of this run, to be written by other means in one step.
     *
     * @param fileName ends in {@code .zip}
     */
    public Path file(String fileName) throws IOException {
        claim(fileName);
        return parts.folder().resolve(fileName);
    }

    /**
     * All is done: the results take the place of earlier ones, and the parts are removed. If the program is killed while files move, the
     * parts are still there, and a run that goes on with them moves all files again.
     *
     * @throws IOException if a file cannot be written; the folder of the results is then as it was, but for files that the message says are
     *                     replaced already, and the parts are kept
     */
    public void finish(Writing writing) throws IOException {
        replaceResults(writing);
        remove();
    }

    /** The same, but the parts stay. */
    public void replaceResults(Writing writing) throws IOException {
        requireSettings();
        try {
            new NewResults(out, parts)
                    .replace(
                            writing,
                            target -> {},
                            ", and the finished parts are kept in " + parts.folder() + ": go on with --resume");
        } catch (IOException e) {
            try {
                if (parts.owns(SETTINGS)) { // or else the folder is gone, and must not come back
                    parts.emptyFolder(NewResults.FOLDER);
                }
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    /** All is done: the parts are not needed any more. */
    public void remove() throws IOException {
        parts.remove(SETTINGS);
    }
}
