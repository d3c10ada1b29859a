package io.github.autol2.dl4j;

import io.github.autol2.dl4j.network.SavedNetwork;
import io.github.autol2.validation.HeldOut;
import io.github.autol2.validation.ValidationDecision;
import io.github.autol2.validation.ValidationState;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * What held-out data have decided in a run so far: the rule's memory, its decisions, and the best network. The first two are JSON like the
 * rest of a {@link SavedRun}; the best network is written as entries of its own beside the network in training.
 */
public final class SavedValidation {

    private static final String BEST_PARAMETERS = "autol2-best-parameters.bin";
    private static final String BEST_UPDATER = "autol2-best-updater.bin";

    @JsonProperty
    private final ValidationState state;

    @JsonProperty
    private final List<ValidationDecision> decisions;

    private final NetworkCopy best; // null before there were evaluations enough to tell

    @JsonCreator
    static SavedValidation withoutBest(
            @JsonProperty("state") ValidationState state,
            @JsonProperty("decisions") List<ValidationDecision> decisions) {
        return new SavedValidation(state, decisions, null);
    }

    /**
     * @param best null before there were evaluations enough to tell
     */
    SavedValidation(ValidationState state, List<ValidationDecision> decisions, NetworkCopy best) {
        this.state = Objects.requireNonNull(state, "state");
        this.decisions = List.copyOf(decisions);
        this.best = best;
    }

    ValidationState state() {
        return state;
    }

    List<ValidationDecision> decisions() {
        return decisions;
    }

    /** Null before there were evaluations enough to tell. */
    NetworkCopy best() {
        return best;
    }

    /** How many held-out examples there were; 0 before the first evaluation. */
    int examples() {
        return state.recent().stream()
                .findFirst()
                .or(() -> state.best().map(ValidationState.Best::performance))
                .map(HeldOut::examples)
                .orElse(0);
    }

    /** The best network, by the name of the entry. */
    Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        if (best != null) {
            entries.put(BEST_PARAMETERS, bytes(best.parameters()));
            if (best.updaterState() != null) {
                entries.put(BEST_UPDATER, bytes(best.updaterState()));
            }
        }
        return entries;
    }

    /**
     * The same with the best network from the file that {@link #entries} went into.
     *
     * @throws IOException if it is missing there, or damaged
     */
    SavedValidation withBest(Path file) throws IOException {
        if (state.best().isEmpty()) {
            return this;
        }
        INDArray parameters = SavedNetwork.array(file, BEST_PARAMETERS)
                .orElseThrow(() -> new IOException(file + " is damaged: it has no entry " + BEST_PARAMETERS));
        Optional<INDArray> updater = SavedNetwork.array(file, BEST_UPDATER);
        return new SavedValidation(state, decisions, new NetworkCopy(parameters, updater.orElse(null)));
    }

    private static byte[] bytes(INDArray array) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            Nd4j.write(array, out);
        }
        return bytes.toByteArray();
    }
}
