package io.github.autol2.program.tuning;

import io.github.autol2.config.Format;
import io.github.autol2.config.Range;
import io.github.autol2.config.SettingsReader;

/**
 * The keys {@code tune.*}.
 *
 * @param grid number of constant lambdas to compare with, at least 0
 */
public record TuningSettings(int grid) {

    /** The key of {@link #grid}. */
    public static final String GRID = "tune.grid";

    private static final Range COUNT = Range.atLeast(0);

    public TuningSettings {
        COUNT.check(GRID, grid);
    }

    /** Reads the keys. */
    public static TuningSettings read(SettingsReader reader) {
        return new TuningSettings(reader.value(
                GRID,
                0,
                Format.integer(COUNT),
                "number of constant lambdas to compare with, two decades to each side of the prediction"));
    }
}
