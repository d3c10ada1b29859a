package io.github.autol2.arbiter.store;

import io.github.autol2.files.FolderLock;
import java.io.IOException;
import java.util.Optional;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultReference;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultSaver;
import org.deeplearning4j.nn.api.Model;

/**
 * Has networks saved, one at a time where several processes search: a saver may compare its file with what it gets.
 *
 * @param store of the search; empty if it has no folder
 */
public record Saving(Optional<JsonStore> store) {

    private static final String TURN = "saving";

    /**
     * {@return the saver's reference to a result}
     *
     * @param saver   of the search
     * @param result  with a score
     * @param network that was trained
     * @throws NotKeptException     if the saver cannot write
     * @throws InterruptedException if this thread is interrupted while another process saves
     */
    public ResultReference save(ResultSaver saver, OptimizationResult result, Model network)
            throws NotKeptException, InterruptedException {
        try {
            if (store.isEmpty()) {
                return saver.saveModel(result, network);
            }
            FolderLock.Part turn = store.get().part(TURN);
            try (turn) {
                return saver.saveModel(result, network);
            }
        } catch (IOException e) {
            throw new NotKeptException(e);
        }
    }
}
