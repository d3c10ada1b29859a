package io.github.autol2.program.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.github.autol2.dl4j.AutoL2Listener;
import io.github.autol2.dl4j.SavedNetwork;
import io.github.autol2.dl4j.SavedRun;
import io.github.autol2.dl4j.network.Network;
import io.github.autol2.files.ZipCopy;
import io.github.autol2.schedule.Decision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The state of a training run in one file, which is replaced in one step: the network with its updater's state and AutoL2's, and beside
 * them what the run has shown so far and ND4J's random numbers. A run that goes on from it ends as if it had never been interrupted.
 *
 * @param file       a zip file that Deeplearning4j can read; need not exist
 * @param everySeconds the file is not written more often, but for the end of the run; 0 writes it at each evaluation
 * @param further    entries of the file that belong to the network
 */
public record KeptTraining(Path file, double everySeconds, Map<String, byte[]> further) {

    static final String ENTRY = "autol2-training.json";

    /** Writing takes at most this share of the time. */
    private static final double SHARE = 0.05;

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /**
     * How far a run is.
     *
     * @param done          iterations so far
     * @param seconds       of training and evaluation so far
     * @param initialLambda of the first update
     * @param divisions     so far
     * @param curve         so far
     * @param rootState     of ND4J's random numbers
     * @param nodeState     of ND4J's random numbers
     */
    record State(
            long done,
            double seconds,
            double initialLambda,
            List<Decision.Change> divisions,
            List<CurvePoint> curve,
            long rootState,
            long nodeState) {

        State {
            divisions = List.copyOf(divisions);
            curve = List.copyOf(curve);
        }

        static State now(
                long done, double seconds, double initial, List<Decision.Change> divisions, List<CurvePoint> curve) {
            Random random = Nd4j.getRandom();
            return new State(done, seconds, initial, divisions, curve, random.rootState(), random.nodeState());
        }
    }

    /** What has been read: how far the run is, its network, and AutoL2's state where it follows a rule. */
    record Kept(State state, Network network, Optional<SavedRun> rule) {}

    /** Whether enough time has passed to write the file again. */
    boolean isDue(double secondsSince, double secondsOfWriting) {
        return secondsSince >= Math.max(everySeconds, secondsOfWriting / SHARE);
    }

    void write(State state, Network network, Optional<AutoL2Listener> listener) throws IOException {
        Map<String, byte[]> entries = new HashMap<>(further);
        entries.put(ENTRY, JSON.writeValueAsBytes(state));
        if (listener.isPresent()) {
            entries.putAll(listener.get().savedRun().entries());
        }
        SavedNetwork.write(network.model(), file, true, entries);
    }

    /**
     * Reads the file.
     *
     * @param hasRule whether the run follows a rule
     * @return empty if there is no such file
     * @throws IOException if it is not the state of such a run
     */
    Optional<Kept> read(boolean hasRule) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Optional<String> json = SavedNetwork.text(file, ENTRY);
        if (json.isEmpty()) {
            throw new IOException(file + " is not the state of a training run: it has no entry " + ENTRY);
        }
        State state;
        try {
            state = JSON.readValue(json.get(), State.class);
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is damaged: " + ENTRY + ": " + e.getOriginalMessage(), e);
        }
        if (state == null) {
            throw new IOException(file + " is damaged: " + ENTRY + ": it holds null");
        }
        return Optional.of(new Kept(
                state,
                Network.of(SavedNetwork.read(file)),
                hasRule ? Optional.of(SavedRun.readFrom(file)) : Optional.empty()));
    }

    /** Writes the trained network without the state of the run. */
    public void copyNetwork(Path to) throws IOException {
        Map<String, byte[]> changed = new HashMap<>();
        changed.put(ENTRY, null);
        ZipCopy.write(file, to, changed);
    }
}
