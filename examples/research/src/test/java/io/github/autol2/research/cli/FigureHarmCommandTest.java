package io.github.autol2.research.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.program.cli.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class FigureHarmCommandTest {

    @TempDir
    private Path folder;

    @Test
    void comparesProgramsWithAndWithoutOurListener() throws IOException {
        Path out = folder.resolve("out");

        Program program = Program.run(
                "figure",
                "harm",
                "--quiet",
                "--threads",
                "1",
                "--seeds",
                "1,2",
                "--programs",
                "moons-sgd,sum-nesterovs",
                "--set",
                "harm.iterations=10,20",
                "--out",
                out.toString());

        assertThat(program.exitCode()).as(program.errors()).isZero();
        assertThat(program.output())
                .contains("moons-sgd |", "sum-nesterovs |", "10 steps: mean difference", "20 steps: mean difference");
        assertThat(Files.readAllLines(out.resolve("harm.csv")))
                .hasSize(1 + 2 * 2 * 3 * 2)
                .startsWith("program,steps,treatment,seed,score")
                .anyMatch(line -> line.startsWith("moons-sgd,10,as-it-was,1,"))
                .anyMatch(line -> line.startsWith("sum-nesterovs,20,adaptive,2,"));
        assertThat(out.resolve("unfinished")).doesNotExist();
    }

    @Test
    void refusesAProgramThatItDoesNotKnow() {
        Program program = Program.run("figure", "harm", "--programs", "moons", "--out", folder.toString());

        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(program.errors()).contains("harm.programs must be");
    }
}
