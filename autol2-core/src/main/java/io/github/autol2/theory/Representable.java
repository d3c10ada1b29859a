package io.github.autol2.theory;

/** The check of computed numbers that this package shares. */
final class Representable {

    private Representable() {}

    /** The value itself, if it is finite. */
    static double check(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    name + " must be representable as a double, got " + value + ": choose a smaller f0, y or t");
        }
        return value;
    }
}
