package io.github.autol2.research.detector;

import java.util.Random;

/**
 * A random curve: it falls exponentially from about 1 to a fifth, and rises from the turning point on. Each iteration's noise is in
 * proportion to the loss, as that of mini-batches is.
 *
 * @param turn     iteration of the turning point
 * @param fall     iterations in which the excess falls by the factor e
 * @param doubling iterations after the turn in which the loss doubles
 * @param noise    of an iteration, relative to the loss
 * @param seed     of the noise
 */
record RandomCurve(int turn, double fall, double doubling, double noise, long seed) {

    private static final int ITERATIONS = 4000;
    private static final double LEVEL = 0.2;

    /** Turning points from 400 to 1600, relative noise from 0.05 to 0.5, doubling times from 400 to 4000 (both in equal ratios). */
    static RandomCurve of(long seed) {
        Random random = new Random(seed);
        return new RandomCurve(
                400 + random.nextInt(1200),
                100 + 100 * random.nextDouble(),
                400 * Math.pow(10, random.nextDouble()),
                0.05 * Math.pow(10, random.nextDouble()),
                random.nextLong());
    }

    Curve curve() {
        Random random = new Random(seed);
        double[] losses = new double[ITERATIONS];
        for (int i = 0; i < ITERATIONS; i++) {
            double level = LEVEL + (1 - LEVEL) * Math.exp(-Math.min(i, turn) / fall);
            double mean = i < turn ? level : level * (1 + (i - turn) / doubling);
            losses[i] = mean * (1 + noise * random.nextGaussian());
        }
        return new Curve(losses, turn);
    }
}
