/**
 * The command-line program. Entry class: {@link io.github.autol2.examples.cli.Autol2}; a new command is one class beside
 * {@code TrainCommand}.
 */
package io.github.autol2.examples.cli;
