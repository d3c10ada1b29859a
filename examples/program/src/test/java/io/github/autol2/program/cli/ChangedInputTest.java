package io.github.autol2.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.Nesterovs;

/** A run goes on only with the files that it has begun with. */
class ChangedInputTest {

    @TempDir
    private Path folder;

    private Path table;
    private Path model;
    private Path out;

    @BeforeEach
    void writeFiles() throws IOException {
        table = Files.writeString(folder.resolve("table.csv"), Inputs.table(256));
        model = Files.writeString(
                folder.resolve("model.json"),
                Inputs.network(new Nesterovs(0.05), 2, 2).toJson());
        out = folder.resolve("out");
    }

    private String[] arguments(String... more) {
        List<String> all = new ArrayList<>(Arrays.asList(more));
        for (String setting :
                List.of("data.kind=csv", "data.path=" + table, "model.kind=file", "model.file=" + model)) {
            all.addAll(List.of("--set", setting));
        }
        return all.toArray(String[]::new);
    }

    /** A folder in the place of one of its results ends the run after its last part. */
    private void interrupted(String command, String result) throws IOException {
        Path obstacle = Files.createDirectories(out.resolve(result));
        assertThat(Program.small(command, out.toString(), arguments()).exitCode())
                .isEqualTo(1);
        assertThat(out.resolve("unfinished/settings.json")).exists();
        Files.delete(obstacle);
    }

    private void assertRefused(String command, Path changed) throws IOException {
        Program resumed = Program.small(command, out.toString(), arguments("--resume"));

        assertThat(resumed.errors().lines().toList())
                .last()
                .asString()
                .matches("autol2: --resume needs the settings of the interrupted run in \\Q" + out
                        + "\\E, but sha256 of \\Q" + changed + "\\E was [0-9a-f]{64} and is [0-9a-f]{64}");
        assertThat(resumed.exitCode()).isEqualTo(2);
        assertThat(out.resolve("unfinished/settings.json")).exists();
    }

    /** An empty line changes no row, so that the file's content alone tells. */
    private void changeTheTable() throws IOException {
        Files.writeString(table, "\n", StandardOpenOption.APPEND);
    }

    private void changeTheModel() throws IOException {
        Files.writeString(model, Inputs.network(new Nesterovs(0.01), 2, 2).toJson());
    }

    @Test
    void trainGoesOnWithTheSameFiles() throws IOException {
        interrupted("train", "model.zip");

        assertThat(Program.small("train", out.toString(), arguments("--resume")).exitCode())
                .isZero();
    }

    @Test
    void trainDoesNotGoOnAfterTheModelFileHasChanged() throws IOException {
        interrupted("train", "model.zip");
        changeTheModel();

        assertRefused("train", model);
    }

    @Test
    void trainDoesNotGoOnAfterTheTableHasChanged() throws IOException {
        interrupted("train", "model.zip");
        changeTheTable();

        assertRefused("train", table);
    }

    @Test
    void calibrateDoesNotGoOnAfterTheTableHasChanged() throws IOException {
        interrupted("calibrate", "calibration.csv");
        changeTheTable();

        assertRefused("calibrate", table);
    }

    @Test
    void tuneDoesNotGoOnAfterTheModelFileHasChanged() throws IOException {
        interrupted("tune", "best.zip");
        changeTheModel();

        assertRefused("tune", model);
    }

    @Test
    void tuneDoesNotGoOnAfterTheTableHasChanged() throws IOException {
        interrupted("tune", "best.zip");
        changeTheTable();

        assertRefused("tune", table);
    }
}
