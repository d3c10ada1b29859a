package io.github.autol2.program.data;

import io.github.autol2.config.Format;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** A random change of a training image that keeps its meaning; the three of arXiv:2006.08643, in the order in which they are applied. */
public enum Augmentation {
    /** The mirror image, left and right exchanged, with probability 1/2. */
    FLIP,
    /** A shift by up to an eighth of the side in each direction (4 pixels of 32); what is shifted in is 0. */
    CROP,
    /**
     * The weighted mean of two images of the batch, and of their labels (Zhang et al., arXiv:1710.09412), with a weight that is uniform in
     * [0, 1), as Beta(1, 1) is. Labels are no longer one-hot, so the training error of such batches stays above 0.
     */
    MIXUP;

    /** {@code none}, or constants in lower case separated by commas, each once. */
    public static final Format<Set<Augmentation>> FORMAT = new Format<>(
            "none, or some of flip, crop, mixup separated by commas", Augmentation::parse, Augmentation::show);

    private static final String NONE = "none";

    private static Set<Augmentation> parse(String text) {
        Set<Augmentation> parsed = EnumSet.noneOf(Augmentation.class);
        if (text.equals(NONE)) {
            return parsed;
        }
        for (String name : text.split(",", -1)) {
            boolean isNew = Arrays.stream(values())
                    .filter(kind -> kind.key().equals(name.strip()))
                    .findFirst()
                    .map(parsed::add)
                    .orElse(false);
            if (!isNew) {
                throw new IllegalArgumentException("must be " + FORMAT.allowed());
            }
        }
        return Collections.unmodifiableSet(parsed);
    }

    private static String show(Set<Augmentation> kinds) {
        return kinds.isEmpty()
                ? NONE
                : kinds.stream().sorted().map(Augmentation::key).collect(Collectors.joining(","));
    }

    private String key() {
        return Format.choice(Augmentation.class).show().apply(this);
    }
}
