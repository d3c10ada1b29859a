package io.github.autol2.config;

/**
 * One given value.
 *
 * @param text   as written, without the spaces around it
 * @param origin where it was written
 * @param preset whether a program gave it: unlike a user's value it may be without effect
 */
record Setting(String text, Origin origin, boolean preset) {

    Setting {
        text = text.strip();
    }
}
