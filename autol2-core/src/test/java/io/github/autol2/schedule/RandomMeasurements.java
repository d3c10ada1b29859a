package io.github.autol2.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;

/** Seeded measurements: a wandering loss, errors of which some are missing, a learning rate that is sometimes 0. */
final class RandomMeasurements {

    private RandomMeasurements() {}

    static List<Measurement> sequence(long seed, int length) {
        Random random = new Random(seed);
        List<Measurement> measurements = new ArrayList<>();
        long iteration = 0;
        double loss = 2;
        double etaEff = 0.5;
        for (int i = 0; i < length; i++) {
            iteration += 1 + random.nextInt(40);
            loss = Math.max(0, loss + 0.1 * random.nextGaussian());
            if (random.nextInt(20) == 0) {
                etaEff = random.nextInt(5) == 0 ? 0 : random.nextDouble();
            }
            double error = random.nextInt(65) / 64.0; // as from a batch of 64: equal values are common
            boolean sampled = random.nextInt(3) > 0;
            measurements.add(new Measurement(
                    iteration,
                    loss,
                    0.2 * random.nextDouble(),
                    sampled ? OptionalDouble.of(error) : OptionalDouble.empty(),
                    etaEff));
        }
        return measurements;
    }
}
