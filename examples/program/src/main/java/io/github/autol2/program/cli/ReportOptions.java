package io.github.autol2.program.cli;

import picocli.CommandLine.Option;

/** The options of commands that need no settings. */
public final class ReportOptions {

    @Option(names = "--verbose", description = "Show the stack trace of an error.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;
}
