package io.github.autol2.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.arbiter.candidate.LambdaOptions;
import io.github.autol2.config.Settings;
import io.github.autol2.program.config.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SearchCostTest {

    private static final String CLASS = SearchCost.class.getName() + " ";

    private static LambdaOptions lambda(String... arguments) {
        SearchCost command = new SearchCost();
        new CommandLine(command).parseArgs(arguments);
        return command.lambda();
    }

    private static String documented(String file) throws IOException {
        List<String> commands;
        try (Stream<String> lines = Files.lines(Path.of("..", file))) {
            commands = lines.filter(line -> line.contains(CLASS))
                    .map(line -> line.substring(line.indexOf(CLASS) + CLASS.length()))
                    .toList();
        }
        assertThat(commands).as(file).hasSize(1);
        return commands.get(0);
    }

    @Test
    void predictsByTheLawAloneUnlessARaceIsAskedFor() {
        assertThat(lambda()).isEqualTo(LambdaOptions.predicted().withoutRace());
        assertThat(lambda("--race")).isEqualTo(LambdaOptions.predicted());
    }

    @Test
    void theTableOfTheResultsIsThatOfTheDocumentedCommand() throws IOException {
        String command = documented("RESULTS.md");

        assertThat(documented("README.md")).isEqualTo(command);
        assertThat(lambda(command.split(" ")))
                .isEqualTo(LambdaOptions.predicted().withoutRace());
        RunSettings settings = RunSettings.read(Settings.load(
                Optional.empty(),
                Stream.of(command.split("--set "))
                        .map(String::strip)
                        .filter(key -> key.contains("=") && !key.startsWith("data.path"))
                        .map(key -> key.equals("data.kind=idx") ? "data.kind=synthetic" : key)
                        .toList()));
        assertThat(settings.seeds()).containsExactly(1L, 2L, 3L);
        assertThat(settings.data().trainSize()).isEqualTo(1000);
    }
}
