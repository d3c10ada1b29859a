package io.github.autol2.research.cli;

import io.github.autol2.config.Format;
import io.github.autol2.config.Range;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.sweep.Sweep;
import java.util.Optional;

/**
 * The key of the figures that run several trainings at a time.
 *
 * @param given the user's number of trainings at a time, at least 1
 */
record SweepSettings(Optional<Integer> given) {

    /** The key of {@link #given}, which changes no result. */
    static final String THREADS = "figure.threads";

    /** For {@code --help}. */
    static final String THREADS_OPTION =
            "This sets figure.threads: run N trainings at a time; the default is one for each core, as far as memory allows.";

    /** Outside of the heap, for a training that takes minutes on two cores. */
    private static final long BYTES_OF_SMALL_RUN = 500L << 20;

    static SweepSettings read(SettingsReader reader) {
        return new SweepSettings(reader.optional(
                THREADS,
                "one for each core, as far as memory allows",
                Format.integer(Range.atLeast(1)),
                "trainings at a time"));
    }

    /** Small trainings at a time. */
    int threads() {
        return given.orElseGet(() -> Sweep.threads(BYTES_OF_SMALL_RUN));
    }

    /** Trainings at a time that may each need all of the memory. */
    int threadsOfLargeRuns() {
        return given.orElse(1);
    }
}
