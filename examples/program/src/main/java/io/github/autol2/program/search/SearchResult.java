package io.github.autol2.program.search;

import io.github.autol2.arbiter.candidate.CandidateLambda;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a search has found.
 *
 * @param axes         the hyperparameters that it searched over
 * @param candidates   in the order in which they were proposed
 * @param testAccuracy of the best candidate's network, a fraction; NaN if no candidate has a score
 */
public record SearchResult(List<Axis> axes, List<Row> candidates, double testAccuracy) {

    /**
     * A candidate.
     *
     * @param index              from 0
     * @param flatParameters     of the search space, then lambda
     * @param lambda             empty if it failed before
     * @param validationAccuracy a fraction; NaN if it failed
     * @param seconds            of calibration, if it made one, and training
     * @param failure            the reason in one line, empty if it did not fail
     */
    public record Row(
            int index,
            double[] flatParameters,
            Optional<CandidateLambda> lambda,
            double validationAccuracy,
            double seconds,
            String failure) {

        boolean failed() {
            return Double.isNaN(validationAccuracy);
        }
    }

    public SearchResult {
        axes = List.copyOf(axes);
        candidates = List.copyOf(candidates);
    }

    /** The first of those with the highest validation accuracy. */
    public Optional<Row> best() {
        return ranked().stream().findFirst().filter(row -> !row.failed());
    }

    /** Best first, the failed ones last. */
    public List<Row> ranked() {
        return candidates.stream()
                .sorted(Comparator.comparing(Row::failed)
                        .thenComparing(row -> row.failed() ? 0 : -row.validationAccuracy())
                        .thenComparing(Row::index))
                .toList();
    }

    /** Training iterations of all candidates and of each calibration once. */
    public long iterationsSpent(long iterationsOfOne) {
        Map<String, Long> calibrations = new HashMap<>();
        candidates.forEach(row -> row.lambda()
                .ifPresent(lambda -> calibrations.put(lambda.calibration(), lambda.calibrationIterations())));
        return candidates.stream().filter(row -> !row.failed()).count() * iterationsOfOne
                + calibrations.values().stream().mapToLong(Long::longValue).sum();
    }
}
