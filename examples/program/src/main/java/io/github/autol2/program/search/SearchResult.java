package io.github.autol2.program.search;

import io.github.autol2.arbiter.candidate.CandidateLambda;
import io.github.autol2.arbiter.candidate.CandidateOutcome;
import io.github.autol2.arbiter.candidate.Ending;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a search has found.
 *
 * @param axes            the hyperparameters that it searched over
 * @param candidates      in the order in which they were proposed
 * @param testAccuracy    of the best candidate's network, a fraction; NaN if no candidate has a score
 * @param decidedByTiming the candidates for which one thread would have decided otherwise, whether to give them up
 */
public record SearchResult(List<Axis> axes, List<Row> candidates, double testAccuracy, List<Integer> decidedByTiming) {

    /**
     * A candidate.
     *
     * @param outcome        what became of it, and its training steps; a calibration that several share is at the expense of the first
     * @param flatParameters of the search space, then lambda
     * @param lambda         empty if it ended before that was known
     * @param seconds        of calibration, if it made one, and training
     */
    public record Row(
            CandidateOutcome outcome, double[] flatParameters, Optional<CandidateLambda> lambda, double seconds) {

        /** From 0. */
        public int index() {
            return outcome.candidate();
        }

        /** A fraction; NaN if it has no score. */
        public double validationAccuracy() {
            return outcome.ending() instanceof Ending.Finished finished ? finished.score() : Double.NaN;
        }

        /** Whether it was trained to its end. */
        public boolean finished() {
            return outcome.ending() instanceof Ending.Finished;
        }

        /** Whether it was given up. */
        boolean pruned() {
            return outcome.ending() instanceof Ending.Pruned;
        }
    }

    public SearchResult {
        axes = List.copyOf(axes);
        candidates = List.copyOf(candidates);
        decidedByTiming = List.copyOf(decidedByTiming);
    }

    /** The first of those with the highest validation accuracy. */
    public Optional<Row> best() {
        return ranked().stream().findFirst().filter(Row::finished);
    }

    /** Best first, those without a score last. */
    public List<Row> ranked() {
        return candidates.stream()
                .sorted(Comparator.comparing((Row row) -> !row.finished())
                        .thenComparing(row -> row.finished() ? -row.validationAccuracy() : 0)
                        .thenComparing(Row::index))
                .toList();
    }

    /** A sentence for each candidate without a score, and one if there was more than one way to prune. */
    public List<String> unfinished() {
        Stream<String> candidate = candidates.stream()
                .filter(row -> !row.finished())
                .map(row -> "Candidate " + row.index() + " "
                        + row.outcome().ending().status() + ": "
                        + row.outcome().ending().reason());
        Stream<String> timing = decidedByTiming.isEmpty()
                ? Stream.empty()
                : Stream.of(
                        "Which thread was faster has decided about pruning: --threads 1 would have decided otherwise about candidate "
                                + decidedByTiming.stream().map(String::valueOf).collect(Collectors.joining(", "))
                                + ", and perhaps about later ones.");
        return Stream.concat(candidate, timing).toList();
    }

    /** Of all candidates, and of each calibration once. */
    public long trainingSteps() {
        return candidates.stream()
                .mapToLong(row -> row.outcome().trainingIterations())
                .sum();
    }
}
