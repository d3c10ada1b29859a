package io.github.autol2.arbiter;

import io.github.autol2.dl4j.AtomicFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultReference;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultSaver;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Keeps the network with the best score in one file, which is replaced in one step. An ordinary Deeplearning4j model that knows its
 * score, so a search that is resumed goes on with it; remove it before another search. Of equal scores the first candidate's stays, on
 * however many threads they train.
 *
 * <p>Thread-safe.
 */
public final class BestModelSaver implements ResultSaver {

    private static final String SCORE = "autol2-score";
    private static final String INDEX = "autol2-candidate";
    private static final String GRAPH = "autol2-graph";

    private final String path;
    private final boolean minimizeScore;

    /**
     * @param path          of the file, in an existing folder
     * @param minimizeScore as in the score function of the search
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
            AtomicFile.write(best.toPath(), temporary -> write(result, (Model) model, temporary));
        }
        return new Reference(result, path);
    }

    /**
     * The best network so far.
     *
     * @throws IOException if there is none, or it cannot be read
     */
    public Model best() throws IOException {
        return load(new File(path));
    }

    private static Model load(File best) throws IOException {
        if (!best.exists()) {
            throw new IOException(best + " does not exist: no candidate has been saved");
        }
        boolean graph = noted(best, GRAPH);
        return graph ? ModelSerializer.restoreComputationGraph(best) : ModelSerializer.restoreMultiLayerNetwork(best);
    }

    private boolean isBetter(OptimizationResult result, File best) throws IOException {
        double score = noted(best, SCORE);
        int index = noted(best, INDEX);
        return new Scored(result.getScore(), result.getIndex()).beats(new Scored(score, index), minimizeScore);
    }

    private static <T> T noted(File best, String name) throws IOException {
        T value;
        try {
            value = ModelSerializer.getObjectFromFile(best, name);
        } catch (RuntimeException e) {
            throw new IOException(best + " is not a model that a search has saved: " + e.getMessage(), e);
        }
        if (value == null) {
            throw new IOException(best + " is not a model that a search has saved: it has no " + name);
        }
        return value;
    }

    private static void write(OptimizationResult result, Model model, Path file) throws IOException {
        ModelSerializer.writeModel(model, file.toFile(), true);
        ModelSerializer.addObjectToFile(file.toFile(), SCORE, result.getScore());
        ModelSerializer.addObjectToFile(file.toFile(), INDEX, result.getIndex());
        ModelSerializer.addObjectToFile(file.toFile(), GRAPH, model instanceof ComputationGraph);
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

    /** Of one candidate. */
    private record Reference(OptimizationResult result, String path) implements ResultReference {
        @Override
        public OptimizationResult getResult() {
            return result;
        }

        @Override
        public Object getResultModel() throws IOException {
            File best = new File(path);
            int index = best.exists() ? BestModelSaver.<Integer>noted(best, INDEX) : -1;
            if (index != result.getIndex()) {
                throw new IOException("only the best model is kept, in " + path + "; candidate " + result.getIndex()
                        + " is not the best");
            }
            return load(best);
        }
    }
}
