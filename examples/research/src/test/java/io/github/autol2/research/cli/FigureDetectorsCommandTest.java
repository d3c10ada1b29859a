package io.github.autol2.research.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.program.cli.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class FigureDetectorsCommandTest {

    @TempDir
    private Path folder;

    @Test
    void comparesDetectorsOnRandomCurvesAndOnLossesThatItRecords() {
        Program program = Program.run(
                "figure",
                "detectors",
                "--quiet",
                "--threads",
                "2",
                "--out",
                folder.resolve("out").toString(),
                "--set",
                "seeds=1",
                "--set",
                "train.steps=40",
                "--set",
                "model.width=8");

        assertThat(program.exitCode()).as(program.errors()).isZero();
        assertThat(program.output())
                .contains("Random curves: Page's test at")
                .contains("Recorded losses that did not clearly turn, 4: Page's test at");
        assertThat(folder.resolve("out/detectors-random.svg")).exists();
        assertThat(folder.resolve("out/detectors.html")).exists();
        assertThat(folder.resolve("out/unfinished")).doesNotExist();
    }

    @Test
    void takesNoLambda() {
        assertThat(Program.run(
                                "figure",
                                "detectors",
                                "--set",
                                "lambda.initial=0.1",
                                "--out",
                                folder.resolve("out").toString())
                        .errors())
                .contains("figure detectors chooses lambda itself");
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
