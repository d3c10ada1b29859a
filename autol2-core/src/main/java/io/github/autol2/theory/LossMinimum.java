package io.github.autol2.theory;

/**
 * Where a loss is smallest.
 *
 * @param time when, in flow time; infinite if the loss has no minimum but approaches its infimum for ever
 * @param loss without the penalty, at that time or in that limit
 */
public record LossMinimum(double time, double loss) {

    /** {@return whether the loss rises again after {@link #time}} */
    public boolean isReached() {
        return time < Double.POSITIVE_INFINITY;
    }
}
