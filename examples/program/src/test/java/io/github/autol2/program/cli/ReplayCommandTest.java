package io.github.autol2.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayCommandTest {

    private static final String LOG = """
            step,loss,accuracy
            0,2.0,0.1
            10,1.0,0.5
            20,1.1,0.4
            30,1.2,0.4
            40,0.9,0.6
            50,0.95,0.5
            60,0.95,0.5
            """;

    @TempDir
    private Path folder;

    @Test
    void everyReferenceTraceIsReproducedToTheLastBit() throws IOException {
        List<Path> traces;
        try (Stream<Path> files = Files.list(Path.of("target/test-classes/reference/traces"))) {
            traces = files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
        }
        assertThat(traces).hasSize(18);
        for (Path trace : traces) {
            JsonNode expected = new ObjectMapper()
                    .readTree(Path.of(trace.toString().replace(".csv", ".json")).toFile());
            Program program = Program.run(
                    "replay",
                    trace.toString(),
                    "--initial-lambda",
                    expected.at("/options/initialLambda").asText(),
                    "--decay-factor",
                    expected.at("/options/decayFactor").asText(),
                    "--refractory",
                    expected.at("/options/refractory").asText());

            assertThat(program.errors()).isEmpty();
            assertThat(new ObjectMapper().readTree(program.output()).get("decays"))
                    .as(trace.toString())
                    .isEqualTo(expected.get("decays"));
        }
    }

    @Test
    void printsTheDivisionsOfARecordedRun() throws IOException {
        Program program =
                Program.run("replay", log(LOG), "--initial-lambda", "1", "--decay-factor", "2", "--refractory", "1");

        assertThat(new ObjectMapper().readTree(program.output()))
                .isEqualTo(new ObjectMapper()
                        .readTree("{\"decays\":[{\"step\":30,\"lambda\":0.5},{\"step\":60,\"lambda\":0.25}]}"));
        assertThat(program.exitCode()).isZero();
    }

    @Test
    void takesTheAdaptivePresetFromSettings() throws IOException {
        // tau = 1/(0.5 * 0.1) = 20 iterations, so 0.4 tau are over at step 10
        Program program = Program.run("replay", log(LOG), "--set", "lambda.initial=0.1", "--set", "train.steps=100");

        assertThat(new ObjectMapper()
                        .readTree(program.output())
                        .at("/decays/0/step")
                        .asInt())
                .isEqualTo(10);
        assertThat(new ObjectMapper()
                        .readTree(program.output())
                        .at("/decays/0/lambda")
                        .asDouble())
                .isEqualTo(0.1 / 3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"step,loss\n0,1\n\"|must have the columns",
                "\"step,loss,accuracy\n0,x,0.5\n\"|log.csv:2 loss must be a finite number, got x",
                "\"step,loss,accuracy\n0,NaN,0.5\n\"|loss must be a finite number, got NaN",
                "\"step,loss,accuracy\n0,1,1.5\n\"|accuracy must be in [0, 1], got 1.5",
                "\"step,loss,accuracy\n5,1,0.5\n5,1,0.5\n\"|log.csv:3 step must be a whole number above 5, got 5",
                "\"step,loss,accuracy\n0,1\n\"|as many columns as the header",
                "\"step,loss,accuracy\n\"|must have at least one row"
            })
    void refusesABadLogInOneLine(String log, String told) throws IOException {
        assertRefused(Program.run("replay", log(log)), told);
    }

    @Test
    void refusesWhatDoesNotGoTogether() throws IOException {
        assertRefused(Program.run("replay", folder.resolve("gone.csv").toString()), "gone.csv");
        assertRefused(
                Program.run("replay", log(LOG), "--decay-factor", "1"), "decayFactor must be finite and > 1, got 1.0");
        assertRefused(Program.run("replay", log(LOG), "--refractory", "1", "--set", "seeds=1"), "do not go with");
        assertRefused(
                Program.run("replay", log(LOG), "--set", "lambda.mode=constant", "--set", "lambda.value=1"),
                "lambda.mode must be adaptive or paper");
    }

    private static void assertRefused(Program program, String told) {
        assertThat(program.errors()).contains(told);
        assertThat(program.errors().lines()).hasSize(1);
        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(program.output()).isEmpty();
    }

    private String log(String content) throws IOException {
        return Files.writeString(folder.resolve("log.csv"), content).toString();
    }

    @Test
    void writesTheDivisionsToAFileToo() throws IOException {
        Path log = Files.writeString(folder.resolve("log.csv"), "step,loss,accuracy\n0,1,0.5\n10,2,0.4\n20,3,0.3\n");

        Program program = Program.run(
                "replay",
                log.toString(),
                "--quiet",
                "--out",
                folder.resolve("out").toString());

        assertThat(program.exitCode()).isZero();
        assertThat(folder.resolve("out/replay.json")).hasContent(program.output());
    }
}
