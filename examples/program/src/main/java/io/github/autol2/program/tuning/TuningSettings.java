package io.github.autol2.program.tuning;

import io.github.autol2.config.Format;
import io.github.autol2.config.Range;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.program.config.ModelSettings;
import io.github.autol2.program.sweep.Sweep;
import java.util.Optional;

/**
 * The keys {@code tune.*}.
 *
 * @param grid  number of constant lambdas to compare with, at least 0
 * @param given the user's number of runs at a time, at least 1
 */
public record TuningSettings(int grid, Optional<Integer> given) {

    /** The key of {@link #grid}. */
    public static final String GRID = "tune.grid";

    /** The key of {@link #given}, which changes no result. */
    public static final String THREADS = "tune.threads";

    private static final Range COUNT = Range.atLeast(0);
    private static final Range AT_LEAST_ONE = Range.atLeast(1);

    /** Outside of the heap, for a run of a network that takes minutes. */
    private static final long BYTES_OF_SMALL_RUN = 500L << 20;

    /** The same for the networks of the paper. */
    private static final long BYTES_OF_LARGE_RUN = 4L << 30;

    public TuningSettings {
        COUNT.check(GRID, grid);
        given.ifPresent(number -> AT_LEAST_ONE.check(THREADS, number));
    }

    /** Reads the keys. */
    public static TuningSettings read(SettingsReader reader) {
        return new TuningSettings(
                reader.value(
                        GRID,
                        0,
                        Format.integer(COUNT),
                        "number of constant lambdas to compare with, two decades to each side of the prediction"),
                reader.optional(
                        THREADS,
                        "one for each core, as far as memory allows",
                        Format.integer(AT_LEAST_ONE),
                        "runs at a time; their results do not depend on it"));
    }

    /** Runs at a time. */
    public int threads(ModelSettings model) {
        return given.orElseGet(() -> Sweep.threads(
                switch (model.kind()) {
                    case MLP, CNN, FILE -> BYTES_OF_SMALL_RUN;
                    case PAPER_CNN, WRN -> BYTES_OF_LARGE_RUN;
                }));
    }
}
