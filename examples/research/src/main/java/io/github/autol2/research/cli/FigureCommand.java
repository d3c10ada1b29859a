package io.github.autol2.research.cli;

import io.github.autol2.research.figure.PaperFigure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code autol2 figure N}: the figures of the paper, one sub-command each, and the comparison of our own rule. */
@Command(
        name = "figure",
        description =
                "Reproduce a figure of the paper at a scale that a laptop can run, or compare AutoL2 with constant lambdas.",
        synopsisSubcommandLabel = "N",
        subcommands = {
            Figure5Command.class,
            FigureAllCommand.class,
            FigureAdaptiveCommand.class,
            FigureTasksCommand.class,
            FigureSearchCommand.class,
            FigureDetectorsCommand.class,
            FigureHarmCommand.class
        })
final class FigureCommand {

    /** The command of all figures, with one sub-command for each figure that is made by training. */
    static CommandLine withFigures() {
        CommandLine command = new CommandLine(new FigureCommand());
        for (PaperFigure figure : PaperFigure.values()) {
            CommandLine sub = new CommandLine(new PaperFigureCommand(figure));
            sub.getCommandSpec()
                    .usageMessage()
                    .description("Make Figure " + figure.label() + ": " + figure.title() + ".");
            command.addSubcommand(figure.label(), sub, figure.aliases().toArray(String[]::new));
        }
        return command;
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This shows the help and exits.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;
}
