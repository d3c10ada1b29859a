package io.github.autol2.schedule;

import io.github.autol2.numbers.Check;

/** What the rules of this package refuse alike. */
final class RunCheck {

    private RunCheck() {}

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

    /** The settings that every rule has. */
    static void options(double decayFactor, double refractory, int measureEvery, double minimumLambda, long holdFrom) {
        if (!(decayFactor > 1 && Double.isFinite(decayFactor))) {
            throw new IllegalArgumentException("decayFactor must be finite and > 1, got " + decayFactor);
        }
        Check.notNegative("refractory", refractory);
        if (measureEvery < 1) {
            throw new IllegalArgumentException("measureEvery must be at least 1 iteration, got " + measureEvery);
        }
        Check.notNegative("minimumLambda", minimumLambda);
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
}
