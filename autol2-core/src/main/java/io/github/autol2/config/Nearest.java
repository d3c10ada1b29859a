package io.github.autol2.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the key that a misspelt one was probably meant to be. */
final class Nearest {

    private static final int LONGEST = 60; // characters of a key worth comparing

    private Nearest() {}

    /** The known key with the fewest edits, if they change at most a third of what was written. */
    static Optional<String> to(String key, Collection<String> known) {
        if (key.length() > LONGEST) {
            return Optional.empty();
        }
        return known.stream()
                .min(Comparator.comparingInt(candidate -> edits(key, candidate)))
                .filter(candidate -> edits(key, candidate) <= key.length() / 3);
    }

    /** Upper and lower case are equal, and the part before the last dot may be missing: {@code Width} is {@code model.width}. */
    private static int edits(String key, String candidate) {
        String written = key.toLowerCase(Locale.ROOT);
        String whole = candidate.toLowerCase(Locale.ROOT);
        String last = whole.substring(whole.lastIndexOf('.') + 1);
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return Math.min(distance.apply(written, whole), distance.apply(written, last));
    }
}
