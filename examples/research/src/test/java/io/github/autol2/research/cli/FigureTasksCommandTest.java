package io.github.autol2.research.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.program.cli.Autol2;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureTasksCommandTest {

    private static final String TASK = """
            seeds=1
            data.split=seeds
            data.labelNoise=0.2
            data.trainSize=64
            data.validationSize=60
            data.testSize=50
            model.width=8
            model.depth=1
            train.steps=30
            train.batchSize=32
            train.evaluateEvery=10
            """;

    @TempDir
    private Path folder;

    private int run(Path tasks, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "figure",
                "tasks",
                tasks.toString(),
                "--quiet",
                "--threads",
                "1",
                "--out",
                folder.resolve("out").toString()));
        arguments.addAll(List.of(more));
        return Autol2.run(arguments.toArray(String[]::new));
    }

    @Test
    @Tag("slow")
    void comparesAllWaysAndCanGoOnWithAnotherTask() throws IOException {
        // given
        Path tasks = Files.createDirectory(folder.resolve("tasks"));
        Files.writeString(tasks.resolve("one.properties"), TASK);

        // when
        assertThat(run(tasks, "--keep-runs")).isZero();

        // then: seven constants, none, validated, held, free-rule, adaptive, time-law; halving and the two grids are
        // read off
        assertThat(Files.readAllLines(folder.resolve("out/runs.csv"))).hasSize(1 + 13);
        assertThat(Files.readAllLines(folder.resolve("out/tasks.csv"))).hasSize(1 + 10);
        assertThat(Files.readString(folder.resolve("out/tasks.html")))
                .contains(
                        "over 1 task,",
                        "AutoL2 with validation data: best / last / kept",
                        "grid of 7, each seed by itself",
                        "grid of 7, tuned");

        // when
        assertThat(run(tasks, "--finished", "--ways", "none")).isZero();

        // then: a second report, without a training
        assertThat(Files.readAllLines(folder.resolve("out/tasks.csv"))).hasSize(1 + 5);
        assertThat(folder.resolve("out/unfinished")).exists();

        // when
        Files.writeString(tasks.resolve("two.properties"), TASK.replace("train.steps=30", "train.steps=20"));
        assertThat(run(tasks, "--resume", "--ways", "validated")).isZero();

        // then
        assertThat(Files.readAllLines(folder.resolve("out/tasks.csv"))).hasSize(1 + 2 * 5);
        assertThat(folder.resolve("out/unfinished")).doesNotExist();
    }

    @Test
    @Tag("slow")
    void comparesWaysToPredictAQuantity() throws IOException {
        Path tasks = Files.createDirectory(folder.resolve("tasks"));
        String rows = new Random(1)
                .doubles(80)
                .mapToObj(x -> x + "," + (3 * x * x + 1))
                .collect(Collectors.joining("\n", "x,y\n", "\n"));
        Path table = Files.writeString(folder.resolve("rows.csv"), rows);
        Files.writeString(tasks.resolve("one.yaml"), """
                seeds: 1
                data: {kind: csv, path: '%s', label: y, task: regression, trainSize: 40, validationSize: 20, testSize: 20}
                model: {width: 8}
                train: {steps: 30, batchSize: 20, evaluateEvery: 10}
                """.formatted(table));

        assertThat(run(tasks)).isZero();

        assertThat(Files.readAllLines(folder.resolve("out/tasks.csv"))).hasSize(1 + 10);
    }

    @Test
    void refusesBadUsageBeforeAnythingIsWritten() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThat(run(empty)).isEqualTo(2);
        assertThat(run(folder.resolve("nowhere"))).isEqualTo(2);
        Files.writeString(empty.resolve("one.properties"), TASK);
        assertThat(run(empty, "--ways", "another")).isEqualTo(2);
        assertThat(run(empty, "--finished")).isEqualTo(2);
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
