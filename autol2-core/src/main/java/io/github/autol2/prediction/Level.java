package io.github.autol2.prediction;

import io.github.autol2.numbers.Check;

/**
 * What a race of short runs has shown.
 *
 * @param budget            iterations of the training that it was run for
 * @param horizon           those of them before the learning rate first falls, at least 1; all, if it never does. {@link Calibration#predict}
 *                          compares with this one
 * @param lambda            the winner's
 * @param low               the smallest lambda that did as well within one standard error, or that of the free rule where the network fits, less
 *                          half a step of the race
 * @param high              the largest one, and half a step of the race more
 * @param freeRule          1/(etaEff T): a smaller lambda plays no part in a training of T iterations. T is all of the training, also where the
 *                          learning rate falls; etaEff is that of the best short run where the law makes lambda smaller, and else the largest
 * @param iterationsPerHeat the length of each short run
 * @param heats             their number, the winner's own included
 * @param fits              whether lambda follows the law: the network fitted its training data in the best of the short runs, these are at most
 *                          half as long as the training, and the network lives with the free rule. lambda is the free rule then, within half a
 *                          step of the race, or a smaller one that did better, and falls with T
 */
public record Level(
        long budget,
        long horizon,
        double lambda,
        double low,
        double high,
        double freeRule,
        long iterationsPerHeat,
        int heats,
        boolean fits) {

    public Level {
        Check.atLeastOne("budget", budget);
        CalibrationOptions.requireHorizon(budget, horizon);
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

    /**
     * {@return the same for a training whose learning rate falls}
     *
     * @param other iterations until it first does, at least 1 and at most the budget
     */
    public Level withHorizon(long other) {
        return new Level(budget, other, lambda, low, high, freeRule, iterationsPerHeat, heats, fits);
    }

    /** {@return the iterations of all heats together, the winner's own included} */
    public long iterationsSpent() {
        return heats * iterationsPerHeat;
    }
}
