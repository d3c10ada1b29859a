package io.github.autol2.schedule;

/** What a division makes of lambda. */
final class Division {

    private Division() {}

    /** {@code lambda / decayFactor}, or the floor where that is larger. */
    static double of(double lambda, AutoL2Options options) {
        // A division, never a power of the factor: only repeated division gives the published lambdas to the last bit.
        return Math.max(lambda / options.decayFactor(), options.minimumLambda());
    }

    /** Whether that is less than before: not so at the floor, or at the end of the doubles. */
    static boolean isPossible(double divided, double lambda) {
        return divided < lambda && divided > 0;
    }
}
