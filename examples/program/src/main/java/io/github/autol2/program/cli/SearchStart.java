package io.github.autol2.program.cli;

import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.search.Search;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a search takes its folder, anew or to go on there.
 *
 * @param resume     what becomes of an earlier one
 * @param out        the folder
 * @param candidates the most that this search may have
 * @param settings   all that the finished parts depend on
 */
record SearchStart(ResumeOptions resume, Path out, int candidates, Map<String, String> settings) {

    /** A search, and where its finished parts are. */
    record Begun(Search search, UnfinishedRun run) {}

    /** For this process alone. */
    Begun begin(Supplier<Search> prepared) throws IOException {
        resume.check(out, settings);
        Search search = prepared.get();
        Optional<UnfinishedRun> before = resume.before(out);
        if (before.isPresent()) {
            refuseFewer(before.get());
        }
        UnfinishedRun unfinished = resume.openOrExtend(out, settings, SearchOutput.names());
        unfinished.claim(Search.MODEL);
        return new Begun(search, unfinished);
    }

    /** Together with other processes. */
    Begun join(Supplier<Search> prepared) throws IOException {
        Search search = prepared.get().joining();
        UnfinishedRun unfinished = resume.join(out, settings, Search.MODEL, SearchOutput.names());
        refuseFewer(unfinished);
        return new Begun(search, unfinished);
    }

    /** Refuses a search that has begun more candidates than it may have. */
    void refuseFewer(UnfinishedRun before) throws IOException {
        int begun = before.count(Search.CANDIDATE);
        if (candidates < begun) {
            throw new InvalidUsageException("search.candidates must be at least the " + begun
                    + " that the search has begun already, got " + candidates);
        }
    }
}
