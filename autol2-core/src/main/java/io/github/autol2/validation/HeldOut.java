package io.github.autol2.validation;

import io.github.autol2.numbers.CountingError;
import io.github.autol2.numbers.Student;
import java.util.Arrays;
import java.util.Collection;
import java.util.OptionalDouble;

/**
 * What a network makes of held-out examples, which are the same ones in the same order at every evaluation; or the mean of several
 * such evaluations, example by example.
 *
 * @param losses the loss of each example without any penalty, finite; at least one
 * @param hits   the fraction of each example that is classified rightly, in [0, 1]: 0 or 1 for a single evaluation of a single label; empty
 *               for regression
 * @param alive  whether the network's outputs depend on its input, at the last evaluation
 */
public record HeldOut(float[] losses, float[] hits, boolean alive) {

    private static final double CREEPING = 0.01;

    public HeldOut {
        losses = losses.clone();
        hits = hits.clone();
        if (losses.length == 0) {
            throw new IllegalArgumentException("there must be at least one held-out example, got none");
        }
        if (hits.length != 0 && hits.length != losses.length) {
            throw new IllegalArgumentException(
                    "there must be a hit for each of " + losses.length + " losses, or none, got " + hits.length);
        }
        for (float loss : losses) {
            if (!Float.isFinite(loss)) {
                throw new IllegalArgumentException("losses must be finite, got " + loss);
            }
        }
        for (float hit : hits) {
            if (!(hit >= 0 && hit <= 1)) {
                throw new IllegalArgumentException("hits must be in [0, 1], got " + hit);
            }
        }
    }

    /**
     * Of a network that is alive.
     *
     * @param losses the loss of each example
     * @param hits   the fraction of each example that is classified rightly; empty for regression
     */
    public HeldOut(float[] losses, float[] hits) {
        this(losses, hits, true);
    }

    /**
     * {@return the mean, example by example, as alive as the last one}
     *
     * @param evaluations at least one, in their order, all of the same examples
     */
    public static HeldOut mean(Collection<HeldOut> evaluations) {
        HeldOut first = evaluations.iterator().next();
        float[] losses = new float[first.losses.length];
        float[] hits = new float[first.hits.length];
        boolean alive = false;
        for (HeldOut one : evaluations) {
            first.requireSameExamples(one);
            add(one.losses, losses);
            add(one.hits, hits);
            alive = one.alive;
        }
        divide(losses, evaluations.size());
        divide(hits, evaluations.size());
        return new HeldOut(losses, hits, alive);
    }

    @Override
    public float[] losses() {
        return losses.clone();
    }

    @Override
    public float[] hits() {
        return hits.clone();
    }

    /** {@return the number of examples} */
    public int examples() {
        return losses.length;
    }

    /** {@return whether there is an accuracy} */
    public boolean classifies() {
        return hits.length > 0;
    }

    /** {@return the mean loss} */
    public double loss() {
        return mean(losses);
    }

    /** {@return the fraction of the examples that is classified rightly; empty for regression} */
    public OptionalDouble accuracy() {
        return classifies() ? OptionalDouble.of(mean(hits)) : OptionalDouble.empty();
    }

    /**
     * {@return the standard error of the accuracy as counted on so many examples, at least one example's share; for classification}
     */
    public double countingError() {
        return Math.max(CountingError.of(accuracy().orElseThrow(), examples()), 1.0 / examples());
    }

    /**
     * {@return whether the accuracy is higher, or the same with a smaller loss; for regression whether the loss is smaller} Of classifiers one
     * that is alive is better than one that is dead, whatever these say: where most examples are of one class, who knows nothing is often right.
     *
     * @param other of the same examples
     */
    public boolean isBetterThan(HeldOut other) {
        requireSameExamples(other);
        if (classifies()) {
            if (alive != other.alive) {
                return alive;
            }
            double difference = mean(hits) - mean(other.hits);
            return difference > 0 || (difference == 0 && loss() < other.loss());
        }
        return loss() < other.loss();
    }

    /**
     * {@return whether performance has risen, rather than crept} A higher accuracy than the best has; for regression a loss that is smaller
     * by a hundredth than at the last rise, so that slow creeping counts once it adds up; or a classifier's first sign of life.
     *
     * @param best a best performance so far, which has the highest accuracy so far
     * @param mark the loss at the last rise
     */
    boolean risesAbove(HeldOut best, double mark) {
        return classifies()
                ? (alive && !best.alive) || mean(hits) > mean(best.hits)
                : loss() < mark - CREEPING * Math.abs(mark);
    }

    /**
     * {@return by how many standard errors this performance is below another one, by a paired test: the mean of the differences by example,
     * divided by its standard error} Positive where this one is worse. A single example's difference is never taken for certain: with
     * classes the standard error is at least that of one example that changed from right to wrong, and the loss of one example alone has
     * no standard error, so it gives 0.
     *
     * @param other of the same examples
     */
    public double standardErrorsBelow(HeldOut other) {
        requireSameExamples(other);
        return classifies() ? paired(other.hits, hits, 1.0 / examples()) : paired(losses, other.losses, 0);
    }

    /**
     * {@return whether this performance is below another one by more than chance, by the same test} The standard error is an estimate from
     * the examples, so that few of them must show more: the bound is Student's with one degree of freedom less than there are examples. A classifier
     * that is alive is never below one that is dead.
     *
     * @param other          of the same examples
     * @param standardErrors that count where there are many examples, greater than 0
     */
    public boolean isBelow(HeldOut other, double standardErrors) {
        if (other.hasDied(this)) {
            return false; // by its accuracy the dead one may well be better
        }
        return standardErrorsBelow(other) > bound(standardErrors);
    }

    /** Whether the loss is above that of another performance by a hundredth of it, and by more than chance, by the same test. */
    boolean hasLossAbove(HeldOut other, double standardErrors) {
        double before = other.loss();
        return loss() > before + CREEPING * Math.abs(before)
                && standardErrorsOfLossAbove(other) > bound(standardErrors);
    }

    /** Student's, from so many examples. */
    private double bound(double standardErrors) {
        return Student.quantile(standardErrors, Math.max(1, examples() - 1));
    }

    /** Whether a classifier is dead that was alive before. */
    boolean hasDied(HeldOut before) {
        return classifies() && !alive && before.alive;
    }

    /**
     * {@return by how many standard errors this loss is above another one, by the same test}
     *
     * @param other of the same examples
     */
    public double standardErrorsOfLossAbove(HeldOut other) {
        requireSameExamples(other);
        return paired(losses, other.losses, 0);
    }

    private static double paired(float[] larger, float[] smaller, double leastDeviation) {
        int n = larger.length;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double difference = (double) larger[i] - smaller[i];
            sum += difference;
            squares += difference * difference;
        }
        double mean = sum / n;
        if (mean == 0 || (n == 1 && leastDeviation == 0)) {
            return 0;
        }
        double deviations = Math.max(0, squares - n * mean * mean);
        double variance = deviations / Math.max(1, n - 1) + leastDeviation * leastDeviation;
        return mean / Math.sqrt(variance / n);
    }

    private void requireSameExamples(HeldOut other) {
        if (other.losses.length != losses.length || other.hits.length != hits.length) {
            throw new IllegalArgumentException("evaluations must be of the same " + losses.length + " examples with "
                    + hits.length + " hits, got " + other.losses.length + " with " + other.hits.length);
        }
    }

    private static void add(float[] from, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    private static void divide(float[] values, int by) {
        for (int i = 0; i < values.length; i++) {
            values[i] /= by;
        }
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeldOut that
                && alive == that.alive
                && Arrays.equals(losses, that.losses)
                && Arrays.equals(hits, that.hits);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(losses) + Arrays.hashCode(hits)) + Boolean.hashCode(alive);
    }

    /** Its summary: thousands of examples help nobody. */
    @Override
    public String toString() {
        return "HeldOut[examples=" + examples() + ", loss=" + loss() + ", accuracy=" + accuracy() + ", alive=" + alive
                + "]";
    }
}
