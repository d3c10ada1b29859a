package io.github.autol2.research.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.program.cli.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class LawCommandTest {

    @TempDir
    private Path folder;

    @Test
    void recordsWhenAccuracyPeaks() throws IOException {
        Program program = Program.small(
                "law", folder.toString(), "--lambdas", "0.3,0.1", "--etas", "0.05,0.1", "--set", "seeds=1");

        assertThat(program.exitCode()).isZero();
        assertThat(program.output()).containsPattern("\\d of 4 runs peaked\\.");
        assertThat(Files.readString(folder.resolve("law.csv")).lines())
                .hasSize(5)
                .first()
                .isEqualTo("lambda,eta,seed,verdict,maximumAt,tStarOfThePaper,maximum");
    }

    @Test
    void refusesAFolderWithEarlierResults() throws IOException {
        Path earlier = Files.writeString(folder.resolve("law.csv"), "earlier");

        Program program = Program.small("law", folder.toString());

        assertThat(program.errors())
                .isEqualTo("autol2: " + folder + " holds the results of an earlier run (law.csv): throw them away with "
                        + "--restart, or choose another --out\n");
        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(earlier).hasContent("earlier");
    }

    @Test
    void takesTheSameFromKeysAsFromOptions() throws IOException {
        Path byOptions = folder.resolve("options");
        Path byKeys = folder.resolve("keys");

        Program.small("law", byOptions.toString(), "--lambdas", "0.3,0.1", "--etas", "0.05,0.1", "--set", "seeds=1");
        Program.small(
                "law",
                byKeys.toString(),
                "--set",
                "law.lambdas=0.3,0.1",
                "--set",
                "law.etas=0.05,0.1",
                "--set",
                "seeds=1");

        assertThat(byKeys.resolve("law.csv")).hasSameTextualContentAs(byOptions.resolve("law.csv"));
    }

    @Test
    void doesNotGoOnAfterTheTableHasChanged() throws IOException {
        Path table = Files.writeString(
                folder.resolve("table.csv"),
                IntStream.range(0, 200)
                        .mapToObj(i -> i * i % 17 + "," + i % 2 + ".5," + (i % 2 == 0 ? "a" : "b") + "\n")
                        .collect(Collectors.joining()));
        Path out = folder.resolve("out");
        String[] arguments = {
            "--lambdas",
            "0.3,0.1",
            "--etas",
            "0.05,0.1",
            "--set",
            "seeds=1",
            "--set",
            "data.kind=csv",
            "--set",
            "data.path=" + table
        };
        Path obstacle = Files.createDirectories(out.resolve("law.csv"));
        assertThat(Program.small("law", out.toString(), arguments).exitCode()).isEqualTo(1);
        Files.delete(obstacle);
        Files.writeString(table, "\n", StandardOpenOption.APPEND); // changes no row

        Program resumed = Program.small(
                "law",
                out.toString(),
                Stream.concat(Stream.of("--resume"), Stream.of(arguments)).toArray(String[]::new));

        assertThat(resumed.errors()).contains("but sha256 of " + table + " was ");
        assertThat(resumed.exitCode()).isEqualTo(2);
        assertThat(out.resolve("unfinished/settings.json")).exists();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--lambdas | 0.1        | --lambdas: law.lambdas must be at least two numbers, got 0.1",
                "--etas    | 0.1,-0.1   | --etas: law.etas must be > 0, got 0.1,-0.1",
                "--etas    | 0.1,0.1    | --etas: law.etas must be distinct numbers, got 0.1,0.1",
                "--set     | law.etas=1 | --set: law.etas must be at least two numbers, got 1"
            })
    void refusesListsThatNoLawCanBeFittedTo(String option, String value, String told) {
        Path out = folder.resolve("out");

        Program program = Program.run("law", option, value, "--out", out.toString());

        assertThat(program.errors()).startsWith("autol2: " + told);
        assertThat(program.errors().lines()).hasSize(1);
        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(out).doesNotExist();
    }
}
