/**
 * The commands of the experiments; {@link io.github.autol2.research.cli.ResearchCommands} adds them to the program.
 */
package io.github.autol2.research.cli;
