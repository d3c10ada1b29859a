package io.github.autol2.schedule;

import java.util.OptionalDouble;

/**
 * The mean loss and error of the iterations of one window.
 *
 * <p>mean loss = mean score - mean penalty. The score is known at every iteration; the penalty at the sampled ones, which are
 * the window's last iteration, at most {@value #SAMPLE_EVERY} iterations and about a tenth of tau apart, and the first one after a
 * change of lambda. Between two samples it is a geometric series, exact where the penalty alone shrinks the weights, which takes it
 * down by the factor e in tau/2; a straight line would be above that, and its error grows with penalty / loss. The error is the mean
 * over the samples. The learning rate is a straight line between two samples, so a step of its schedule counts with half of the sampling
 * interval at the most too early or too late.
 */
public final class WindowMean {

    /** Iterations between two samples: rare enough that their cost disappears in the training step. */
    static final int SAMPLE_EVERY = 20;

    private static final long NONE = -1;
    private static final double LONGER_THAN_ANY_RUN = 1e15; // iterations; leaves room to add without overflow

    private long first;
    private long last;
    private double scoreSum;
    private long scores;
    private double lastScore;
    private double squares;
    private double penaltySum;
    private double penalty;
    private long sampledAt;
    private long sampleEvery = SAMPLE_EVERY;
    private double etaEffSum;
    private double etaEff;
    private double stepSum;
    private double step;
    private double errorSum;
    private long errors;

    WindowMean() {
        restart();
    }

    WindowMean(Sums sums) {
        first = sums.first;
        last = sums.last;
        scoreSum = sums.scoreSum;
        scores = sums.scores;
        lastScore = sums.lastScore;
        squares = sums.squares;
        penaltySum = sums.penaltySum;
        penalty = sums.penalty;
        sampledAt = sums.sampledAt;
        sampleEvery = sums.sampleEvery;
        etaEffSum = sums.etaEffSum;
        etaEff = sums.etaEff;
        stepSum = sums.stepSum;
        step = sums.step;
        errorSum = sums.errorSum;
        errors = sums.errors;
    }

    /**
     * An unfinished window, as plain values.
     *
     * @param first      the window's first iteration, -1 if it has not begun
     * @param last       the iteration that will complete it, -1 if it has not begun
     * @param scoreSum   sum of the scores so far
     * @param scores     their number
     * @param lastScore  the last one; 0 before the first
     * @param squares    sum of the squares of their successive differences
     * @param penaltySum sum of the penalty over the iterations from {@code first} to {@code sampledAt}
     * @param penalty    the penalty at {@code sampledAt}
     * @param sampledAt  the iteration of the last sample, -1 if there is none
     * @param sampleEvery the most iterations from that sample to the next, at least 1
     * @param etaEffSum  sum of etaEff over the iterations from {@code first} to {@code sampledAt}
     * @param etaEff     at {@code sampledAt}
     * @param stepSum    sum of the step size over the same iterations
     * @param step       step size at {@code sampledAt}
     * @param errorSum   sum of the sampled errors
     * @param errors     their number
     */
    public record Sums(
            long first,
            long last,
            double scoreSum,
            long scores,
            double lastScore,
            double squares,
            double penaltySum,
            double penalty,
            long sampledAt,
            long sampleEvery,
            double etaEffSum,
            double etaEff,
            double stepSum,
            double step,
            double errorSum,
            long errors) {
        public Sums {
            Check.finite("scoreSum", scoreSum);
            Check.finite("lastScore", lastScore);
            Check.notNegative("squares", squares);
            Check.finite("penaltySum", penaltySum);
            Check.finite("penalty", penalty);
            Check.notNegative("scores", scores);
            Check.positive("sampleEvery", sampleEvery);
            Check.notNegative("etaEffSum", etaEffSum);
            Check.notNegative("etaEff", etaEff);
            Check.notNegative("stepSum", stepSum);
            Check.notNegative("step", step);
            Check.notNegative("errors", errors);
            Check.notNegative("errorSum", errorSum);
        }
    }

    /** The least multiple of the sampling interval that is not shorter: a window of such a length needs no further sample. */
    static long wholeIntervals(double iterations) {
        return (long) Math.ceil(Math.min(iterations, LONGER_THAN_ANY_RUN) / SAMPLE_EVERY) * SAMPLE_EVERY;
    }

    /** The most iterations from one sample to the next; up to {@value #SAMPLE_EVERY}, which is rare enough to cost nothing. */
    static long sampleEvery(double tau) {
        return (long) Math.ceil(Math.min(tau / 10, SAMPLE_EVERY));
    }

    Sums sums() {
        return new Sums(
                first,
                last,
                scoreSum,
                scores,
                lastScore,
                squares,
                penaltySum,
                penalty,
                sampledAt,
                sampleEvery,
                etaEffSum,
                etaEff,
                stepSum,
                step,
                errorSum,
                errors);
    }

    /** Forgets everything: the next iteration opens a window. */
    void restart() {
        open(NONE, NONE);
        sampledAt = NONE;
        sampleEvery = SAMPLE_EVERY;
        penalty = 0;
        etaEff = 0;
        step = 0;
    }

    /** Opens the next window; the last sample is its starting point. */
    void continueAfter(long iteration, long length) {
        open(iteration + 1, iteration + length);
    }

    private void open(long from, long to) {
        first = from;
        last = to;
        scoreSum = 0;
        scores = 0;
        lastScore = 0;
        squares = 0;
        penaltySum = 0;
        etaEffSum = 0;
        stepSum = 0;
        errorSum = 0;
        errors = 0;
    }

    boolean wantsSample(long iteration) {
        return sampledAt == NONE || iteration >= last || iteration >= sampledAt + sampleEvery;
    }

    /** Ignored before the window's first sample: a replica may still report a score with the lambda of before. */
    void add(double score) {
        if (sampledAt != NONE) {
            count(score);
        }
    }

    private void count(double score) {
        if (scores > 0) {
            squares += (score - lastScore) * (score - lastScore);
        }
        lastScore = score;
        scoreSum += score;
        scores++;
    }

    /**
     * @param etaEffNow at this iteration
     * @param stepNow   step size at this iteration; see {@link Measurement}
     * @param length    of the window that is open, as of now
     * @param tau       as of now, greater than 0; may be infinite
     */
    void sample(
            long iteration,
            double score,
            double penaltyNow,
            OptionalDouble error,
            double etaEffNow,
            double stepNow,
            long length,
            double tau) {
        count(score);
        if (error.isPresent()) {
            errorSum += error.getAsDouble();
            errors++;
        }
        if (sampledAt == NONE) {
            first = iteration;
            penaltySum = penaltyNow;
            etaEffSum = etaEffNow;
            stepSum = stepNow;
        } else if (iteration > sampledAt) { // not so when several threads train replicas side by side
            penaltySum += geometric(penalty, penaltyNow, iteration - sampledAt);
            etaEffSum += line(etaEff, etaEffNow, iteration - sampledAt);
            stepSum += line(step, stepNow, iteration - sampledAt);
        }
        last = first + length - 1;
        penalty = penaltyNow;
        etaEff = etaEffNow;
        step = stepNow;
        sampledAt = Math.max(sampledAt, iteration);
        sampleEvery = sampleEvery(tau);
    }

    /**
     * The sum over the n iterations after a sample, of which the last is the next sample: of a geometric series, or of a straight line
     * where none leads from one to the other.
     */
    private static double geometric(double before, double now, long n) {
        if (!(before > 0 && now > 0)) {
            return line(before, now, n);
        }
        double change = now - before;
        // Not log(now / before): that loses the digits of a small change, by which it is divided.
        return change == 0 ? n * now : change / -Math.expm1(-Math.log1p(change / before) / n);
    }

    private static double line(double before, double now, long n) {
        return n * before + (now - before) * (n + 1) / 2;
    }

    boolean isComplete(long iteration) {
        return iteration >= last;
    }

    double loss() {
        return scoreSum / scores - penaltySum / (sampledAt - first + 1);
    }

    /** The mean over the window. */
    double etaEff() {
        return etaEffSum / (sampledAt - first + 1);
    }

    /** The mean over the window. */
    double step() {
        return stepSum / (sampledAt - first + 1);
    }

    /**
     * The standard error of the mean loss, from successive differences (J. von Neumann, Ann. Math. Statist. 12, 1941), which a trend
     * does not inflate; 0 for a single score.
     */
    double noise() {
        // A difference of huge scores may overflow: then the noise is as large as a double can be, and nothing is
        // significant.
        return scores < 2 ? 0 : Math.min(Double.MAX_VALUE, Math.sqrt(squares / 2 / (scores - 1) / scores));
    }

    OptionalDouble error() {
        return errors == 0 ? OptionalDouble.empty() : OptionalDouble.of(errorSum / errors);
    }
}
