package io.github.autol2.examples.cli;

import picocli.CommandLine.Command;

/** {@code autol2 figure N}: the figures of the paper, one sub-command each. */
@Command(name = "figure", description = "Reproduce a figure of the paper at a scale that a laptop can run.", synopsisSubcommandLabel = "N",
        mixinStandardHelpOptions = true, subcommands = {Figure5Command.class})
final class FigureCommand {
}
