package io.github.autol2.program.tuning;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Objects;

/**
 * What came of a choice with one seed, as it is kept while a tuning is not finished. Earlier builds wrote a reason beside it where the race had
 * no winner, and no run.
 *
 * @param run never null
 */
@JsonIgnoreProperties("reason")
record SeedOutcome(SeedRun run) {
    SeedOutcome {
        Objects.requireNonNull(run, "there is no run in it, because an earlier build found no winner of the race");
    }
}
