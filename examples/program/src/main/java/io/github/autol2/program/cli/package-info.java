/**
 * The command-line program. Entry class: {@link io.github.autol2.program.cli.Autol2}; a new command is one class beside
 * {@code TrainCommand}.
 */
package io.github.autol2.program.cli;
