package io.github.autol2.schedule;

import io.github.autol2.numbers.Check;
import java.util.Objects;

/**
 * All that the published rule remembers.
 *
 * @param lambda       the current coefficient, greater than 0
 * @param lastDivision iteration of the last division; before the first one, the iteration at which the run began
 * @param seen         the losses and errors so far
 */
public record PublishedState(double lambda, long lastDivision, Seen seen) implements AutoL2State {

    public PublishedState {
        Check.positive("lambda", lambda);
        Check.atLeastZero("lastDivision", lastDivision);
        Objects.requireNonNull(seen, "seen");
    }
}
