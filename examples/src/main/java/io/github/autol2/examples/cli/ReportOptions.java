package io.github.autol2.examples.cli;

import picocli.CommandLine.Option;

/** The options of commands that need no settings. */
final class ReportOptions {

    @Option(names = "--verbose", description = "Show the stack trace of an error.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;
}
