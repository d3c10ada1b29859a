package io.github.autol2.program.data;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers for the eye: with four digits that tell, and without an exponent unless they are very small or very large. */
public final class FourDigits {

    private static final double SMALLEST = 1e-4;
    private static final double LARGEST = 1e9;

    private FourDigits() {}

    /** The number as text. */
    public static String of(double value) {
        if (!Double.isFinite(value) || value == 0) {
            return value == 0 ? "0" : Double.toString(value);
        }
        double size = Math.abs(value);
        return size < SMALLEST || size >= LARGEST
                ? String.format(Locale.ROOT, "%.3e", value)
                : new BigDecimal(value).round(new MathContext(4)).toPlainString();
    }
}
