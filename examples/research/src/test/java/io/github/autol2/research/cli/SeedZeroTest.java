package io.github.autol2.research.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.program.cli.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deeplearning4j takes the seed 0 for none, so that no experiment may have it. */
class SeedZeroTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "figure 1a",
                "figure 1b",
                "figure 1c",
                "figure 2",
                "figure 3",
                "figure all",
                "figure adaptive",
                "figure harm",
                "figure detectors",
                "law"
            })
    void isRefused(String command) {
        assertRefused(command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"figure tasks", "figure search"})
    void isRefusedOnOnesOwnTasks(String command) throws IOException {
        Path tasks = Files.createDirectory(folder.resolve("tasks"));
        Files.writeString(tasks.resolve("one.properties"), "train.steps=30");

        assertRefused(command + " " + tasks);
    }

    private void assertRefused(String command) {
        Path out = folder.resolve("out");
        List<String> arguments = new ArrayList<>(Arrays.asList(command.split(" ", -1)));
        arguments.addAll(List.of("--out", out.toString(), "--set", "seeds=0"));

        Program program = Program.run(arguments.toArray(String[]::new));

        assertThat(program.errors()).contains("seeds must not be 0, which Deeplearning4j takes for no seed");
        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(out).doesNotExist();
    }
}
