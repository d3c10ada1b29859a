package io.github.autol2.arbiter.candidate;

import io.github.autol2.arbiter.pruning.Report;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

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
     * search has cost}
     *
     * @param outcomes in the order of the candidates
     */
    public static List<CandidateOutcome> withEachCalibrationOnce(List<CandidateOutcome> outcomes) {
        Set<String> paid = new HashSet<>(Set.of(""));
        List<CandidateOutcome> once = new ArrayList<>();
        for (CandidateOutcome outcome : outcomes) {
            once.add(paid.add(outcome.calibration) ? outcome : outcome.withoutCalibrationIterations());
        }
        return List.copyOf(once);
    }

    /**
     * {@return the same with another ending}
     *
     * @param other in the place of this one's
     */
    public CandidateOutcome withEnding(Ending other) {
        return new CandidateOutcome(candidate, other, iterations, calibrationIterations, calibration, reports);
    }

    private CandidateOutcome withoutCalibrationIterations() {
        return new CandidateOutcome(candidate, ending, iterations, 0, calibration, reports);
    }
}
