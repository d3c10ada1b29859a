package io.github.autol2.arbiter.store;

import io.github.autol2.arbiter.candidate.ConfigurationKey;
import io.github.autol2.arbiter.candidate.LambdaCandidate;
import io.github.autol2.files.FolderLock;
import io.github.autol2.prediction.Calibration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * The folder of a search that can be resumed: a JSON file for each candidate and each calibration. A candidate's file is there from
 * its beginning, so that another search in the same folder is found out before it trains or changes anything. Processes that share the
 * folder take each candidate by a lock of the operating system, which a killed one gives free. Used by one thread of each process.
 */
public final class SearchFolder {

    private static final String CANDIDATE = "candidate-";
    private static final long PAUSE_NANOSECONDS = 5_000_000;

    private final JsonStore store;
    private final String search;
    /** Those that train here; who leaves without a result gives its part free with the folder. */
    private final Map<Integer, FolderLock.Part> ours = new HashMap<>();

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
     * Keeps the folder for this search, or for this and others, until the lock is given back.
     *
     * @param shared whether other processes may work on the same search
     * @return the lock, to be closed
     * @throws IllegalStateException if another search is at work in it
     * @throws IOException           if the folder cannot be made or locked
     */
    public FolderLock lock(boolean shared) throws IOException {
        try {
            return store.lock(shared);
        } catch (FolderLock.InUseException e) {
            throw new IllegalStateException(
                    e.getMessage() + ": one folder is for one search at a time, unless all that work in it join", e);
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
     * Takes a candidate and notes that it begins, unless it has ended or another process trains it. May be asked again.
     *
     * @param candidate of this search
     * @param free      whether there is a thread that can train it; otherwise it is {@link Claim.Elsewhere}, too
     * @return what is to be done
     * @throws IllegalStateException if the folder holds another search
     */
    public Claim begin(LambdaCandidate candidate, boolean free) {
        try {
            Optional<Claim> claim = tryToBegin(candidate, free);
            while (claim.isEmpty()) {
                LockSupport.parkNanos(PAUSE_NANOSECONDS);
                claim = tryToBegin(candidate, free);
            }
            return claim.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Empty as long as who has taken it has not noted that; before, nothing tells this search from another. */
    private Optional<Claim> tryToBegin(LambdaCandidate candidate, boolean free) throws IOException {
        Optional<FolderLock.Part> part = store.tryPart(name(candidate));
        boolean taken = false;
        try {
            Optional<CandidateRecord> kept = own(candidate);
            if (part.isEmpty()) {
                return kept.map(elsewhere -> new Claim.Elsewhere());
            }
            if (kept.isPresent() && kept.get().hasEnded()) {
                return Optional.of(new Claim.Ended(kept.get().result().restore(candidate)));
            }
            if (!free) {
                return Optional.of(new Claim.Elsewhere());
            }
            if (kept.isEmpty()) {
                store.put(name(candidate), CandidateRecord.begun(identity(candidate)));
            }
            ours.put(candidate.getIndex(), part.get());
            taken = true;
            return Optional.of(new Claim.Ours());
        } finally {
            if (part.isPresent() && !taken) {
                part.get().close();
            }
        }
    }

    private Optional<CandidateRecord> own(LambdaCandidate candidate) throws IOException {
        Optional<CandidateRecord> kept = record(name(candidate));
        if (kept.isPresent() && !kept.get().identity().equals(identity(candidate))) {
            throw new IllegalStateException("candidate " + candidate.getIndex() + " in "
                    + store.parts().folder() + " is not the one that this "
                    + "search proposes: the space, the data, the score, the options or the seed "
                    + "have changed, or the generator cannot "
                    + "repeat its candidates (a grid in random order, Arbiter's genetic search "
                    + "without seeds: use a GeneticGenerator)");
        }
        return kept;
    }

    /**
     * Keeps the result of a candidate that has begun, and gives it free.
     *
     * @param result of a candidate that has trained, or failed
     */
    public void end(OptimizationResult result) {
        LambdaCandidate candidate = (LambdaCandidate) result.getCandidate();
        try {
            store.put(name(candidate), CandidateRecord.ended(identity(candidate), candidate, result));
            ours.remove(candidate.getIndex()).close();
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
