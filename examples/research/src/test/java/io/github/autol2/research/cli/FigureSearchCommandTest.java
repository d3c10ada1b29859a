package io.github.autol2.research.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.program.cli.Autol2;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureSearchCommandTest {

    private static final String TASK = """
            seeds=1
            data.trainSize=64
            data.validationSize=60
            data.testSize=50
            model.width=8
            model.depth=2
            calibration.race=false
            train.steps=30
            train.batchSize=32
            """;

    @TempDir
    private Path folder;

    private int run(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "figure",
                "search",
                folder.resolve("tasks").toString(),
                "--quiet",
                "--threads",
                "1",
                "--candidates",
                "4",
                "--out",
                folder.resolve("out").toString()));
        arguments.addAll(List.of(more));
        return Autol2.run(arguments.toArray(String[]::new));
    }

    @Test
    @Tag("slow")
    void comparesWaysToSearchWithTheRandomSearch() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("tasks")).resolve("one.properties"), TASK);

        assertThat(run("--ways", "random-asha,tpe")).isZero();

        assertThat(Files.readAllLines(folder.resolve("out/searches.csv")))
                .hasSize(1 + 4 + 3 * 4 + 4)
                .anyMatch(line -> line.startsWith("one.properties,random-asha,1,") && line.contains(",pruned,"));
        assertThat(Files.readAllLines(folder.resolve("out/ways.csv"))).hasSize(1 + 3);
        assertThat(Files.readString(folder.resolve("out/searches.html")))
                .contains("Ways to search", "random-asha", "tpe");
        assertThat(folder.resolve("out/unfinished")).doesNotExist();
    }

    @Test
    void refusesBadUsageBeforeAnythingIsWritten() throws IOException {
        assertThat(run()).isEqualTo(2);
        Files.createDirectory(folder.resolve("tasks"));
        assertThat(run()).isEqualTo(2);
        Files.writeString(folder.resolve("tasks/one.properties"), TASK);
        assertThat(run("--ways", "another")).isEqualTo(2);
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
