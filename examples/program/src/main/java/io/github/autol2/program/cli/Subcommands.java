package io.github.autol2.program.cli;

import java.util.List;
import picocli.CommandLine;

/** Commands that another module adds to the program; found on the class path by {@link java.util.ServiceLoader}. */
public interface Subcommands {

    /** New commands; their names are those of their specifications. */
    List<CommandLine> all();
}
