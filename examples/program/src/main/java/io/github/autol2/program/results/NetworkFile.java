package io.github.autol2.program.results;

import io.github.autol2.files.AtomicFile;
import io.github.autol2.program.data.TableRecipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.util.ModelSerializer;

/** A trained network as a zip file of Deeplearning4j. */
public final class NetworkFile {

    private NetworkFile() {}

    /**
     * Writes a network with its updater's state, in the place of an earlier file.
     *
     * @param table what it was trained on, if that was a table
     */
    public static void write(Path file, Model network, Optional<TableRecipe> table) throws IOException {
        AtomicFile.write(file, temporary -> ModelSerializer.writeModel(network, temporary.toFile(), true));
        if (table.isPresent()) {
            TableModel.addTo(file, table.get());
        }
    }
}
