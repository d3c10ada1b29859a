package io.github.autol2.research.search;

import java.util.List;
import java.util.OptionalLong;

/**
 * One search.
 *
 * @param candidates in their order, which one thread has trained one after the other; at least one
 */
public record SearchTrace(List<SearchedCandidate> candidates) {

    public SearchTrace {
        candidates = List.copyOf(candidates);
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("a search must have at least one candidate, got none");
        }
    }

    /** {@return the training steps of all candidates} */
    public long steps() {
        return candidates.stream().mapToLong(SearchedCandidate::trainingSteps).sum();
    }

    /**
     * {@return the test accuracy of the candidate that validation chooses among those that are finished after so many steps; 0 if none is}
     *
     * @param steps of the search
     */
    public double testAccuracyAt(long steps) {
        double best = -1;
        double test = 0;
        long spent = 0;
        for (SearchedCandidate candidate : candidates) {
            spent += candidate.trainingSteps();
            if (spent > steps) {
                break;
            }
            if (candidate.validationAccuracy() != null && candidate.validationAccuracy() > best) {
                best = candidate.validationAccuracy();
                test = candidate.testAccuracy();
            }
        }
        return test;
    }

    /** {@return the best validation accuracy; 0 if no candidate is finished} */
    public double bestValidation() {
        return candidates.stream()
                .filter(candidate -> candidate.validationAccuracy() != null)
                .mapToDouble(SearchedCandidate::validationAccuracy)
                .max()
                .orElse(0);
    }

    /**
     * {@return after how many steps a candidate has at least this validation accuracy; empty if none has}
     *
     * @param accuracy in [0, 1]
     */
    public OptionalLong stepsTo(double accuracy) {
        long spent = 0;
        for (SearchedCandidate candidate : candidates) {
            spent += candidate.trainingSteps();
            if (candidate.validationAccuracy() != null && candidate.validationAccuracy() >= accuracy) {
                return OptionalLong.of(spent);
            }
        }
        return OptionalLong.empty();
    }
}
