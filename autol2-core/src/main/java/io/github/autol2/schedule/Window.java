package io.github.autol2.schedule;

import java.io.Serializable;

/** Which iterations make up one measurement. */
public sealed interface Window extends Serializable {

    /**
     * One batch at every iteration divisible by {@code every}: the paper's way.
     *
     * @param every iterations from one measurement to the next, at least 1
     */
    record SingleBatch(int every) implements Window {
        public SingleBatch {
            atLeastOne("measureEvery", every);
        }
    }

    /**
     * The mean over a fixed number of iterations.
     *
     * @param iterations length of each window, at least 1
     */
    record Mean(int iterations) implements Window {
        public Mean {
            atLeastOne("measureEvery", iterations);
        }
    }

    /**
     * The mean over a fraction of tau = 1/(etaEff lambda), so that windows grow as lambda falls and the loss changes more slowly.
     * The length follows the current learning rate and is rounded up to whole sampling intervals of 20 iterations.
     *
     * @param fraction        of tau, greater than 0
     * @param leastIterations the shortest window before rounding up, at least 1 iteration; also its length while the learning
     *                        rate is 0
     */
    record MeanOfTau(double fraction, int leastIterations) implements Window {
        public MeanOfTau {
            Check.positive("window fraction", fraction);
            atLeastOne("leastIterations", leastIterations);
        }
    }

    private static void atLeastOne(String name, int iterations) {
        if (iterations < 1) {
            throw new IllegalArgumentException(name + " must be at least 1 iteration, got " + iterations);
        }
    }
}
