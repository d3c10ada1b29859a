package io.github.autol2.prediction;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Learning curves whose peak is known. */
final class Curves {

    static final double CHANCE = 0.1;
    static final int EXAMPLES = 1000;

    private Curves() {}

    /** The times at which the calibrator evaluates, up to {@code end}. */
    static List<Long> times(long end) {
        List<Long> times = new ArrayList<>();
        for (long t = 5; t < end; t = (long) Math.ceil(t * 1.06)) {
            times.add(t);
        }
        times.add(end);
        return times;
    }

    static LearningCurve of(List<Long> times, DoubleUnaryOperator accuracy) {
        return new LearningCurve(
                times.stream()
                        .map(t -> new LearningCurve.Point(t, accuracy.applyAsDouble(t)))
                        .toList(),
                CHANCE,
                EXAMPLES);
    }

    /**
     * Fast up, slowly down: 0.1 at the start, 0.9 at the peak, and {@code fall} less after each factor e of time.
     */
    static DoubleUnaryOperator asymmetric(double peakAt, double fall) {
        return t -> t <= peakAt
                ? 0.9 - 0.8 * Math.pow(Math.log(t / peakAt) / Math.log(1 / peakAt), 2)
                : Math.max(0.5, 0.9 - fall * Math.log(t / peakAt));
    }

    /** Adds independent normal noise, as of counting on {@code EXAMPLES} examples if {@code sigma} is 0.0095 at an accuracy of 0.9. */
    static LearningCurve noisy(LearningCurve curve, double sigma, long seed) {
        Random random = new Random(seed);
        return new LearningCurve(
                curve.points().stream()
                        .map(p -> new LearningCurve.Point(
                                p.iteration(), Math.min(1, Math.max(0, p.accuracy() + sigma * random.nextGaussian()))))
                        .toList(),
                curve.chance(),
                curve.examples());
    }

    static CalibrationRun run(long seed, double lambda, double etaEff, LearningCurve curve) {
        return new CalibrationRun(seed, lambda, etaEff, curve, 1);
    }

    /** Runs that obey t = tLearn + c/lambda exactly, each three times as long as its peak time. */
    static List<CalibrationRun> lawful(double tLearn, double c, double etaEff, double... lambdas) {
        List<CalibrationRun> runs = new ArrayList<>();
        for (double lambda : lambdas) {
            double peakAt = tLearn + c / lambda;
            runs.add(run(1, lambda, etaEff, of(times((long) (3 * peakAt)), asymmetric(peakAt, 0.05))));
        }
        return runs;
    }
}
