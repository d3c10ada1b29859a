package io.github.autol2.schedule;

import java.util.OptionalDouble;

/** The range checks that the records of this package share. */
final class Check {

    private Check() {}

    /** The state of a run, if it has one. */
    static <S extends AutoL2State> S begun(S state) {
        if (state == null) {
            throw new IllegalStateException("the run has not begun");
        }
        return state;
    }

    static void notBegun(AutoL2State state) {
        if (state != null) {
            throw new IllegalStateException("the run has begun already");
        }
    }

    static void finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be finite, got " + value);
        }
    }

    static void positive(String name, double value) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(name + " must be finite and > 0, got " + value);
        }
    }

    static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be > 0, got " + value);
        }
    }

    static void notNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must be >= 0, got " + value);
        }
    }

    static void notNegative(String name, double value) {
        if (!(value >= 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(name + " must be finite and >= 0, got " + value);
        }
    }

    /** The settings that every rule has. */
    static void options(double decayFactor, double refractory, int measureEvery, double minimumLambda, long holdFrom) {
        if (!(decayFactor > 1 && Double.isFinite(decayFactor))) {
            throw new IllegalArgumentException("decayFactor must be finite and > 1, got " + decayFactor);
        }
        notNegative("refractory", refractory);
        if (measureEvery < 1) {
            throw new IllegalArgumentException("measureEvery must be at least 1 iteration, got " + measureEvery);
        }
        notNegative("minimumLambda", minimumLambda);
        if (holdFrom < 0) {
            throw new IllegalArgumentException(
                    "holdFrom must be an iteration, at least 1, or 0 for never, got " + holdFrom);
        }
    }

    static void floor(double minimumLambda, double initialLambda) {
        if (minimumLambda > initialLambda) {
            throw new IllegalArgumentException(
                    "minimumLambda must not exceed initialLambda " + initialLambda + ", got " + minimumLambda);
        }
    }

    static void fraction(String name, OptionalDouble value) {
        if (value.isPresent() && !(value.getAsDouble() >= 0 && value.getAsDouble() <= 1)) {
            throw new IllegalArgumentException(name + " must be in [0, 1], got " + value.getAsDouble());
        }
    }
}
