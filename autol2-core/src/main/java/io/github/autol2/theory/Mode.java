package io.github.autol2.theory;

import io.github.autol2.numbers.Check;

/**
 * One eigenvector's component of the outputs: what the kernel does to it, where it starts and where it should go.
 *
 * @param gamma eigenvalue of the kernel at time 0, summed (not averaged) over the samples; finite and at least 0, in 1/time
 * @param f0    component of the initial outputs, finite
 * @param y     component of the labels, finite
 */
public record Mode(double gamma, double f0, double y) {

    /** Checks the ranges. */
    public Mode {
        Check.notNegative("gamma", gamma);
        Check.finite("f0", f0);
        Check.finite("y", y);
    }
}
