package io.github.autol2.research.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.config.Settings;
import io.github.autol2.program.choice.FixedLambda;
import io.github.autol2.program.results.UnfinishedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskRunsTest {

    @TempDir
    private Path folder;

    private Path task(String name) throws IOException {
        Path table = Files.writeString(
                folder.resolve(name + ".csv"),
                IntStream.range(0, 100)
                        .mapToObj(i -> i % 7 + "," + (i % 2 == 0 ? "a" : "b") + "\n")
                        .collect(Collectors.joining()));
        Files.writeString(
                folder.resolve(name + ".properties"),
                String.join(
                        "\n",
                        "data.kind=csv",
                        "data.path=" + table,
                        "data.trainSize=60",
                        "data.validationSize=20",
                        "data.testSize=20",
                        "train.steps=10",
                        "train.batchSize=20",
                        "train.evaluateEvery=5",
                        "seeds=1"));
        return table;
    }

    @Test
    void aTableThatChangesStopsTheRunsOfItsOwnTaskAlone() throws IOException {
        Path changed = task("changed");
        task("other");
        List<Task> tasks = Task.of(folder, Settings.load(Optional.empty(), List.of()));
        Files.writeString(changed, "3,a\n", StandardOpenOption.APPEND);
        UnfinishedRun parts = UnfinishedRun.begin(folder, Map.of());
        Map<String, String> failed = new HashMap<>();

        Map<String, TaskResult> results = new TaskRuns(tasks, List.of(new FixedLambda.None()))
                .run(
                        parts,
                        1,
                        (key, reason) -> failed.put(key, reason.getCause().getMessage()),
                        (steps, finished) -> {});

        String first = TaskRuns.key(tasks.get(0), new FixedLambda.None(), 1);
        assertThat(failed)
                .containsExactly(
                        Map.entry(
                                first,
                                changed
                                        + " has changed since it was first read, and must be read again: put it back as it was"));
        assertThat(results).containsOnlyKeys(TaskRuns.key(tasks.get(1), new FixedLambda.None(), 1));
        assertThat(parts.count(first)).isZero();
    }
}
