/**
 * The typed settings of the program, one record for each group of keys.
 *
 * <p>Entry class: {@link io.github.autol2.program.config.RunSettings}, read from
 * {@link io.github.autol2.config.Settings} with all problems reported at once. Keys, defaults, rules and the sentences of the
 * table of keys are written down here and nowhere else, except those of {@code lambda.*}, which are in
 * {@link io.github.autol2.config.LambdaSettings}.
 *
 * <p>What may be changed: a new key is a component of one record and one call in its {@code read}; a new kind of data, model or
 * updater is a constant of its enum, which every exhaustive switch over it then asks for.
 */
package io.github.autol2.program.config;
