package io.github.autol2.research.cli;

import io.github.autol2.program.cli.Subcommands;
import java.util.List;
import picocli.CommandLine;

/** {@code law}, {@code theory} and {@code figure}, with all figures below it. */
public final class ResearchCommands implements Subcommands {

    @Override
    public List<CommandLine> all() {
        return List.of(
                new CommandLine(new LawCommand()), new CommandLine(new TheoryCommand()), FigureCommand.withFigures());
    }
}
