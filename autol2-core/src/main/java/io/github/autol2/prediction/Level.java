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
 * @param winnerIterations  the length of the winner's short run
 * @param heats             the number of short runs, the winner's own included
 * @param iterationsSpent   of all of them together
 * @param fits              whether lambda follows the law: the network fitted its training data in the best of the short runs, these are at most
 *                          half as long as the training, and the network lives with the free rule. lambda is the free rule then, within half a
 *                          step of the race, or a smaller one that did better, and falls with T
 * @param undecided         whether nothing is known of smaller lambdas that may be better: the winner is neither above the free rule nor the law's,
 *                          and a longer short run with a smaller lambda was neither better nor worse by more than chance, or there was no time
 *                          for one. False where all short runs were dead, or as long as the training, and after a {@link RunOff}
 */
public record Level(
        long budget,
        long horizon,
        double lambda,
        double low,
        double high,
        double freeRule,
        long winnerIterations,
        int heats,
        long iterationsSpent,
        boolean fits,
        boolean undecided) {

    public Level {
        Check.atLeastOne("budget", budget);
        CalibrationOptions.requireHorizon(budget, horizon);
        Check.positive("lambda", lambda);
        Check.positive("low", low);
        Check.positive("high", high);
        Check.positive("freeRule", freeRule);
        Check.atLeastOne("winnerIterations", winnerIterations);
        Check.atLeastOne("heats", heats);
        Check.atLeastOne("iterationsSpent", iterationsSpent);
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
        return new Level(
                budget, other, lambda, low, high, freeRule, winnerIterations, heats, iterationsSpent, fits, undecided);
    }

    /**
     * After a comparison of the winner with one more lambda.
     *
     * @param winner     whose run goes on
     * @param smallest   as {@link #low}
     * @param largest    as {@link #high}
     * @param iterations to which both have run
     * @param unknown    as {@link #undecided}
     */
    Level compared(HeatResult winner, double smallest, double largest, long iterations, boolean unknown) {
        return new Level(
                budget,
                horizon,
                winner.lambda(),
                smallest,
                largest,
                freeRule,
                iterations,
                heats + 1,
                iterationsSpent + 2 * iterations - winnerIterations,
                fits,
                unknown);
    }
}
