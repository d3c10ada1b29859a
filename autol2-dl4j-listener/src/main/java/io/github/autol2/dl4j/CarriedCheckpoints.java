package io.github.autol2.dl4j;

import io.github.autol2.dl4j.log.RunLog;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
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
    private final IdentityHashMap<CheckpointListener, File> next =
            new IdentityHashMap<>(); // where one comes after the last

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

    /** Looks for new checkpoints: for the file of the next one, because asking for the last one reads a list of all. */
    void carry() {
        for (CheckpointListener saver : savers) {
            File expected = next.get(saver);
            if (expected == null || expected.exists()) {
                carry(saver);
            }
        }
    }

    /**
     * The checkpoints are good without the state, so the training goes on, whatever happens here. Deeplearning4j throws runtime exceptions
     * where it cannot read its list of checkpoints.
     */
    private void carry(CheckpointListener saver) {
        File file = null;
        try {
            Checkpoint last = saver.lastCheckpoint();
            if (last != null) {
                file = saver.getFileForCheckpoint(last);
                next.put(saver, after(file, last.getCheckpointNum()));
                state.get().addTo(file.toPath());
            }
        } catch (IOException | RuntimeException e) {
            if (file == null) {
                savers = Arrays.stream(savers)
                        .filter(other -> other != saver)
                        .toArray(CheckpointListener[]::new); // until the next epoch: not at each iteration
                LOG.warn(
                        "The last checkpoint of a CheckpointListener cannot be found; "
                                + "until the next epoch its checkpoints do not take up the state of AutoL2",
                        e);
            } else {
                LOG.warn("{} could not take up the state of AutoL2; a run that goes on from it begins anew", file, e);
            }
        }
    }

    /** Deeplearning4j numbers the files of one saver: {@code checkpoint_0_MultiLayerNetwork.zip} and so on. */
    private static File after(File file, int number) {
        String name = file.getName().replace("checkpoint_" + number + "_", "checkpoint_" + (number + 1) + "_");
        return new File(file.getParentFile(), name);
    }

    /** Whether a CheckpointListener comes after this listener, which then misses the last checkpoint of the training. */
    static boolean behind(List<TrainingListener> listeners, TrainingListener self) {
        return listeners.indexOf(self) >= 0
                && listeners.subList(listeners.indexOf(self), listeners.size()).stream()
                        .anyMatch(CheckpointListener.class::isInstance);
    }
}
