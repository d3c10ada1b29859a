package io.github.autol2.arbiter.run;

import io.github.autol2.arbiter.pruning.Report;

/** Ends the training of a candidate that is given up. It has no stack trace: nothing is wrong. */
final class PrunedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Report last;

    /**
     * @param reason in one line
     * @param last   the report that has led to it
     */
    PrunedException(String reason, Report last) {
        super(reason, null, false, false);
        this.last = last;
    }

    Report last() {
        return last;
    }
}
