package io.github.autol2.program.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which rule a replay follows, and whole messages. */
class ReplayRulesTest {

    private static final String HEADER = "step,loss,accuracy\n";

    /** The loss rises from the second measurement on; with the paper's lambda of 0.1 the period is over after step 1. */
    private static final String RISING = HEADER + "0,1,0.5\n10,2,0.5\n20,3,0.6\n30,4,0.7\n";

    @TempDir
    private Path folder;

    @Test
    void printsTheDivisionsAsJson() throws IOException {
        Program program = replay(RISING);

        assertThat(program.exitCode()).isZero();
        assertThat(program.errors()).isEmpty();
        assertThat(json(program.output())).isEqualTo(json("{\"decays\": [{\"step\": 20, \"lambda\": 0.01}]}"));
    }

    /** lambda 0.1 / 3 with a refractory period of 0.2: the period after the first division is 6 steps. */
    @Test
    void takesTheOptionsOfThePapersRule() throws IOException {
        Program program = replay(RISING, "--initial-lambda", "0.1", "--decay-factor", "3", "--refractory", "0.2");

        assertThat(decays(program.output())).containsExactly(new Decay(20, 0.1 / 3), new Decay(30, 0.1 / 3 / 3));
    }

    @Test
    void printsAnEmptyListForALogThatOnlyImproves() throws IOException {
        Program program = replay(HEADER + "0,3,0.1\n10,2,0.2\n20,1,0.3\n");

        assertThat(program.exitCode()).isZero();
        assertThat(json(program.output())).isEqualTo(json("{\"decays\": []}"));
    }

    @Test
    void dividesWhereOnlyTheAccuracyFalls() throws IOException {
        Program program = replay(HEADER + "0,4,0.7\n10,3,0.6\n20,2,0.5\n");

        assertThat(decays(program.output())).containsExactly(new Decay(20, 0.01));
    }

    @Test
    void followsTheLossAloneWithoutAccuracies() throws IOException {
        Program program = replay(HEADER + "0,1,\n10,2,\n20,3,\n");

        assertThat(decays(program.output())).containsExactly(new Decay(20, 0.01));
    }

    @Test
    void ignoresOtherColumnsTheirOrderAndAByteOrderMark() throws IOException {
        Program program = replay("\uFEFFaccuracy, note ,loss,step\r\n0.5,a,1,0\r\n0.5,b,2,10\r\n0.6,\"c, d\",3,20\r\n");

        assertThat(decays(program.output())).containsExactly(new Decay(20, 0.01));
    }

    /** By hand: eta_eff 0.5, refractory period 0.4 / (0.5 lambda): 123.1 and then 369.2 steps, to 499.2. */
    @Test
    void replaysTheAdaptiveRuleOfAConfiguration() throws IOException {
        Path settings = Files.writeString(
                folder.resolve("run.yaml"), "lambda: {mode: adaptive, initial: 0.0065}\ntrain: {steps: 4000}\n");

        List<Decay> decays =
                decays(replay(risingFor(600), "--config", settings.toString()).output());

        assertThat(decays).extracting(Decay::step).containsExactly(130L, 500L);
        assertThat(decays.get(0).lambda()).isCloseTo(0.0065 / 3, within(1e-15));
        assertThat(decays.get(1).lambda()).isEqualTo(decays.get(0).lambda() / 3);
    }

    @Test
    void needsTheFirstLambdaForTheAdaptiveRule() throws IOException {
        Program program = replay(RISING, "--set", "lambda.mode=adaptive");

        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(program.errors()).contains("lambda.initial is needed for a replay in the mode adaptive");
    }

    /** From step 400 on eta is a tenth: of 369.2 steps 260 have passed at 390, and the others take ten times as long, to 1482. */
    @Test
    void takesTheLearningRateOfEachStepFromTheSchedule() throws IOException {
        Program program = replay(
                risingFor(3900),
                "--set",
                "train.steps=40000",
                "--set",
                "train.schedule=0.1@0.01",
                "--set",
                "lambda.initial=0.0065");

        assertThat(decays(program.output())).extracting(Decay::step).containsExactly(130L, 1490L);
    }

    @Test
    void replaysThePapersRuleOfAConfiguration() throws IOException {
        Program program = replay(
                RISING,
                "--set",
                "lambda.mode=paper",
                "--set",
                "lambda.decayFactor=3",
                "--set",
                "lambda.refractory=0.2");

        assertThat(decays(program.output())).containsExactly(new Decay(20, 0.1 / 3), new Decay(30, 0.1 / 3 / 3));
    }

    static Stream<Arguments> badLogs() {
        return Stream.of(
                arguments("", "L must have the columns step,loss,accuracy, got "),
                arguments("step,loss\n0,1\n", "L must have the columns step,loss,accuracy, got step,loss"),
                arguments(HEADER, "L must have at least one row"),
                arguments(HEADER + "0,1,0.5\nten,1,0.5\n", "L:3 step must be a finite number, got ten"),
                arguments(HEADER + "0,1,0.5\n10,one,0.5\n", "L:3 loss must be a finite number, got one"),
                arguments(HEADER + "0,NaN,0.5\n", "L:2 loss must be a finite number, got NaN"),
                arguments(HEADER + "0,,0.5\n", "L:2 loss must be a finite number, got "),
                arguments(HEADER + "0,1,Infinity\n", "L:2 accuracy must be a finite number, got Infinity"),
                arguments(HEADER + "0,1,1.5\n", "L:2 accuracy must be in [0, 1], got 1.5"),
                arguments(HEADER + "0,1,-0.1\n", "L:2 accuracy must be in [0, 1], got -0.1"),
                arguments(HEADER + "0,1,0.5\n10,1,0.5\n10,1,0.5\n", "L:4 step must be a whole number above 10, got 10"),
                arguments(HEADER + "5,1,0.5\n4,1,0.5\n", "L:3 step must be a whole number above 5, got 4"),
                arguments(HEADER + "-1,1,0.5\n", "L:2 step must be a whole number above -1, got -1"),
                arguments(HEADER + "0.5,1,0.5\n", "L:2 step must be a whole number above -1, got 0.5"),
                arguments(HEADER + "1e300,1,0.5\n", "L:2 step must be at most 2^53, got 1e300"),
                arguments(HEADER + "0,1\n", "L:2 must have as many columns as the header, got 2"),
                arguments(HEADER + "0,1,0.5,0.5\n", "L:2 must have as many columns as the header, got 4"),
                arguments(HEADER + "0,\"1\n2\",0.5\n", "L:3 loss must be a finite number, got 1 2"),
                arguments("step,step,loss,accuracy\n0,0,1,1\n", "L cannot be read as a CSV file: "),
                arguments(HEADER + "0,\"1,0.5\n", "L cannot be read as a CSV file: "));
    }

    @ParameterizedTest
    @MethodSource("badLogs")
    void refusesBadLogs(String content, String problem) throws IOException {
        assertRefused(
                replay(content),
                problem.replaceFirst("^L", folder.resolve("log.csv").toString()));
    }

    @Test
    void refusesAMissingLog() {
        Path none = folder.resolve("none.csv");

        assertRefused(Program.run("replay", none.toString()), none + " must be an existing file");
        assertRefused(Program.run("replay", folder.toString()), folder + " must be an existing file");
        assertRefused(Program.run("replay"), "Missing required parameter: 'FILE.csv' (see autol2 replay --help)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--decay-factor 1|--decay-factor: decayFactor must be finite and > 1, got 1.0",
                "--decay-factor NaN|--decay-factor: decayFactor must be finite and > 1, got NaN",
                "--decay-factor two|Invalid value for option '--decay-factor': 'two' is not a double (see autol2 replay --help)",
                "--initial-lambda 0|--initial-lambda: initialLambda must be finite and > 0, got 0.0",
                "--refractory -1|--refractory: refractory must be finite and >= 0, got -1.0",
                "--refractory 1 --set lambda.mode=paper|--initial-lambda, --decay-factor and --refractory do not go with --config or --set",
                "--set lambda.decayFactor=1|--set: lambda.decayFactor must be > 1, got 1",
                "--set lambda.mode=constant --set lambda.value=0|lambda.mode must be adaptive or paper for a replay, got constant",
                "--config none.yaml|none.yaml: no such file",
                "--seed 1|Unknown options: '--seed', '1'; did you mean --set? (see autol2 replay --help)"
            })
    void refusesOptions(String options, String problem) throws IOException {
        assertRefused(replay(RISING, options.split(" ")), problem);
    }

    @Test
    void writesNothing() throws IOException {
        replay(RISING);
        Map<String, String> before = Inputs.contents(folder);

        replay(RISING, "--set", "lambda.mode=adaptive");

        assertThat(Inputs.contents(folder)).isEqualTo(before);
    }

    private static void assertRefused(Program program, String problem) {
        assertThat(program.errors())
                .startsWith("autol2: " + problem)
                .endsWith("\n")
                .doesNotContain("\tat ");
        assertThat(program.errors().lines().toList()).hasSize(1);
        assertThat(program.output()).isEmpty();
        assertThat(program.exitCode()).isEqualTo(2);
    }

    private Program replay(String log, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("log.csv"), log);
        List<String> arguments = new ArrayList<>(List.of("replay", file.toString()));
        arguments.addAll(List.of(options));
        return Program.run(arguments.toArray(String[]::new));
    }

    /** The loss falls up to step 100, then rises; every tenth step is measured. */
    private static String risingFor(int steps) {
        StringBuilder log = new StringBuilder(HEADER);
        for (int step = 0; step <= steps; step += 10) {
            log.append(step)
                    .append(',')
                    .append(1 + Math.abs(step - 100) / 100.0)
                    .append(",\n");
        }
        return log.toString();
    }

    private record Decay(long step, double lambda) {}

    private static List<Decay> decays(String json) throws IOException {
        List<Decay> decays = new ArrayList<>();
        json(json)
                .get("decays")
                .forEach(decay -> decays.add(new Decay(
                        decay.get("step").asLong(), decay.get("lambda").asDouble())));
        return decays;
    }

    private static JsonNode json(String text) throws IOException {
        return JsonMapper.builder().build().readTree(text);
    }
}
