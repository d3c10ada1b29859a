package io.github.autol2.program.cli;

import io.github.autol2.program.results.UnfinishedRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of commands that can be interrupted. */
public final class ResumeOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--resume", description = "This goes on with the finished parts of an interrupted run.")
    private boolean resume;

    @Option(names = "--restart", description = "This throws the finished parts of an interrupted run away.")
    private boolean restart;

    /**
     * Refuses a folder that cannot be written to and a run that cannot go on, before anything is written.
     *
     * @param settings all that the parts depend on
     */
    public void check(Path out, Map<String, String> settings) throws IOException {
        OutputFolder.check(out);
        if (resume && restart) {
            throw new InvalidUsageException("--resume and --restart exclude each other");
        }
        List<String> foreign = UnfinishedRun.foreign(out);
        if (!foreign.isEmpty()) {
            throw new InvalidUsageException(
                    out.resolve(UnfinishedRun.FOLDER) + " holds files that autol2 has not written, such as "
                            + foreign.get(0) + ": move them away, or choose another --out");
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

    /** Checks, then begins, or goes on and says so. */
    public UnfinishedRun open(Path out, Map<String, String> settings) throws IOException {
        check(out, settings);
        if (resume && !UnfinishedRun.isIn(out)) {
            tell("There is no interrupted run in " + out + ": beginning from the start.");
        }
        return openWithin(out, settings);
    }

    /** The same for a run within another one, which may well not have begun yet. */
    public UnfinishedRun openWithin(Path out, Map<String, String> settings) throws IOException {
        check(out, settings);
        if (resume && UnfinishedRun.isIn(out)) {
            UnfinishedRun run = UnfinishedRun.goOn(out);
            tell("Going on with the interrupted run in " + out + " (finished parts: " + run.parts() + ").");
            return run;
        }
        OutputFolder.make(out);
        return UnfinishedRun.begin(out, settings);
    }

    private void tell(String message) {
        PrintWriter messages = spec.commandLine().getErr();
        messages.println(message);
        messages.flush();
    }
}
