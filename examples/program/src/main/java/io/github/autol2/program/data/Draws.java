package io.github.autol2.program.data;

import java.util.SplittableRandom;

/**
 * A stream of random numbers that is the same on every machine: only 53-bit uniform numbers are taken from the JDK, whose
 * algorithms for bounded and normal numbers may differ between versions. Not thread-safe.
 */
final class Draws {

    private final SplittableRandom random;

    /** A stream of its own for every combination of keys, for example (seed, split, row). */
    Draws(long... keys) {
        long state = 0;
        for (long key : keys) {
            state = new SplittableRandom(state + key).nextLong();
        }
        random = new SplittableRandom(state);
    }

    /** A uniform number in [low, high). */
    double uniform(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** A uniform whole number in [0, bound). */
    int below(int bound) {
        return (int) (bound * random.nextDouble());
    }

    /** A number with mean 0, the given standard deviation and a bell-shaped density that ends at 3 standard deviations. */
    double bell(double deviation) {
        // A sum of three uniform numbers in [-1/2, 1/2) has the variance 3/12.
        return 2 * deviation * (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5);
    }

    /** The numbers 0 to count - 1 in random order (Fisher and Yates). */
    int[] permutation(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = below(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
