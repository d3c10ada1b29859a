package io.github.autol2.dl4j;

import io.github.autol2.validation.ValidationDecision;
import java.util.Optional;

/**
 * A decision of held-out data in words.
 *
 * @param iteration parameter updates before
 * @param what      was decided
 */
record HeldOutDecision(long iteration, double oldLambda, double newLambda, String what) {

    /** Empty if all stays as it is. */
    static Optional<HeldOutDecision> of(ValidationDecision decision) {
        if (decision instanceof ValidationDecision.Divide divide) {
            return Optional.of(
                    new HeldOutDecision(divide.iteration(), divide.oldLambda(), divide.newLambda(), "divide"));
        }
        if (decision instanceof ValidationDecision.RestoreAndHold restore) {
            String what = "best network back, of iteration " + restore.bestIteration();
            return Optional.of(
                    new HeldOutDecision(restore.iteration(), restore.oldLambda(), restore.newLambda(), what));
        }
        if (decision instanceof ValidationDecision.RestoreAndRaise restore) {
            String what = "best network back with a larger lambda, of iteration " + restore.bestIteration();
            return Optional.of(
                    new HeldOutDecision(restore.iteration(), restore.oldLambda(), restore.newLambda(), what));
        }
        return Optional.empty();
    }
}
