package io.github.autol2.examples.cli;

/** A file or option of a command that cannot be used; the message names it, the rule and the value. */
final class InvalidUsageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvalidUsageException(String message) {
        super(message);
    }

    InvalidUsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
