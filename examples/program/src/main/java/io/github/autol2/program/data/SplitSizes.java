package io.github.autol2.program.data;

import java.nio.file.Path;

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

    /**
     * Looks whether training and validation rows can come from files with so many.
     *
     * @param source for example {@code images of the file}
     * @throws InvalidDataException if there are too few
     */
    void requireTrainingRows(Path file, int count, String source) {
        if ((long) training + validation > count) {
            throw new InvalidDataException(
                    file,
                    "data.trainSize " + training + " + data.validationSize " + validation + " exceed the " + count + " "
                            + source);
        }
    }

    /** The same for test rows. */
    void requireTestRows(Path file, int count, String source) {
        if (test > count) {
            throw new InvalidDataException(file, "data.testSize " + test + " exceeds the " + count + " " + source);
        }
    }

    private static void atLeast(int minimum, String name, int size) {
        if (size < minimum) {
            throw new IllegalArgumentException("the " + name + " size must be >= " + minimum + ", got " + size);
        }
    }
}
