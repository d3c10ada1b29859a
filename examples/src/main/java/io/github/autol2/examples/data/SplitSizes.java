package io.github.autol2.examples.data;

/**
 * How many rows are asked for. A source delivers exactly these or refuses.
 *
 * @param training   at least 1
 * @param validation at least 0
 * @param test       at least 1
 */
public record SplitSizes(int training, int validation, int test) {

    public SplitSizes {
        atLeast(1, "training", training);
        atLeast(0, "validation", validation);
        atLeast(1, "test", test);
    }

    private static void atLeast(int minimum, String name, int size) {
        if (size < minimum) {
            throw new IllegalArgumentException("the " + name + " size must be >= " + minimum + ", got " + size);
        }
    }
}
