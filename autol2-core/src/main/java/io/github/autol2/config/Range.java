package io.github.autol2.config;

import java.math.BigDecimal;
import java.util.function.DoublePredicate;

/**
 * A rule for one finite number. Both {@link Format} and the constructors of settings check it, so that it is written down once.
 *
 * @param text  the rule as in "must be {@code > 0}"
 * @param holds whether a number obeys the rule
 */
public record Range(String text, DoublePredicate holds) {

    /** All finite numbers. */
    public static Range finite() {
        return new Range("(any finite one)", value -> true);
    }

    /** {@code > low}. */
    public static Range above(double low) {
        return new Range("> " + plain(low), value -> value > low);
    }

    /** {@code >= low}. */
    public static Range atLeast(double low) {
        return new Range(">= " + plain(low), value -> value >= low);
    }

    /** {@code [low, high)}: with low, without high. */
    public static Range from(double low, double high) {
        return new Range("in [" + plain(low) + ", " + plain(high) + ")", value -> value >= low && value < high);
    }

    public boolean contains(double value) {
        return Double.isFinite(value) && holds.test(value);
    }

    /** Throws an {@code IllegalArgumentException} with name, rule and value unless the range contains the value. */
    public void check(String name, double value) {
        if (!contains(value)) {
            throw new IllegalArgumentException(name + " must be " + text + ", got " + plain(value));
        }
    }

    private static String plain(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
                : Double.toString(value);
    }
}
