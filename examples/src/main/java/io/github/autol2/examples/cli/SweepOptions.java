package io.github.autol2.examples.cli;

import io.github.autol2.examples.results.UnfinishedRun;
import io.github.autol2.examples.sweep.Sweep;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of the figures that run several trainings at a time and can be interrupted. */
final class SweepOptions {

    /** Outside of the heap, for a training that takes minutes on two cores. */
    private static final long BYTES_OF_SMALL_RUN = 500L << 20;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ResumeOptions resume;

    @Option(names = "--threads", paramLabel = "N",
            description = "Trainings at a time; default: one for each core, as far as memory allows for small networks.")
    private Optional<Integer> threads = Optional.empty();

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    CommonOptions common() {
        return common;
    }

    /** Refuses what is wrong with the options themselves. */
    void check() {
        if (threads.filter(number -> number < 1).isPresent()) {
            throw new InvalidUsageException("--threads must be >= 1, got " + threads.get());
        }
    }

    /** Small trainings at a time. */
    int threads() {
        return threads.orElseGet(() -> Sweep.threads(BYTES_OF_SMALL_RUN));
    }

    /** Trainings at a time that may each need all of the memory. */
    int threadsOfLargeRuns() {
        return threads.orElse(1);
    }

    /**
     * Refuses a folder that cannot be written to and a run that cannot go on, before anything is written.
     *
     * @param settings all that the parts depend on
     */
    void check(Path out, Map<String, String> settings) throws IOException {
        OutputFolder.check(out);
        resume.check(out, settings);
    }

    /** Checks, and begins or goes on. */
    UnfinishedRun open(Path out, Map<String, String> settings) throws IOException {
        check(out, settings);
        return resume.open(out, settings, messages());
    }

    ProgressDisplay progress(String name, long steps) {
        return ProgressDisplay.of(name, steps, quiet, messages());
    }

    /**
     * As another command takes them.
     *
     * @param goesOn whether it finds an interrupted run
     */
    List<String> asArguments(boolean goesOn) {
        List<String> arguments = new ArrayList<>(common.asArguments());
        threads.ifPresent(number -> arguments.addAll(List.of("--threads", number.toString())));
        if (goesOn) {
            arguments.addAll(resume.asArguments());
        }
        arguments.addAll(progressAsArguments());
        return arguments;
    }

    /** The option that commands without a sweep have, too. */
    List<String> progressAsArguments() {
        return quiet ? new ArrayList<>(List.of("--quiet")) : new ArrayList<>();
    }

    private PrintWriter messages() {
        return spec.commandLine().getErr();
    }
}
