package io.github.autol2.program.cli;

import io.github.autol2.config.SettingsException;
import io.github.autol2.dl4j.fence.Fence;
import io.github.autol2.program.data.InvalidDataException;
import io.github.autol2.program.model.InvalidModelException;
import io.github.autol2.program.results.Versions;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program {@code autol2}.
 *
 * <p>Exit codes: 0 done; 1 the run failed; 2 bad usage, configuration or data, with one clear line on standard error.
 */
@Command(
        name = "autol2",
        description = "The right L2 coefficient for Deeplearning4j networks, without a grid search.",
        mixinStandardHelpOptions = true,
        versionProvider = Autol2.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TuneCommand.class,
            CalibrateCommand.class,
            TrainCommand.class,
            ReplayCommand.class,
            SearchCommand.class,
            ModelCommand.class
        })
public final class Autol2 {

    private static final int FAILED = 1;
    private static final int BAD_INPUT = 2;

    public static void main(String[] arguments) {
        Fence.install(); // before anything loads ND4J
        System.exit(run(arguments));
    }

    /** The program without the end of the JVM. */
    public static int run(String... arguments) {
        boolean verbose = Arrays.asList(arguments).contains("--verbose");
        CommandLine program = new CommandLine(new Autol2());
        ServiceLoader.load(Subcommands.class).forEach(module -> module.all().forEach(program::addSubcommand));
        return program.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, all) -> {
                    CommandLine command = e.getCommandLine();
                    return refuse(
                            command,
                            oneLine(e.getMessage() + suggestion(e) + " (see autol2 " + name(command) + "--help)"));
                })
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    if (verbose) {
                        e.printStackTrace(command.getErr());
                    }
                    if (isUsersToMend(e)) {
                        return refuse(
                                command, e instanceof SettingsException ? e.getMessage() : oneLine(e.getMessage()));
                    }
                    command.getErr()
                            .println(oneLine("autol2: the run failed: " + e)
                                    + (verbose ? "" : " (--verbose shows where)"));
                    return FAILED;
                })
                .execute(arguments);
    }

    private static boolean isUsersToMend(Exception e) {
        return e instanceof SettingsException
                || e instanceof InvalidDataException
                || e instanceof InvalidModelException
                || e instanceof InvalidUsageException;
    }

    private static int refuse(CommandLine command, String message) {
        PrintWriter errors = command.getErr();
        errors.println("autol2: " + message);
        return BAD_INPUT;
    }

    /** Whatever stood in the file or on the command line. Settings have a line for each problem and see to that themselves. */
    private static String oneLine(String message) {
        return message.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
    }

    private static String suggestion(ParameterException e) {
        return e instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getSuggestions().isEmpty()
                ? "; did you mean " + unmatched.getSuggestions().get(0) + "?"
                : "";
    }

    private static String name(CommandLine command) {
        return command.getParent() == null ? "" : command.getCommandName() + " ";
    }

    /** For {@code --version}. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"autol2 " + Versions.AUTOL2 + " (Deeplearning4j " + Versions.DEEPLEARNING4J + ")"};
        }
    }
}
