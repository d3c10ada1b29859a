package io.github.autol2.config;

/**
 * One thing that is wrong with the settings.
 *
 * @param origin where
 * @param text   what: the rule and the value
 */
record Problem(Origin origin, String text) {

    private static final int LONGEST = 300;

    /** The problem on one line, however long or strange the text in the file was. */
    String line() {
        String line = (origin.prefix() + text)
                .replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ")
                .strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
