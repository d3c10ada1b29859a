package io.github.autol2.program.cli;

/** A file or option of a command that cannot be used; the message names it, the rule and the value. */
public final class InvalidUsageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public InvalidUsageException(String message) {
        super(message);
    }

    public InvalidUsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
