package io.github.autol2.program.cli;

import io.github.autol2.program.results.UnfinishedRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of commands that can be interrupted. */
public final class ResumeOptions {

    @Option(names = "--resume", description = "Go on with the finished parts of an interrupted run.")
    private boolean resume;

    @Option(names = "--restart", description = "Throw the finished parts of an interrupted run away.")
    private boolean restart;

    /** As another command takes them. */
    public List<String> asArguments() {
        return resume ? List.of("--resume") : restart ? List.of("--restart") : List.of();
    }

    /**
     * Refuses what cannot go on, before anything is written.
     *
     * @param settings all that the parts depend on
     */
    void check(Path out, Map<String, String> settings) throws IOException {
        if (resume && restart) {
            throw new InvalidUsageException("--resume and --restart exclude each other");
        }
        if (!UnfinishedRun.isIn(out) || restart) {
            return;
        }
        if (!resume) {
            throw new InvalidUsageException(
                    out + " holds the finished parts of an interrupted run: go on with --resume, throw them "
                            + "away with --restart, or choose another --out");
        }
        Optional<String> difference = UnfinishedRun.goOn(out).difference(settings);
        if (difference.isPresent()) {
            throw new InvalidUsageException(
                    "--resume needs the settings of the interrupted run in " + out + ", but " + difference.get());
        }
    }

    /** Begins, or goes on and says so. */
    UnfinishedRun open(Path out, Map<String, String> settings, PrintWriter messages) throws IOException {
        if (resume && UnfinishedRun.isIn(out)) {
            UnfinishedRun run = UnfinishedRun.goOn(out);
            messages.println("Going on with the interrupted run in " + out + " (finished parts: " + run.parts() + ").");
            messages.flush();
            return run;
        }
        if (resume) {
            messages.println("There is no interrupted run in " + out + ": beginning from the start.");
            messages.flush();
        }
        OutputFolder.make(out);
        return UnfinishedRun.begin(out, settings);
    }
}
