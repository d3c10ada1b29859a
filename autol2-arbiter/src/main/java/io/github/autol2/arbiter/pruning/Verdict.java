package io.github.autol2.arbiter.pruning;

/** What becomes of a candidate after a report. */
public sealed interface Verdict {

    /** It trains on. */
    record Continue() implements Verdict {}

    /**
     * It is given up.
     *
     * @param reason in one line without a full stop
     */
    record Prune(String reason) implements Verdict {}
}
