package io.github.autol2.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No command writes over the results of an earlier run unless it is told to throw them away. */
class EarlierResultsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "train, model.zip,",
        "train, curve.csv, --resume",
        "tune, tune.json,",
        "tune, best.zip, --resume",
        "calibrate, calibration.csv,",
        "calibrate, calibration.json, --resume",
        "search, search.json,",
        "search, model.zip, --resume",
        "search, report.html, --join"
    })
    void areRefusedBeforeAnyWork(String command, String result, String option) throws IOException {
        Files.writeString(folder.resolve(result), "earlier");
        Map<String, String> before = Inputs.contents(folder);

        Program program = option == null
                ? Program.small(command, folder.toString())
                : Program.small(command, folder.toString(), option);

        assertThat(program)
                .isEqualTo(new Program(
                        2,
                        "",
                        "autol2: " + folder + " holds the results of an earlier run (" + result + ")"
                                + ("--resume".equals(option) ? " and no parts to go on with" : "")
                                + ": throw them away with --restart, or choose another --out\n"));
        assertThat(Inputs.contents(folder)).isEqualTo(before);
    }

    @Test
    void areThrownAwayWithRestart() throws IOException {
        Path earlier = Files.writeString(folder.resolve("calibration.csv"), "earlier");

        assertThat(Program.small("calibrate", folder.toString(), "--restart").exitCode())
                .isZero();

        assertThat(earlier).content().isNotEqualTo("earlier");
    }
}
