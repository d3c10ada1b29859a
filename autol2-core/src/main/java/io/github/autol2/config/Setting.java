package io.github.autol2.config;

/**
 * One given value.
 *
 * @param text   as written, without the spaces around it
 * @param origin where it was written
 */
record Setting(String text, Origin origin) {

    Setting {
        text = text.strip();
    }
}
