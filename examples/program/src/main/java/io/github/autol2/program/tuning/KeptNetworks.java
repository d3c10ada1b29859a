package io.github.autol2.program.tuning;

import io.github.autol2.dl4j.network.Network;
import io.github.autol2.files.AtomicFile;
import io.github.autol2.program.data.TableRecipe;
import io.github.autol2.program.results.NetworkFile;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The networks of all runs, each at its best validation accuracy and after its last iteration, until it is known which one won. */
final class KeptNetworks {

    /** The winner's network where its validation accuracy was best, among the results. */
    static final String BEST = "best.zip";

    /** The winner's network after its last iteration, among the results. */
    static final String LAST = "last.zip";

    private final UnfinishedRun parts;

    KeptNetworks(UnfinishedRun parts) {
        this.parts = parts;
    }

    /**
     * Keeps both networks of a run.
     *
     * @param run fit for a file's name
     */
    void keep(String run, Training.Outcome outcome, Optional<TableRecipe> table) throws IOException {
        write(run, BEST, outcome.best(), table);
        write(run, LAST, outcome.network(), table);
    }

    private void write(String run, String which, Network network, Optional<TableRecipe> table) throws IOException {
        NetworkFile.write(parts.file(run + "-" + which), network.model(), table);
    }

    /** Copies both networks of a run to the results. */
    void copy(String run, Path out) throws IOException {
        for (String which : new String[] {BEST, LAST}) {
            Path kept = parts.file(run + "-" + which);
            AtomicFile.write(
                    out.resolve(which), temporary -> Files.copy(kept, temporary, StandardCopyOption.REPLACE_EXISTING));
        }
    }
}
