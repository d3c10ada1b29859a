package io.github.autol2.arbiter.store;

import io.github.autol2.arbiter.candidate.ConfigurationKey;
import io.github.autol2.arbiter.candidate.LambdaCandidate;
import io.github.autol2.files.FolderLock;
import io.github.autol2.prediction.Calibration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * The folder of a search that can be resumed: a JSON file for each candidate and each calibration. A candidate's file is there from
 * its beginning, so that another search in the same folder is found out before it trains or changes anything.
 */
public final class SearchFolder {

    private static final String CANDIDATE = "candidate-";

    private final JsonStore store;
    private final String search;

    /**
     * The results of a search in a folder.
     *
     * @param store  of the folder
     * @param search tells the data and the score of this search from others
     */
    public SearchFolder(JsonStore store, String search) {
        this.store = store;
        this.search = search;
    }

    /**
     * Keeps the folder for this search until the lock is given back.
     *
     * @return the lock, to be closed
     * @throws IllegalStateException if another search is at work in it
     * @throws IOException           if the folder cannot be made or locked
     */
    public FolderLock lock() throws IOException {
        Path folder = store.parts().folder();
        Files.createDirectories(folder);
        try {
            return FolderLock.acquire(folder);
        } catch (FolderLock.InUseException e) {
            throw new IllegalStateException(e.getMessage() + ": one folder is for one search at a time", e);
        }
    }

    /**
     * Reads whatever is there.
     *
     * @throws UncheckedIOException if a part cannot be read
     */
    public void check() {
        try {
            for (String name : store.names(CANDIDATE)) {
                record(name);
            }
            for (String name : store.names(Calibrations.FILE)) {
                store.get(name, Calibration.class);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * Notes that a candidate begins.
     *
     * @param candidate of this search
     * @return its result if an earlier run of this search has trained it
     * @throws IllegalStateException if the folder holds another search
     */
    public Optional<OptimizationResult> begin(LambdaCandidate candidate) {
        try {
            Optional<CandidateRecord> kept = record(name(candidate));
            if (kept.isEmpty()) {
                store.put(name(candidate), CandidateRecord.begun(identity(candidate)));
            } else if (!kept.get().identity().equals(identity(candidate))) {
                throw new IllegalStateException("candidate " + candidate.getIndex() + " in "
                        + store.parts().folder() + " is not the one that this "
                        + "search proposes: the space, the data, the score, the options or the seed "
                        + "have changed, or the generator cannot "
                        + "repeat its candidates (a grid in random order, Arbiter's genetic search "
                        + "without seeds: use a GeneticGenerator)");
            }
            return kept.filter(CandidateRecord::hasEnded)
                    .map(ended -> ended.result().restore(candidate));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * Keeps the result of a candidate that has begun.
     *
     * @param result of a candidate that has trained, or failed
     */
    public void end(OptimizationResult result) {
        LambdaCandidate candidate = (LambdaCandidate) result.getCandidate();
        try {
            store.put(name(candidate), CandidateRecord.ended(identity(candidate), candidate, result));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private Optional<CandidateRecord> record(String name) throws IOException {
        Optional<JsonNode> tree = store.get(name, JsonNode.class);
        if (tree.isPresent()
                && tree.get().path("identity").isTextual()
                && tree.get().has("failure")) {
            throw new IOException(
                    store.parts().file(name) + " was kept by an earlier version of AutoL2, which did not count "
                            + "the iterations of a candidate: finish this search with that version, or begin it anew in another folder");
        }
        return store.get(name, CandidateRecord.class);
    }

    private String identity(LambdaCandidate candidate) {
        return candidate.fingerprint() + ConfigurationKey.digest(search);
    }

    private static String name(LambdaCandidate candidate) {
        return String.format(Locale.ROOT, CANDIDATE + "%05d", candidate.getIndex());
    }
}
