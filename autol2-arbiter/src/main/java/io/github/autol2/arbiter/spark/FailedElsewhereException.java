package io.github.autol2.arbiter.spark;

/** What was thrown on another machine. It reads like that: its text and its stack trace are those from there. */
final class FailedElsewhereException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String trace;

    /**
     * @param trace as {@link Throwable#printStackTrace()} prints it
     */
    FailedElsewhereException(String trace) {
        super(trace.lines().findFirst().orElse(""), null, false, false);
        this.trace = trace.stripTrailing();
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // so that its printed stack trace is the one from there
    public String toString() {
        return trace;
    }
}
