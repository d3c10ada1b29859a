package io.github.autol2.program.data;

import java.nio.file.Path;

/**
 * Data that cannot be used. The message names the file as the user gave it, the rule and the value, and is complete in itself:
 * the command line prints it and nothing else.
 */
public final class InvalidDataException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvalidDataException(String problem) {
        super(problem);
    }

    InvalidDataException(Path file, String problem) {
        super(file + ": " + problem);
    }

    InvalidDataException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }

    /** @param line the line in the file, counted from 1 */
    InvalidDataException(Path file, long line, String problem) {
        super(file + ", line " + line + ": " + problem);
    }
}
