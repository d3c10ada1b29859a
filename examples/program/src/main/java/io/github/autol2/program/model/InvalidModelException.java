package io.github.autol2.program.model;

import java.nio.file.Path;

/** A model that cannot be read, or that does not fit the data; the message names the file or key, the rule and the value. */
public final class InvalidModelException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final int LONGEST = 300;

    public InvalidModelException(String message) {
        super(message);
    }

    public InvalidModelException(Path file, String problem) {
        super("model.file " + file + ": " + problem);
    }

    /** @param cause its message is added, as far as it is short */
    public InvalidModelException(Path file, String problem, Exception cause) {
        super("model.file " + file + ": " + problem + ": " + shortened(cause), cause);
    }

    /** The first line, where Deeplearning4j says what is wrong. */
    private static String shortened(Exception cause) {
        String text = cause.getMessage() == null
                ? cause.toString()
                : cause.getMessage().lines().findFirst().orElse("");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
