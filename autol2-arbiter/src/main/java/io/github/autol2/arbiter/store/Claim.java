package io.github.autol2.arbiter.store;

import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;

/** What a search may do with a candidate of its folder. */
public sealed interface Claim {

    /**
     * The candidate has been trained.
     *
     * @param result as it was
     */
    record Ended(OptimizationResult result) implements Claim {}

    /** This search trains it; nobody else does until it has ended here, or with this process. */
    record Ours() implements Claim {}

    /** Another process trains it. */
    record Elsewhere() implements Claim {}
}
