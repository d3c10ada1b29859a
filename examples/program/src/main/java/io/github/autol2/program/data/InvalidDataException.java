package io.github.autol2.program.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
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

    static InvalidDataException unreadable(Path file, IOException e) {
        return new InvalidDataException(file, "cannot be read" + reason(e), e);
    }

    /** What the system says, in brackets; empty if it says nothing. */
    static String reason(IOException e) {
        String reason = e instanceof FileSystemException inSystem ? inSystem.getReason() : e.getMessage();
        if (reason == null) {
            return e instanceof AccessDeniedException ? " (access denied)" : "";
        }
        return " (" + reason + ")";
    }

    /** @param line the line in the file, counted from 1 */
    InvalidDataException(Path file, long line, String problem) {
        super(file + ", line " + line + ": " + problem);
    }
}
