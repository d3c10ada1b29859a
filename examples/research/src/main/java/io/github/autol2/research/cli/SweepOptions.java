package io.github.autol2.research.cli;

import io.github.autol2.program.cli.CommonOptions;
import io.github.autol2.program.cli.InvalidUsageException;
import io.github.autol2.program.cli.RunOptions;
import io.github.autol2.research.sweep.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the figures that run several trainings at a time. */
final class SweepOptions {

    /** Outside of the heap, for a training that takes minutes on two cores. */
    private static final long BYTES_OF_SMALL_RUN = 500L << 20;

    @Mixin
    private RunOptions run;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Trainings at a time; default: one for each core, as far as memory allows for small networks.")
    private Optional<Integer> threads = Optional.empty();

    RunOptions run() {
        return run;
    }

    CommonOptions common() {
        return run.common();
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
     * As another command takes them.
     *
     * @param goesOn whether it finds an interrupted run
     */
    List<String> asArguments(boolean goesOn) {
        List<String> arguments = new ArrayList<>(run.common().asArguments());
        threads.ifPresent(number -> arguments.addAll(List.of("--threads", number.toString())));
        if (goesOn) {
            arguments.addAll(run.resume().asArguments());
        }
        arguments.addAll(run.quietAsArguments());
        return arguments;
    }
}
