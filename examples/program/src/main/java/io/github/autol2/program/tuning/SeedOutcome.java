package io.github.autol2.program.tuning;

import io.github.autol2.prediction.CalibrationException;
import java.util.Optional;

/**
 * What came of a choice with one seed.
 *
 * @param run    empty where its race found no lambda at which the network trains
 * @param reason why there is no run; empty where there is one
 */
record SeedOutcome(Optional<SeedRun> run, Optional<String> reason) {

    static SeedOutcome of(SeedRun run) {
        return new SeedOutcome(Optional.of(run), Optional.empty());
    }

    static SeedOutcome without(CalibrationException noLambda) {
        return new SeedOutcome(Optional.empty(), Optional.of(noLambda.getMessage()));
    }
}
