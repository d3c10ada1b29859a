package io.github.autol2.examples.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code autol2 figure N}: the figures of the paper, one sub-command each, and the comparison of our own rule. */
@Command(name = "figure", description = "Reproduce a figure of the paper at a scale that a laptop can run, or compare AutoL2 with constant lambdas.", synopsisSubcommandLabel = "N",
        subcommands = {Figure5Command.class, FigureAdaptiveCommand.class})
final class FigureCommand {

    @Mixin
    private ReportOptions report;
}
