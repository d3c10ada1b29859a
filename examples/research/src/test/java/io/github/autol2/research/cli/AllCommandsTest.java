package io.github.autol2.research.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.program.cli.Autol2;
import io.github.autol2.program.cli.Program;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** What holds for every command of the program, those of the experiments included. */
class AllCommandsTest {

    private static final String SUBJECT = "(This|The|Each|Without) ";
    private static final String IMPERATIVE =
            "(Apply|Build|Classify|Compare|Find|Make|Measure|Predict|Reproduce|Search|Show|Train|Write) ";

    static Stream<CommandLine> commands() {
        return below(Autol2.commandLine());
    }

    /** Those that do something, instead of only holding others. */
    static Stream<CommandLine> doers() {
        return commands().filter(command -> command.getCommand() instanceof java.util.concurrent.Callable);
    }

    private static Stream<CommandLine> below(CommandLine command) {
        return Stream.concat(
                Stream.of(command),
                command.getSubcommands().values().stream().distinct().flatMap(AllCommandsTest::below));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachLineOfTheHelpIsASentence(CommandLine command) {
        assertThat(command.getCommandSpec().usageMessage().description())
                .as(command.getCommandSpec().qualifiedName())
                .hasSize(1)
                .allSatisfy(text -> assertThat(text).matches(IMPERATIVE + ".*\\."));
        assertThat(command.getCommandSpec().args())
                .allSatisfy(argument -> assertThat(description(argument)).matches(SUBJECT + ".*\\."));
    }

    private static String description(ArgSpec argument) {
        return String.join(" ", argument.description());
    }

    @ParameterizedTest
    @MethodSource("doers")
    void takesTheOptionsThatAllTake(CommandLine command) {
        assertThat(command.getCommandSpec().optionsMap())
                .as(command.getCommandSpec().qualifiedName())
                .containsKeys("--config", "--set", "--out", "--quiet", "--verbose", "--help");
    }

    @ParameterizedTest
    @MethodSource("doers")
    void refusesAnUnknownKeyInOneLine(CommandLine command) {
        List<String> words = List.of(command.getCommandSpec().qualifiedName().split(" "));
        Stream<String> files =
                command.getCommandSpec().positionalParameters().stream().map(file -> "missing.csv");

        Program program = Program.run(Stream.of(words.stream().skip(1), files, Stream.of("--set", "another.key=1"))
                .flatMap(part -> part)
                .toArray(String[]::new));

        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(program.errors().strip())
                .containsAnyOf("unknown key another.key", "missing.csv")
                .doesNotContain("\n");
    }
}
