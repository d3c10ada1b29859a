package io.github.autol2.schedule;

/**
 * What {@link Detector.SignificantRise} remembers besides minima and previous values.
 *
 * @param measuredAt   iteration of the last measurement, or of the start, at least 0
 * @param elapsed      time since the last division, or the start, in units of tau, each iteration counted with its own learning rate,
 *                     at least 0
 * @param total        the same since the start, at least 0
 * @param minimumNoise standard error of the smallest loss, at least 0
 * @param minimumStep  step size at the smallest loss, at least 0
 * @param firstLoss    the first measured loss; infinite before
 */
public record Progress(
        long measuredAt, double elapsed, double total, double minimumNoise, double minimumStep, double firstLoss) {

    public Progress {
        if (measuredAt < 0) {
            throw new IllegalArgumentException("measuredAt must be >= 0, got " + measuredAt);
        }
        Check.notNegative("elapsed", elapsed);
        Check.notNegative("total", total);
        Check.notNegative("minimumNoise", minimumNoise);
        Check.notNegative("minimumStep", minimumStep);
        if (Double.isNaN(firstLoss) || firstLoss == Double.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException("firstLoss must be a number, got " + firstLoss);
        }
    }

    /** Of a run that has not measured anything yet. */
    static Progress start(long iteration) {
        return new Progress(iteration, 0, 0, 0, 0, Double.POSITIVE_INFINITY);
    }
}
