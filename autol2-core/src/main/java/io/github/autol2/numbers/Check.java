package io.github.autol2.numbers;

import java.util.OptionalDouble;

/** Range checks. Each throws an {@code IllegalArgumentException} that names the number, the rule and the value. */
public final class Check {

    private Check() {}

    /**
     * Refuses NaN and infinity.
     *
     * @param name  in the message
     * @param value any
     */
    public static void finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be finite, got " + value);
        }
    }

    /**
     * Refuses all but finite numbers greater than 0.
     *
     * @param name  in the message
     * @param value any
     */
    public static void positive(String name, double value) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(name + " must be finite and > 0, got " + value);
        }
    }

    /**
     * Refuses all but finite numbers of at least 0.
     *
     * @param name  in the message
     * @param value any
     */
    public static void notNegative(String name, double value) {
        if (!(value >= 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(name + " must be finite and >= 0, got " + value);
        }
    }

    /**
     * Refuses whole numbers below 1.
     *
     * @param name  in the message
     * @param value any
     */
    public static void atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, got " + value);
        }
    }

    /**
     * Refuses whole numbers below 0.
     *
     * @param name  in the message
     * @param value any
     */
    public static void atLeastZero(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must be >= 0, got " + value);
        }
    }

    /**
     * Refuses all but numbers in [0, 1].
     *
     * @param name  in the message
     * @param value empty where there is none, which is no error
     */
    public static void fraction(String name, OptionalDouble value) {
        if (value.isPresent() && !(value.getAsDouble() >= 0 && value.getAsDouble() <= 1)) {
            throw new IllegalArgumentException(name + " must be in [0, 1], got " + value.getAsDouble());
        }
    }
}
