package io.github.autol2.program.tuning;

import io.github.autol2.program.training.LambdaChange;
import io.github.autol2.program.training.RunResult;
import io.github.autol2.program.training.Training;
import java.util.List;

/**
 * A run of a choice with one seed.
 *
 * @param changes    of lambda, where a rule judges by validation examples; oldest first
 * @param stepsSpent iterations of the run and of the short runs before it, without those of a calibration
 */
record SeedRun(RunResult result, List<LambdaChange> changes, long stepsSpent) {

    SeedRun {
        changes = List.copyOf(changes);
    }

    static SeedRun of(Training.Outcome outcome) {
        return new SeedRun(outcome.result(), outcome.changes(), outcome.stepsSpent());
    }
}
