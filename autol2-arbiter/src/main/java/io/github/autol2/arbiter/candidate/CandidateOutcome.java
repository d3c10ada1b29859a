package io.github.autol2.arbiter.candidate;

import io.github.autol2.arbiter.pruning.Report;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What became of a candidate, and what it has cost.
 *
 * @param candidate             its index, from 0
 * @param ending                how its training has ended
 * @param iterations            parameter updates of its own training, at least 0; 0 also if a task creator of the user's own has trained it
 * @param calibrationIterations parameter updates of its calibration, at least 0, also of one that failed or was cancelled
 * @param calibration           names the calibration: candidates with the same one share it; empty without one
 * @param reports               the scores that it reported for pruning while it trained, in order
 */
public record CandidateOutcome(
        int candidate,
        Ending ending,
        long iterations,
        long calibrationIterations,
        String calibration,
        List<Report> reports)
        implements Serializable {

    /** Checks the ranges. */
    public CandidateOutcome {
        Objects.requireNonNull(ending, "ending");
        Objects.requireNonNull(calibration, "calibration");
        reports = List.copyOf(reports);
        if (iterations < 0 || calibrationIterations < 0) {
            throw new IllegalArgumentException(
                    "iterations must be at least 0, got " + iterations + " and " + calibrationIterations);
        }
    }

    /** {@return all parameter updates that this candidate has cost} */
    public long trainingIterations() {
        return iterations + calibrationIterations;
    }

    /**
     * {@return the same outcomes with each calibration at the expense of the first candidate that it served, so that their sum is what the
     * search has cost} A candidate that was stopped may have seen the beginning of its calibration only: what counts is the most that any
     * has seen.
     *
     * @param outcomes in the order of the candidates
     */
    public static List<CandidateOutcome> withEachCalibrationOnce(List<CandidateOutcome> outcomes) {
        Map<String, Long> cost = new HashMap<>();
        outcomes.forEach(outcome -> cost.merge(outcome.calibration, outcome.calibrationIterations, Math::max));
        return outcomes.stream()
                .map(outcome -> outcome.calibration.isEmpty()
                        ? outcome
                        : outcome.withCalibrationIterations(cost.replace(outcome.calibration, 0L)))
                .toList();
    }

    /**
     * {@return the same with another ending}
     *
     * @param other in the place of this one's
     */
    public CandidateOutcome withEnding(Ending other) {
        return new CandidateOutcome(candidate, other, iterations, calibrationIterations, calibration, reports);
    }

    private CandidateOutcome withCalibrationIterations(long count) {
        return new CandidateOutcome(candidate, ending, iterations, count, calibration, reports);
    }
}
