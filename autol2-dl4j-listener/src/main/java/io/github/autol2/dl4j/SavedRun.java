package io.github.autol2.dl4j;

import io.github.autol2.files.AtomicFile;
import io.github.autol2.files.TextLimits;
import io.github.autol2.files.ZipCopy;
import io.github.autol2.schedule.AutoL2Run;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * The state of an AutoL2 run, to continue it later with the same lambda at every iteration as if it had not stopped. It lives in
 * the network's own zip file, as the entry {@value #ENTRY}, or in a file of its own. Both are written to a temporary file first and
 * moved into place in one step.
 *
 * <p>What it holds serves the listeners only, and changes with the version of the format. Immutable.
 */
public final class SavedRun {

    static final int VERSION = 14;
    static final String ENTRY = "autol2.json";

    private final State state;

    /**
     * All of it.
     *
     * @param version       of this format, {@value SavedRun#VERSION}
     * @param nextIteration the iteration that comes next
     * @param iterationOffset what this count is ahead of Deeplearning4j's, which loses one at each resume from a model that was saved
     *                        inside {@code iterationDone}; below 0 on Spark, where that counts whole splits, also those with fewer updates
     * @param penalty       what lambda is the coefficient of
     * @param biases        whether biases take part
     * @param ratios        coefficient / lambda by layer
     * @param own           the coefficients that the network had, by layer; empty if the run did not begin with them, see {@link LambdaSchedule}
     * @param gains         what an update is to a gradient, by parameter, for updaters of which only measuring tells
     * @param steps         each change of lambda so far, oldest first, on Spark by Deeplearning4j's count; the first is the first lambda
     * @param repetition    whether these steps repeat the run
     * @param sampledPenalty the penalty in the score at the last sample; 0 where none is taken off the scores
     * @param run           the rule's options and memory
     * @param validation    what held-out data have decided; empty where training signals decide
     */
    record State(
            int version,
            long nextIteration,
            long iterationOffset,
            Penalty penalty,
            boolean biases,
            Map<String, Double> ratios,
            Map<String, Double> own,
            Map<String, Double> gains,
            List<LambdaSchedule.Step> steps,
            Repetition repetition,
            double sampledPenalty,
            AutoL2Run.Snapshot run,
            @RecordJson.Elsewhere Optional<SavedValidation> validation) {
        State {
            if (version != VERSION) {
                throw new IllegalArgumentException("version must be " + VERSION + ", got " + version);
            }
            Objects.requireNonNull(repetition, "repetition");
            gains = Map.copyOf(gains);
            steps = List.copyOf(steps);
            LambdaSchedule.requireOrder(steps);
            ratios = Collections.unmodifiableMap(new LinkedHashMap<>(ratios)); // keeps the order of the layers
            own = Collections.unmodifiableMap(new LinkedHashMap<>(own));
        }

        private State with(Optional<SavedValidation> other) {
            return new State(
                    version,
                    nextIteration,
                    iterationOffset,
                    penalty,
                    biases,
                    ratios,
                    own,
                    gains,
                    steps,
                    repetition,
                    sampledPenalty,
                    run,
                    other);
        }
    }

    SavedRun(State state) {
        this.state = state;
    }

    State state() {
        return state;
    }

    /** What lambda is to each of the parameters. */
    Coefficients coefficients() {
        return new Coefficients(state.ratios(), state.own());
    }

    /**
     * Writes a file of its own: JSON, or a zip file with the best network where held-out data decide.
     *
     * @param file in an existing folder; replaced if it exists
     * @throws IOException if the file cannot be written
     */
    public void write(Path file) throws IOException {
        if (state.validation().isPresent()) {
            Map<String, byte[]> entries = entries();
            AtomicFile.write(file, temporary -> ZipCopy.create(temporary, entries));
            return;
        }
        AtomicFile.write(file, temporary -> Files.writeString(temporary, toJson()));
    }

    /**
     * {@return the state that {@link #write} has written}
     *
     * @param file that it has written
     * @throws IOException if the file cannot be read, or holds anything else
     */
    public static SavedRun read(Path file) throws IOException {
        if (ZipCopy.isZip(file)) {
            return readFrom(file);
        }
        try {
            return fromJson(Files.readString(file), file);
        } catch (CharacterCodingException e) {
            throw new IOException(file + ": not an AutoL2 state: it is not UTF-8 text", e);
        }
    }

    /**
     * Adds the state to a network's zip file that Deeplearning4j has written, or replaces the one in it.
     *
     * @param modelFile written by Deeplearning4j's ModelSerializer
     * @throws IOException if the file cannot be written, or is no zip file
     */
    public void addTo(Path modelFile) throws IOException {
        Map<String, byte[]> changed = new LinkedHashMap<>();
        changed.put(SavedValidation.ENTRY, null); // of an earlier state
        changed.putAll(entries());
        AtomicFile.write(modelFile, temporary -> ZipCopy.write(modelFile, temporary, changed));
    }

    /**
     * {@return the state in a network's zip file}
     *
     * @param modelFile to which {@link #addTo} has added it
     * @throws IOException also if there is none in it
     */
    public static SavedRun readFrom(Path modelFile) throws IOException {
        String json = SavedNetwork.text(modelFile, ENTRY)
                .orElseThrow(() -> new IOException(modelFile + " holds no AutoL2 state (no entry " + ENTRY + ")"));
        return new SavedRun(fromJson(json, modelFile).state.with(SavedValidation.read(modelFile)));
    }

    /**
     * {@return the lambda at each iteration of the run so far, for a training that repeats it without this library} A SparkComputationGraph
     * and a SharedTrainingMaster cannot: their workers count iterations otherwise.
     *
     * @throws IllegalStateException where {@link AutoL2Listener#schedule} or {@link AutoL2Spark#schedule} of the saved run does, and for a run of
     *                               SameDiff
     */
    public LambdaSchedule schedule() {
        state.repetition().require();
        return coefficients().schedule(state.steps(), state.penalty());
    }

    void saveWith(Model model, Path file, boolean saveUpdater) throws IOException {
        SavedNetwork.write(model, file, saveUpdater, entries());
    }

    String toJson() throws JsonProcessingException {
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(RecordJson.write(state));
    }

    private static SavedRun fromJson(String json, Path source) throws IOException {
        Optional<String> problem = TextLimits.problem(json);
        if (problem.isPresent()) {
            throw new IOException(source + ": not an AutoL2 state: " + problem.get());
        }
        try {
            JsonNode tree = new ObjectMapper().readTree(json);
            int version = tree.path("version").asInt(-1);
            if (version != VERSION) { // before its fields, which may have other names in another version
                throw new IOException(source + ": not an AutoL2 state of this version: version must be " + VERSION
                        + ", got " + (version < 0 ? "none" : version));
            }
            return new SavedRun(RecordJson.read(tree, State.class));
        } catch (JsonProcessingException e) {
            throw new IOException(source + ": not an AutoL2 state: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException(source + ": not an AutoL2 state: " + e.getMessage(), e);
        }
    }

    /**
     * {@return what {@link #addTo} puts into a network's zip file, by the name of the entry} For who writes that file in one step.
     *
     * @throws IOException if it cannot be written as JSON
     */
    public Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(ENTRY, toJson().getBytes(StandardCharsets.UTF_8));
        if (state.validation().isPresent()) {
            entries.putAll(state.validation().get().entries());
        }
        return entries;
    }

    /**
     * How many iterations a saved network does not know of: its count is one too small where it was saved inside iterationDone.
     *
     * @param nextIteration of the saved rule
     * @param iteration     of the network, as the rule counts
     * @return 0 or 1
     * @throws IllegalStateException if network and state do not belong together
     */
    static long lostIterations(long nextIteration, long iteration) {
        long lost = nextIteration - iteration;
        if (lost != 0 && lost != 1) {
            throw new IllegalStateException("the AutoL2 state was saved before iteration " + nextIteration
                    + ", but the network is at iteration " + iteration + ": they belong to different moments");
        }
        return lost;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SavedRun saved && state.equals(saved.state);
    }

    @Override
    public int hashCode() {
        return state.hashCode();
    }

    @Override
    public String toString() {
        return "AutoL2 before iteration " + state.nextIteration();
    }
}
