package io.github.autol2.research.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.program.cli.Autol2;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class FigureAdaptiveCommandTest {

    @TempDir
    private Path folder;

    @Test
    void comparesOnAConfiguredTaskAndCanGoOnWithAnotherSeed() throws IOException {
        // given
        String out = folder.resolve("out").toString();
        String[] first = {
            "figure",
            "adaptive",
            "--quiet",
            "--out",
            out,
            "--seeds",
            "1",
            "--rivals",
            "constant-0.01,adaptive",
            "--keep-runs",
            "--threads",
            "2",
            "--set",
            "model.width=8",
            "--set",
            "model.depth=1",
            "--set",
            "train.steps=30",
            "--set",
            "train.evaluateEvery=10",
            "--set",
            "data.trainSize=128",
            "--set",
            "data.testSize=100"
        };
        String[] second = first.clone();
        second[6] = "1,2";
        second[9] = "--resume";

        // when
        assertThat(Autol2.run(first)).isZero();
        assertThat(Files.readAllLines(folder.resolve("out/adaptive.csv"))).hasSize(1 + 2);
        assertThat(Autol2.run(second)).isZero();

        // then
        assertThat(Files.readAllLines(folder.resolve("out/adaptive.csv"))).hasSize(1 + 4);
        assertThat(folder.resolve("out/unfinished")).doesNotExist();
        assertThat(Files.readString(folder.resolve("out/adaptive.html")))
                .contains("adaptive minus tuned, mean over 1 tasks and 2 seeds");
        assertThat(folder.resolve("out/adaptive.svg")).exists();
    }

    @Test
    void refusesBadOptionsBeforeAnythingIsWritten() {
        Path out = folder.resolve("none");
        assertThat(Autol2.run("figure", "adaptive", "--out", out.toString(), "--seeds", "1,1"))
                .isEqualTo(2);
        assertThat(Autol2.run("figure", "adaptive", "--out", out.toString(), "--cells", "another"))
                .isEqualTo(2);
        assertThat(Autol2.run("figure", "adaptive", "--out", out.toString(), "--rivals", "another"))
                .isEqualTo(2);
        assertThat(Autol2.run("figure", "adaptive", "--out", out.toString(), "--threads", "0"))
                .isEqualTo(2);
        assertThat(out).doesNotExist();
    }
}
