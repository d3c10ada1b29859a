package io.github.autol2.dl4j;

import io.github.autol2.validation.HeldOut;
import io.github.autol2.validation.ValidationDecision;
import io.github.autol2.validation.ValidationState;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * What held-out data have decided in a run so far: the rule's memory, its decisions, and the best network. They are entries of the zip file
 * that holds the network in training.
 */
final class SavedValidation {

    static final String ENTRY = "autol2-validation.json";
    private static final String BEST_PARAMETERS = "autol2-best-parameters.bin";
    private static final String BEST_UPDATER = "autol2-best-updater.bin";

    private final Memory memory;
    private final NetworkCopy best; // null before there were evaluations enough to tell

    /** All but the best network. */
    record Memory(ValidationState state, List<ValidationDecision> decisions) {
        Memory {
            Objects.requireNonNull(state, "state");
            decisions = List.copyOf(decisions);
        }
    }

    /**
     * @param best null before there were evaluations enough to tell
     */
    SavedValidation(ValidationState state, List<ValidationDecision> decisions, NetworkCopy best) {
        this(new Memory(state, decisions), best);
    }

    private SavedValidation(Memory memory, NetworkCopy best) {
        this.memory = memory;
        this.best = best;
    }

    ValidationState state() {
        return memory.state();
    }

    List<ValidationDecision> decisions() {
        return memory.decisions();
    }

    /** Null before there were evaluations enough to tell. */
    NetworkCopy best() {
        return best;
    }

    /** How many held-out examples there were; 0 before the first evaluation. */
    int examples() {
        return state().recent().stream()
                .findFirst()
                .or(() -> state().best().map(ValidationState.Best::performance))
                .map(HeldOut::examples)
                .orElse(0);
    }

    /** What is put into the zip file, by the name of the entry. */
    Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(ENTRY, RecordJson.write(memory).toString().getBytes(StandardCharsets.UTF_8));
        if (best != null) {
            entries.put(BEST_PARAMETERS, bytes(best.parameters()));
            if (best.updaterState() != null) {
                entries.put(BEST_UPDATER, bytes(best.updaterState()));
            }
        }
        return entries;
    }

    /**
     * What {@link #entries} has put into a zip file.
     *
     * @return empty if there is no such entry
     * @throws IOException if it is damaged
     */
    static Optional<SavedValidation> read(Path file) throws IOException {
        Optional<String> json = SavedNetwork.text(file, ENTRY);
        if (json.isEmpty()) {
            return Optional.empty();
        }
        Memory memory = memory(json.get(), file);
        if (memory.state().best().isEmpty()) {
            return Optional.of(new SavedValidation(memory, null));
        }
        INDArray parameters = SavedNetwork.array(file, BEST_PARAMETERS)
                .orElseThrow(() -> new IOException(file + " is damaged: it has no entry " + BEST_PARAMETERS));
        Optional<INDArray> updater = SavedNetwork.array(file, BEST_UPDATER);
        return Optional.of(new SavedValidation(memory, new NetworkCopy(parameters, updater.orElse(null))));
    }

    private static Memory memory(String json, Path file) throws IOException {
        try {
            return RecordJson.read(new ObjectMapper().readTree(json), Memory.class);
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is damaged: " + ENTRY + ": " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: " + ENTRY + ": " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(INDArray array) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            Nd4j.write(array, out);
        }
        return bytes.toByteArray();
    }
}
