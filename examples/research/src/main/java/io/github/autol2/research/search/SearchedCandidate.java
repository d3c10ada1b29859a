package io.github.autol2.research.search;

/**
 * What a candidate of a search came to.
 *
 * @param candidate          its index, from 0
 * @param status             finished, pruned or failed
 * @param trainingSteps      that it has cost, its calibration included
 * @param validationAccuracy of a finished one, which chooses; otherwise null
 * @param testAccuracy       of a finished one, which is only reported; otherwise null
 */
public record SearchedCandidate(
        int candidate, String status, long trainingSteps, Double validationAccuracy, Double testAccuracy) {}
