package io.github.autol2.dl4j;

import java.io.File;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.listeners.Checkpoint;
import org.deeplearning4j.optimize.listeners.CheckpointListener;

/**
 * Adds a run's state to the checkpoints that Deeplearning4j's CheckpointListener saves, as soon as they are there. Between the end of one
 * iteration and the measurement of the next the state does not change, so it does not matter which of the two listeners comes first, but
 * for the last checkpoint of a training. Not thread-safe.
 */
final class CarriedCheckpoints {

    private static final RunLog LOG = RunLog.of(AutoL2Listener.class);

    private final State state;
    private CheckpointListener[] savers = {};
    private final IdentityHashMap<CheckpointListener, Integer> carried =
            new IdentityHashMap<>(); // number of the last one

    /** What a checkpoint gets. */
    interface State {
        SavedRun get();
    }

    CarriedCheckpoints(State state) {
        this.state = state;
    }

    /** Takes note of who saves checkpoints. */
    void meet(List<TrainingListener> listeners) {
        savers = listeners.stream()
                .filter(CheckpointListener.class::isInstance)
                .map(CheckpointListener.class::cast)
                .toArray(CheckpointListener[]::new);
    }

    /** Looks for new checkpoints. */
    void carry() {
        for (CheckpointListener saver : savers) {
            Checkpoint last = saver.lastCheckpoint();
            Integer known = carried.get(saver);
            if (last != null && (known == null || last.getCheckpointNum() != known)) {
                carried.put(saver, last.getCheckpointNum());
                add(saver.getFileForCheckpoint(last), state.get());
            }
        }
    }

    /** The checkpoint is good without it, so the training goes on. */
    private static void add(File file, SavedRun state) {
        try {
            state.addTo(file.toPath());
        } catch (IOException e) {
            LOG.warn("{} could not take up the state of AutoL2; a run that goes on from it begins anew", file, e);
        }
    }

    /** Whether a CheckpointListener comes after this listener, which then misses the last checkpoint of the training. */
    static boolean behind(List<TrainingListener> listeners, TrainingListener self) {
        return listeners.indexOf(self) >= 0
                && listeners.subList(listeners.indexOf(self), listeners.size()).stream()
                        .anyMatch(CheckpointListener.class::isInstance);
    }
}
