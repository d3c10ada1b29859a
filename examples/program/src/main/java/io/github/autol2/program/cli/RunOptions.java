package io.github.autol2.program.cli;

import io.github.autol2.program.results.UnfinishedRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of commands that take settings, show their progress and can be interrupted. */
public final class RunOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ResumeOptions resume;

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    public CommonOptions common() {
        return common;
    }

    public ResumeOptions resume() {
        return resume;
    }

    boolean quiet() {
        return quiet;
    }

    /**
     * Refuses a folder that cannot be written to and a run that cannot go on, before anything is written.
     *
     * @param settings all that the parts depend on
     */
    public void check(Path out, Map<String, String> settings) throws IOException {
        OutputFolder.check(out);
        resume.check(out, settings);
    }

    /** Checks, and begins or goes on. */
    public UnfinishedRun open(Path out, Map<String, String> settings) throws IOException {
        check(out, settings);
        return resume.open(out, settings, messages());
    }

    public ProgressDisplay progress(String name, long steps) {
        return ProgressDisplay.of(name, steps, quiet, messages());
    }

    /** {@code --quiet} as another command takes it. */
    public List<String> quietAsArguments() {
        return quiet ? List.of("--quiet") : List.of();
    }

    private PrintWriter messages() {
        return spec.commandLine().getErr();
    }
}
