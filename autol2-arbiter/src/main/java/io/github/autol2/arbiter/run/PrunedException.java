package io.github.autol2.arbiter.run;

import io.github.autol2.arbiter.pruning.Report;
import java.util.concurrent.CancellationException;

/**
 * Ends the training of a candidate that is given up. It has no stack trace: nothing is wrong. A calibration
 * that it ends was cancelled, and another candidate may go on with it.
 */
final class PrunedException extends CancellationException {

    private static final long serialVersionUID = 1;

    private final Report last;

    /**
     * @param reason in one line
     * @param last   the report that has led to it
     */
    PrunedException(String reason, Report last) {
        super(reason);
        this.last = last;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    Report last() {
        return last;
    }
}
