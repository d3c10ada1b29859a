package io.github.autol2.program.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autol2.config.Settings;
import io.github.autol2.config.SettingsException;
import io.github.autol2.config.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many rows the parts of a table have, in one file or in several. */
class TablePathsTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void writeTheFiles() throws IOException {
        write("main.csv", 100);
        write("valid.csv", 7);
        write("test.csv", 9);
    }

    private void write(String name, int rows) throws IOException {
        Files.writeString(
                folder.resolve(name),
                "x,kind\n"
                        + IntStream.range(0, rows)
                                .mapToObj(i -> i + "," + (i % 2 == 0 ? "a" : "b") + "\n")
                                .collect(Collectors.joining()));
    }

    private SettingsReader reader(String... settings) {
        List<String> all = new ArrayList<>(List.of("data.kind=csv", "data.path=" + folder.resolve("main.csv")));
        for (String setting : settings) {
            all.add(setting.replace("F/", folder + "/"));
        }
        return new SettingsReader(Settings.load(Optional.empty(), all));
    }

    private List<Integer> sizes(String... settings) {
        DataSettings data = RunSettings.read(reader(settings)).data();
        return List.of(data.trainSize(), data.validationSize(), data.testSize());
    }

    @Test
    void aFileOfItsOwnIsAWholePart() {
        assertThat(sizes()).containsExactly(60, 20, 20);
        assertThat(sizes("data.testPath=F/test.csv")).containsExactly(80, 20, 9);
        assertThat(sizes("data.validationPath=F/valid.csv")).containsExactly(80, 7, 20);
        assertThat(sizes("data.validationSize=0.1", "data.testSize=0.1")).containsExactly(80, 10, 10);
        assertThat(sizes("data.validationSize=0.3", "data.testSize=0.3")).containsExactly(40, 30, 30);
        assertThat(sizes("data.validationPath=F/valid.csv", "data.testPath=F/test.csv"))
                .containsExactly(100, 7, 9);
        assertThat(sizes("data.validationPath=F/valid.csv", "data.testPath=F/test.csv", "data.trainSize=0.5"))
                .containsExactly(50, 7, 9);
        assertThat(sizes("data.validationPath=F/valid.csv", "data.testSize=30", "data.trainSize=40"))
                .containsExactly(40, 7, 30);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 99, 101, 103, 104})
    void sharesThatMakeAWholeUseEveryRow(int rows) throws IOException {
        write("main.csv", rows);
        int fifth = rows / 5;

        assertThat(sizes()).containsExactly(rows - 2 * fifth, fifth, fifth);
        assertThat(sizes("data.trainSize=0.5", "data.validationSize=0.3", "data.testSize=0.2"))
                .satisfies(parts ->
                        assertThat(parts.stream().mapToInt(part -> part).sum()).isEqualTo(rows));
        assertThat(sizes("data.testPath=F/test.csv")).containsExactly(rows - fifth, fifth, 9);
        assertThat(sizes("data.validationSize=1", "data.testSize=0.2")).containsExactly(rows - 1 - fifth, 1, fifth);
        assertThat(sizes("data.trainSize=rest", "data.testSize=1")).containsExactly(rows - 1 - fifth, fifth, 1);
        // not all of the rows are asked for
        assertThat(sizes("data.trainSize=0.1")).containsExactly(Math.max(1, rows / 10), fifth, fifth);
    }

    @Test
    void aShareOfAHundredRowsIsExact() {
        assertThat(sizes("data.trainSize=0.29", "data.validationSize=0.58", "data.testSize=0.07"))
                .containsExactly(29, 58, 7);
    }

    @Test
    void loadsTheExamplesOfAllFiles() {
        DataSettings data = RunSettings.read(reader("data.validationPath=F/valid.csv", "data.testPath=F/test.csv"))
                .data();

        assertThat(data.load().training().numExamples()).isEqualTo(100);
        assertThat(data.load().validation().numExamples()).isEqualTo(7);
        assertThat(data.load().test().numExamples()).isEqualTo(9);
    }

    @Test
    void tellsWhichSizesAct() {
        SettingsReader reader = reader("data.validationPath=F/valid.csv", "data.testPath=F/test.csv");

        RunSettings.read(reader);

        assertThat(reader.effective())
                .containsAllEntriesOf(
                        Map.of("data.trainSize", "rest", "data.validationSize", "unused", "data.testSize", "unused"));
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        assertRefused(
                "data.validationSize has no effect with data.validationPath = F/valid.csv, got 5",
                "data.validationPath=F/valid.csv",
                "data.validationSize=5");
        assertRefused(
                "data.testPath must not be the file of data.path, got F/../" + folder.getFileName() + "/main.csv",
                "data.testPath=F/../" + folder.getFileName() + "/main.csv");
        assertRefused(
                "data.validationPath must not be the file of data.path, got F/main.csv",
                "data.validationPath=F/main.csv");
        assertRefused(
                "data.testPath must not be the file of data.validationPath, got F/valid.csv",
                "data.testPath=F/valid.csv",
                "data.validationPath=F/valid.csv");
        assertRefused("data.testPath must be an existing file, got F/none.csv", "data.testPath=F/none.csv");
        assertThatThrownBy(() -> RunSettings.read(
                        Settings.load(Optional.empty(), List.of("data.testPath=" + folder.resolve("test.csv")))))
                .isInstanceOf(SettingsException.class)
                .hasMessage("--set: data.testPath has no effect with data.kind = synthetic, got "
                        + folder.resolve("test.csv"));
        assertThatThrownBy(() -> RunSettings.read(Settings.load(Optional.empty(), List.of("data.trainSize=all"))))
                .isInstanceOf(SettingsException.class)
                .hasMessage("--set: data.trainSize must be a whole number, because only a table has shares, got all");
    }

    private void assertRefused(String problem, String... settings) {
        assertThatThrownBy(() -> sizes(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessage("--set: " + problem.replace("F/", folder + "/"));
    }
}
