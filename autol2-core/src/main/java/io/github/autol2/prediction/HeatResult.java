package io.github.autol2.prediction;

import io.github.autol2.numbers.Check;
import io.github.autol2.validation.HeldOut;
import io.github.autol2.validation.ValidationOptions;
import java.util.Objects;
import java.util.Optional;

/**
 * A short run of a {@link LevelRace} that is over.
 *
 * @param lambda  of the heat
 * @param etaEff  what the learning rate amounts to at its end, or comes to later by a schedule that rises; greater than 0
 * @param heldOut the mean of its last evaluations; empty where the network gave no finite numbers
 * @param alive   whether the network's outputs depend on its input
 * @param fit     to training examples near its end: 1 - (share that it has wrong) / (share that the most frequent class has wrong), at most 1;
 *                NaN where there is no accuracy, as in regression
 */
public record HeatResult(double lambda, double etaEff, Optional<HeldOut> heldOut, boolean alive, double fit) {

    /** From which on a network fits its training data: it has a twentieth of the errors left. */
    static final double FITTED = 0.95;

    public HeatResult {
        Check.positive("lambda", lambda);
        Check.positive("etaEff", etaEff);
        Objects.requireNonNull(heldOut, "heldOut");
        if (fit > 1) {
            throw new IllegalArgumentException("fit must be at most 1, or NaN, got " + fit);
        }
    }

    /** In iterations: the time in which the penalty shrinks the weights by the factor e. */
    double tau() {
        return 1 / (etaEff * lambda);
    }

    boolean canWin() {
        return alive && heldOut.isPresent();
    }

    double loss() {
        return heldOut.orElseThrow().loss();
    }

    boolean fits() {
        return fit >= FITTED;
    }

    /**
     * By a paired test over enough held-out examples; one that can win is better than one that cannot.
     *
     * @param other          of the same examples
     * @param standardErrors by which it must be better, where there are many examples
     */
    boolean isBetterThan(HeatResult other, double standardErrors) {
        return canWin() && (!other.canWin() || other.isBelow(this, standardErrors));
    }

    private boolean isBelow(HeatResult better, double standardErrors) {
        HeldOut mine = heldOut.orElseThrow();
        return mine.examples() >= ValidationOptions.FEWEST_EXAMPLES
                && mine.isBelow(better.heldOut.orElseThrow(), standardErrors);
    }
}
