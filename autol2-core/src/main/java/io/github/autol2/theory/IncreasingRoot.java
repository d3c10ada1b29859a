package io.github.autol2.theory;

import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;

/** The root of an increasing function of a positive time, to the last digits that the function itself has. */
final class IncreasingRoot {

    private static final int ORDER = 5;
    private static final int EVALUATIONS = 1000;
    private static final double ACCURACY = 1e-16;
    private static final double FUNCTION_ACCURACY = 1e-300;

    private IncreasingRoot() {}

    /**
     * Where the function passes through zero.
     *
     * @param guess   where the search for a bracket begins, greater than 0
     * @param largest where it ends
     * @return empty if the function is still negative at {@code largest}
     */
    static OptionalDouble find(DoubleUnaryOperator function, double guess, double largest) {
        double high = Math.min(guess, largest);
        while (function.applyAsDouble(high) < 0) {
            if (high == largest) {
                return OptionalDouble.empty();
            }
            high = Math.min(2 * high, largest);
        }
        double low = high / 2;
        while (low > 0 && function.applyAsDouble(low) >= 0) {
            high = low;
            low /= 2;
        }
        if (low == 0) {
            return OptionalDouble.of(0);
        }
        // In the logarithm, so that the accuracy is relative.
        double scale = low;
        double logarithm = new BracketingNthOrderBrentSolver(ACCURACY, ACCURACY, FUNCTION_ACCURACY, ORDER)
                .solve(EVALUATIONS, x -> function.applyAsDouble(scale * Math.exp(x)), 0, Math.log(high / low));
        return OptionalDouble.of(scale * Math.exp(logarithm));
    }
}
