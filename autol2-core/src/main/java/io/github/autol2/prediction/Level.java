package io.github.autol2.prediction;

import io.github.autol2.numbers.Check;

/**
 * What a race of short runs has shown.
 *
 * @param budget            iterations of the training that it was run for
 * @param lambda            the winner's
 * @param low               the smallest lambda that did as well within one standard error, less half a step of the race
 * @param high              the largest one, and half a step of the race more
 * @param freeRule          1/(etaEff T): a smaller lambda plays no part in a training of T iterations
 * @param iterationsPerHeat the length of each short run
 * @param heats             their number, the winner's own included
 */
public record Level(
        long budget, double lambda, double low, double high, double freeRule, long iterationsPerHeat, int heats) {

    public Level {
        Check.atLeastOne("budget", budget);
        Check.positive("lambda", lambda);
        Check.positive("low", low);
        Check.positive("high", high);
        Check.positive("freeRule", freeRule);
        Check.atLeastOne("iterationsPerHeat", iterationsPerHeat);
        Check.atLeastOne("heats", heats);
        if (!(low <= lambda && lambda <= high)) {
            throw new IllegalArgumentException(
                    "lambda must be in [low, high] = [" + low + ", " + high + "], got " + lambda);
        }
    }

    /** {@return the iterations of all heats together, the winner's own included} */
    public long iterationsSpent() {
        return heats * iterationsPerHeat;
    }
}
