package io.github.autol2.arbiter.run;

import io.github.autol2.arbiter.pruning.Report;
import io.github.autol2.arbiter.pruning.Verdict;
import java.util.OptionalLong;

/** Who says what becomes of the candidates of a search that report while they train. Thread-safe. */
public interface Judge {

    /** {@return whether candidates report what their calibrations have shown} */
    boolean judgesCalibrations();

    /**
     * {@return when a candidate reports next; empty if it does not}
     *
     * @param iteration of its last report; 0 before the first
     */
    OptionalLong next(long iteration);

    /**
     * Judges a report after those that have come before.
     *
     * @param report at an iteration that {@link #next} has named
     * @return what becomes of the candidate
     */
    Verdict judge(Report report);
}
