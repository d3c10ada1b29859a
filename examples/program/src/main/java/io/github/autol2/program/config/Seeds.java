package io.github.autol2.program.config;

import io.github.autol2.config.Format;
import io.github.autol2.config.SettingsReader;
import java.util.HashSet;
import java.util.List;

/** The key {@code seeds}: what is repeated, once for each. */
public final class Seeds {

    private static final String KEY = "seeds";
    private static final String NOT_ZERO =
            "must not be 0, which Deeplearning4j takes for no seed, so that nothing can be repeated";

    private Seeds() {}

    /**
     * Reads the key.
     *
     * @return distinct seeds other than 0, at least one
     */
    public static List<Long> read(SettingsReader reader, List<Long> byDefault) {
        List<Long> seeds = reader.value(KEY, byDefault, Format.longs(), "one run for each seed");
        boolean distinct = areDistinct(seeds);
        reader.require(distinct, KEY, "must be distinct");
        reader.require(!seeds.contains(0L), KEY, NOT_ZERO);
        return distinct && !seeds.contains(0L) ? seeds : byDefault;
    }

    /** @throws IllegalArgumentException unless they are distinct, at least one and none is 0 */
    static void check(List<Long> seeds) {
        if (seeds.isEmpty() || !areDistinct(seeds)) {
            throw new IllegalArgumentException("seeds must be distinct and at least one, got " + seeds);
        }
        if (seeds.contains(0L)) {
            throw new IllegalArgumentException("seeds " + NOT_ZERO + ", got " + seeds);
        }
    }

    private static boolean areDistinct(List<Long> seeds) {
        return new HashSet<>(seeds).size() == seeds.size();
    }
}
