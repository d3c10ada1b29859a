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

    /** {@return all finite numbers} */
    public static Range finite() {
        return new Range("(any finite one)", value -> true);
    }

    /**
     * {@return {@code > low}}
     *
     * @param low the lower end
     */
    public static Range above(double low) {
        return new Range("> " + plain(low), value -> value > low);
    }

    /**
     * {@return {@code >= low}}
     *
     * @param low the lower end
     */
    public static Range atLeast(double low) {
        return new Range(">= " + plain(low), value -> value >= low);
    }

    /**
     * {@return {@code [low, high)}: with low, without high}
     *
     * @param low the lower end
     * @param high the upper end
     */
    public static Range from(double low, double high) {
        return new Range("in [" + plain(low) + ", " + plain(high) + ")", value -> value >= low && value < high);
    }

    /**
     * {@return whether a value is in the range} NaN never is.
     *
     * @param value any number
     */
    public boolean contains(double value) {
        return Double.isFinite(value) && holds.test(value);
    }

    /**
     * Throws an {@code IllegalArgumentException} with name, rule and value unless the range contains the value.
     *
     * @param name of the value, for the message
     * @param value the value to judge
     */
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
