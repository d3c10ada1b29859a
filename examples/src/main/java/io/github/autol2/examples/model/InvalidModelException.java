package io.github.autol2.examples.model;

/** A model that cannot be read, or that does not fit the data; the message names the file or key, the rule and the value. */
public final class InvalidModelException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvalidModelException(String message) {
        super(message);
    }

    public InvalidModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
