package io.github.autol2.files;

import java.util.Optional;

/**
 * Limits on a text in JSON or YAML, to be looked at before a reader that has none: the time that a number takes grows with the square
 * of its digits, and each level of nesting takes a part of the stack.
 *
 * <p>A text that begins with <code>{</code> is JSON, whose quoted texts may hold any number of digits; in YAML a quote need not begin a
 * text. Nesting is counted as in JSON. What quotes and comments of YAML hide or show takes a parser of YAML.
 */
public final class TextLimits {

    private static final int MOST_DIGITS = 100;
    private static final int DEEPEST = 200;
    private static final int FURTHEST_INDENTED = 2 * DEEPEST;

    private TextLimits() {}

    /**
     * {@return the first thing that is wrong, with its line and the rule; empty if nothing is}
     *
     * @param text of any length
     */
    public static Optional<String> problem(String text) {
        return Optional.ofNullable(new Scan(text).problem());
    }

    /** One pass over a text. */
    private static final class Scan {

        private final String text;
        private final boolean json;
        private int line = 1;
        private int digits;
        private int depth;
        private boolean quoted;
        private boolean indenting = true;
        private int indented;

        Scan(String text) {
            this.text = text;
            this.json = text.stripLeading().startsWith("{");
        }

        /** Null if there is none. */
        String problem() {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (quoted && c == '\\') {
                    i++;
                } else {
                    read(c);
                }
                if (digits > MOST_DIGITS) {
                    return "line " + line + ": a number must have at most " + MOST_DIGITS + " digits";
                }
                if (depth > DEEPEST || indented > FURTHEST_INDENTED) {
                    return "line " + line + ": it must not be nested more than " + DEEPEST + " deep";
                }
            }
            return null;
        }

        private void read(char c) {
            if (json && quoted) {
                digits = 0;
            } else {
                digits = c >= '0' && c <= '9' ? digits + 1 : c == '_' ? digits : 0; // YAML passes over _ in a number
            }
            indenting &= c == ' ' || c == '-' || c == '?'; // what YAML nests blocks with
            indented = indenting ? indented + 1 : 0;
            switch (c) {
                case '\n' -> {
                    line++;
                    quoted = false; // JSON has no line break in a text, and an odd quote in YAML shall hide nothing
                    indenting = true;
                }
                case '"' -> quoted = !quoted;
                case '{', '[' -> depth += quoted ? 0 : 1;
                case '}', ']' -> depth -= quoted || depth == 0 ? 0 : 1;
                default -> {
                    // counts for nothing
                }
            }
        }
    }
}
