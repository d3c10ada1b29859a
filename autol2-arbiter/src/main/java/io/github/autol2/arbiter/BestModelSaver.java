package io.github.autol2.arbiter;

import io.github.autol2.arbiter.run.Scored;
import io.github.autol2.arbiter.store.KeepsNoNetwork;
import io.github.autol2.dl4j.SavedNetwork;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultReference;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.DeserializationFeature;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.json.JsonMapper;

/**
 * Keeps the network with the best score in one file, which is replaced in one step. An ordinary Deeplearning4j model that knows its
 * score, so a search that is resumed goes on with it; remove it before another search. Of equal scores the first candidate's stays, on
 * however many threads they train.
 *
 * <p>Thread-safe.
 */
public final class BestModelSaver implements KeepsNoNetwork {

    private static final String ENTRY = "autol2-search.json";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private final String path;
    private final boolean minimizeScore;

    /**
     * @param path          of the file, in an existing folder
     * @param minimizeScore as minimize() of the score function; a {@link SearchRunner} refuses anything else
     */
    @JsonCreator
    public BestModelSaver(@JsonProperty("path") String path, @JsonProperty("minimizeScore") boolean minimizeScore) {
        this.path = Objects.requireNonNull(path, "path");
        this.minimizeScore = minimizeScore;
    }

    /** The reference tells the result; only the best candidate's has a model. */
    @Override
    public synchronized ResultReference saveModel(OptimizationResult result, Object model) throws IOException {
        File best = new File(path);
        if (!best.exists() || isBetter(result, best)) {
            String note = JSON.writeValueAsString(new Note(result.getScore(), result.getIndex()));
            SavedNetwork.write(
                    (Model) model, best.toPath(), true, Map.of(ENTRY, note.getBytes(StandardCharsets.UTF_8)));
        }
        return new Reference(result, path);
    }

    /**
     * {@return the best network so far}
     *
     * @throws IOException if there is none, or it cannot be read
     */
    public Model best() throws IOException {
        return load(new File(path));
    }

    /** Whether it takes small scores for good ones. */
    boolean minimizeScore() {
        return minimizeScore;
    }

    private static Model load(File best) throws IOException {
        if (!best.exists()) {
            throw new IOException(best + " does not exist: no candidate has been saved");
        }
        return SavedNetwork.read(best.toPath());
    }

    private boolean isBetter(OptimizationResult result, File best) throws IOException {
        Note note = note(best);
        return new Scored(result.getScore(), result.getIndex())
                .beats(new Scored(note.score, note.candidate), minimizeScore);
    }

    /** What the file knows besides the network, as JSON. */
    private record Note(double score, int candidate) {

        @JsonCreator
        Note(@JsonProperty("score") double score, @JsonProperty("candidate") int candidate) {
            this.score = score;
            this.candidate = candidate;
        }
    }

    private static Note note(File best) throws IOException {
        String text = text(best).orElseThrow(() -> foreign(best, "it has no entry " + ENTRY, null));
        Note note;
        try {
            note = JSON.readValue(text, Note.class);
        } catch (JsonProcessingException e) {
            throw foreign(best, e.getOriginalMessage(), e);
        }
        if (note == null) {
            throw foreign(best, ENTRY + " holds null", null);
        }
        return note;
    }

    private static Optional<String> text(File best) throws IOException {
        try {
            return SavedNetwork.text(best.toPath(), ENTRY);
        } catch (IOException e) {
            throw foreign(best, e.getMessage(), e);
        }
    }

    private static IOException foreign(File best, String reason, Exception cause) {
        return new IOException(best + " is not a model that a search has saved: " + reason, cause);
    }

    @Override
    public List<Class<?>> getSupportedCandidateTypes() {
        return List.of(Object.class);
    }

    @Override
    public List<Class<?>> getSupportedModelTypes() {
        return List.of(MultiLayerNetwork.class, ComputationGraph.class);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BestModelSaver that && path.equals(that.path) && minimizeScore == that.minimizeScore;
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, minimizeScore);
    }

    @Override
    public String toString() {
        return "BestModelSaver(" + path + ")";
    }

    /** The result of one candidate, and where its network is. */
    private record Reference(OptimizationResult result, String path) implements ResultReference {
        @Override
        public OptimizationResult getResult() {
            return result;
        }

        @Override
        public Object getResultModel() throws IOException {
            File best = new File(path);
            int index = best.exists() ? note(best).candidate : -1;
            if (index != result.getIndex()) {
                throw new IOException("only the best model is kept, in " + path + "; candidate " + result.getIndex()
                        + " is not the best");
            }
            return load(best);
        }
    }
}
