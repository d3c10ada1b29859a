package io.github.autol2.prediction;

import java.util.Objects;

/**
 * What the user of a calibration should know.
 *
 * @param sentence begins in lower case, without a full stop
 * @param holds    whether a race takes it back
 */
public record CalibrationWarning(String sentence, Holds holds) {

    /** How long a warning holds. */
    public enum Holds {
        /** Whatever else is found out. */
        ALWAYS,
        /** It is about the law c/T alone, which no longer decides after a race of short runs. */
        UNTIL_A_RACE
    }

    /** Checks that nothing is null. */
    public CalibrationWarning {
        Objects.requireNonNull(sentence, "sentence");
        Objects.requireNonNull(holds, "holds");
    }

    /** {@return the sentence} */
    @Override
    public String toString() {
        return sentence;
    }
}
