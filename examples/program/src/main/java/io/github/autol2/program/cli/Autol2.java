package io.github.autol2.program.cli;

import io.github.autol2.dl4j.fence.Fence;
import io.github.autol2.program.results.Versions;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program {@code autol2}.
 *
 * <p>Exit codes: 0 done; 1 the run failed; 2 bad usage, configuration or data, with one clear line on standard error.
 */
@Command(
        name = "autol2",
        description = "Find the right L2 coefficient for Deeplearning4j networks without a grid search.",
        versionProvider = Autol2.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TuneCommand.class,
            CalibrateCommand.class,
            TrainCommand.class,
            ReplayCommand.class,
            SearchCommand.class,
            DataCommand.class,
            PredictCommand.class,
            ModelCommand.class
        })
public final class Autol2 {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This shows the help and exits.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "This shows the versions of the program and of Deeplearning4j and exits.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean version;

    public static void main(String[] arguments) {
        Fence.install(); // before anything loads ND4J
        System.exit(run(arguments));
    }

    /** The program without the end of the JVM. */
    public static int run(String... arguments) {
        boolean verbose = Arrays.asList(arguments).contains("--verbose");
        CommandLine program = commandLine()
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, all) -> {
                    CommandLine command = e.getCommandLine();
                    return Failure.refuse(
                            Failure.oneLine(e.getMessage() + suggestion(e) + " (see "
                                    + command.getCommandSpec().qualifiedName() + " --help)"),
                            command.getErr());
                })
                .setExecutionExceptionHandler(
                        (e, command, parsed) -> Failure.tell(e, kept(parsed), command.getErr(), verbose));
        try {
            return program.execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError e) {
            return Failure.tell(e, program.getErr(), verbose);
        } finally {
            close(program);
        }
    }

    /** Gives free what the commands that ran have kept for themselves. */
    private static void close(CommandLine program) {
        resumable(program.getParseResult()).forEach(ResumeOptions::close);
    }

    private static Optional<String> kept(ParseResult parsed) {
        return resumable(parsed).flatMap(options -> options.kept().stream()).findFirst();
    }

    private static Stream<ResumeOptions> resumable(ParseResult first) {
        return Stream.iterate(first, Objects::nonNull, ParseResult::subcommand)
                .flatMap(parsed -> parsed.commandSpec().mixins().values().stream())
                .map(CommandSpec::userObject)
                .filter(ResumeOptions.class::isInstance)
                .map(ResumeOptions.class::cast);
    }

    /** All commands, without what becomes of exceptions. */
    public static CommandLine commandLine() {
        CommandLine program = new CommandLine(new Autol2());
        ServiceLoader.load(Subcommands.class).forEach(module -> module.all().forEach(program::addSubcommand));
        return program;
    }

    private static String suggestion(ParameterException e) {
        return e instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getSuggestions().isEmpty()
                ? "; did you mean " + unmatched.getSuggestions().get(0) + "?"
                : "";
    }

    /** For {@code --version}. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"autol2 " + Versions.AUTOL2 + " (Deeplearning4j " + Versions.DEEPLEARNING4J + ")"};
        }
    }
}
