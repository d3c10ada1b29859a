package io.github.autol2.config;

/**
 * Where a value was given.
 *
 * @param source the file as the user named it, {@code --set}, or nothing
 * @param line   counted from 1; 0 where there is none
 */
record Origin(String source, int line) {

    static final Origin OVERRIDE = new Origin("--set", 0);
    static final Origin NOWHERE = new Origin("", 0);

    /** What a message starts with, such as {@code "autol2.properties:7: "}. */
    String prefix() {
        if (source.isEmpty()) {
            return "";
        }
        return line > 0 ? source + ":" + line + ": " : source + ": ";
    }
}
