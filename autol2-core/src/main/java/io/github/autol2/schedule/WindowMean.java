package io.github.autol2.schedule;

import io.github.autol2.numbers.Check;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The mean loss, penalty and etaEff of the iterations from one sample to the next.
 *
 * <p>mean loss = mean score - mean penalty, or the mean score itself where the penalty is not in it. The score is known at every iteration, the penalty only at the samples. Between two samples it
 * is a geometric series, exact where the penalty alone shrinks the weights. etaEff is a straight line between two samples, so a step of
 * its schedule counts with half of the interval at the most too early or too late.
 *
 * <p>For the modules of AutoL2: it may change with any version.
 */
public final class WindowMean {

    private static final long NONE = -1;

    private double scoreSum;
    private long scores;
    private double penalty;
    private double etaEff;
    private long sampledAt = NONE;
    private long sampleEvery = 1;
    private boolean open; // whether a window has begun, with the last sample

    WindowMean() {}

    WindowMean(Sums sums) {
        scoreSum = sums.scoreSum;
        scores = sums.scores;
        penalty = sums.penalty;
        etaEff = sums.etaEff;
        sampledAt = sums.sampledAt;
        sampleEvery = sums.sampleEvery;
        open = sums.open;
    }

    /**
     * An unfinished window, as plain values.
     *
     * @param scoreSum    sum of the scores since the last sample
     * @param scores      their number
     * @param penalty     the penalty at the last sample
     * @param etaEff      at the last sample
     * @param sampledAt   the iteration of the last sample, -1 if there is none
     * @param sampleEvery iterations from that sample to the next, at least 1
     * @param open        whether that sample begins a window; if not, the next one is a measurement of its own
     */
    public record Sums(
            double scoreSum,
            long scores,
            double penalty,
            double etaEff,
            long sampledAt,
            long sampleEvery,
            boolean open) {
        public Sums {
            Check.finite("scoreSum", scoreSum);
            Check.atLeastZero("scores", scores);
            Check.finite("penalty", penalty);
            Check.notNegative("etaEff", etaEff);
            Check.atLeastOne("sampleEvery", sampleEvery);
        }
    }

    Sums sums() {
        return new Sums(scoreSum, scores, penalty, etaEff, sampledAt, sampleEvery, open);
    }

    /** Forgets all but the iteration of the last sample: the one after it is sampled and is a window of its own. */
    void restart() {
        scoreSum = 0;
        scores = 0;
        penalty = 0;
        etaEff = 0;
        sampleEvery = 1;
        open = false;
    }

    boolean wantsSample(long iteration) {
        return iteration >= sampledAt + sampleEvery;
    }

    /** Ignored before the first sample: a replica may still report a score with the lambda of before. */
    void add(double score) {
        if (open) {
            scoreSum += score;
            scores++;
        }
    }

    /**
     * Ends the window, unless another replica has sampled this iteration or a later one already.
     *
     * @param interval iterations to the next sample, at least 1
     */
    Optional<Measurement> sample(Sample sample, long interval) {
        if (sample.iteration() <= sampledAt) {
            add(sample.score());
            return Optional.empty();
        }
        Measurement measurement = open ? since(sample) : sample.alone();
        scoreSum = 0;
        scores = 0;
        penalty = sample.penalty();
        etaEff = sample.etaEff();
        sampledAt = sample.iteration();
        sampleEvery = interval;
        open = true;
        return Optional.of(measurement);
    }

    private Measurement since(Sample sample) {
        long length = sample.iteration() - sampledAt;
        double meanPenalty = geometric(penalty, sample.penalty(), length) / length;
        double score = (scoreSum + sample.score()) / (scores + 1);
        double loss = sample.penaltyInScore() ? score - meanPenalty : score;
        double meanEtaEff = line(etaEff, sample.etaEff(), length) / length;
        OptionalDouble error = sample.error();
        return new Measurement(sample.iteration(), loss, meanPenalty, error, meanEtaEff);
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
}
