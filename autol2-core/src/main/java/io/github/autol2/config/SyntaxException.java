package io.github.autol2.config;

/** A settings file that cannot be read on. */
final class SyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;

    /**
     * @param line    counted from 1; 0 where it is not known
     * @param message what is wrong there
     */
    SyntaxException(int line, String message) {
        super(message);
        this.line = line;
    }

    int line() {
        return line;
    }
}
