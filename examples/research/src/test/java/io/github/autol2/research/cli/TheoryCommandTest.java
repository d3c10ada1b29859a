package io.github.autol2.research.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.program.cli.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class TheoryCommandTest {

    private static final String HEADER = "k,gamma,lambda,t,f0,y\n";

    @TempDir
    private Path folder;

    private String file(String content) throws IOException {
        return Files.writeString(folder.resolve("in.csv"), content).toString();
    }

    private String out() {
        return folder.resolve("out.csv").toString();
    }

    @Test
    void fillsTheColumnFAndKeepsTheRowsAsTheyWere() throws IOException {
        Program program = Program.run(
                "theory", "--modes", file(HEADER + "2,1,0.010,0,0.25,1\n1,1e0,0,1,0,2\n"), "--out-file", out());

        assertThat(program).isEqualTo(new Program(0, "", ""));
        assertThat(Path.of(out()))
                .content()
                .isEqualTo("k,gamma,lambda,t,f0,y,f\n2,1,0.010,0,0.25,1,0.25\n1,1e0,0,1,0,2," + 2 * -Math.expm1(-1)
                        + "\n");
    }

    @Test
    void takesColumnsInAnyOrderAndReplacesAnOldResult() throws IOException {
        Program program = Program.run(
                "theory", "--modes", file("f,y,note,f0,t,lambda,gamma,k\n7,1,x,0.5,0,0.1,1,2\n"), "--out-file", out());

        assertThat(program.exitCode()).isZero();
        assertThat(Path.of(out())).content().isEqualTo("y,note,f0,t,lambda,gamma,k,f\n1,x,0.5,0,0.1,1,2,0.5\n");
    }

    @Test
    void reproducesTheReferenceModes() throws IOException {
        Path modes = Path.of("target/test-classes/reference/theory/modes.csv");

        assertThat(Program.run("theory", "--modes", modes.toString(), "--out-file", out())
                        .exitCode())
                .isZero();

        List<String> expected = Files.readAllLines(modes);
        List<String> computed = Files.readAllLines(Path.of(out()));
        assertThat(computed).hasSameSizeAs(expected);
        for (int i = 1; i < expected.size(); i++) {
            double reference = last(expected.get(i));
            assertThat(last(computed.get(i)))
                    .as(expected.get(i))
                    .isCloseTo(reference, within(1e-12 * Math.abs(reference)));
        }
    }

    private static double last(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(',') + 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"k,gamma,lambda,t,f0\n2,1,1,1,0\n\"|in.csv must have the columns k,gamma,lambda,t,f0,y, got k,gamma,lambda,t,f0",
                "\"k,gamma,lambda,t,f0,y\n\"|in.csv must have at least one row",
                "\"k,gamma,lambda,t,f0,y\n2,1,1,1,0\n\"|in.csv:2 must have as many columns as the header, got 5",
                "\"k,gamma,lambda,t,f0,y\n2,1,1,1,0,1\n2,x,1,1,0,1\n\"|in.csv:3 gamma must be a finite number, got x",
                "\"k,gamma,lambda,t,f0,y\n2,NaN,1,1,0,1\n\"|in.csv:2 gamma must be a finite number, got NaN",
                "\"k,gamma,lambda,t,f0,y\n2,-1,1,1,0,1\n\"|in.csv:2 gamma must be finite and >= 0, got -1.0",
                "\"k,gamma,lambda,t,f0,y\n2,1,-0.5,1,0,1\n\"|in.csv:2 lambda must be finite and >= 0, got -0.5",
                "\"k,gamma,lambda,t,f0,y\n2,1,1,-3,0,1\n\"|in.csv:2 t must be finite and >= 0, got -3.0",
                "\"k,gamma,lambda,t,f0,y\n-2,0,1,400,1,1\n\"|in.csv:2 f(t) must be representable as a double, got Infinity"
            })
    void refusesABadRowInOneLine(String content, String told) throws IOException {
        assertRefused(told, "--modes", file(content), "--out-file", out());
    }

    @Test
    void refusesFilesThatCannotBe() throws IOException {
        String in = file(HEADER + "2,1,1,1,0,1\n");
        assertRefused(
                "gone.csv must be an existing file",
                "--modes",
                folder.resolve("gone.csv").toString(),
                "--out-file",
                out());
        assertRefused(
                "--out-file must be a file in an existing folder, got " + folder,
                "--modes",
                in,
                "--out-file",
                folder.toString());
        assertRefused(
                "--out-file must be a file in an existing folder",
                "--modes",
                in,
                "--out-file",
                folder.resolve("a/b").toString());
        assertRefused("theory needs --modes with --out-file or --out, or a sub-command", "--modes", in);
    }

    @Test
    void takesTheModesFromAKeyAndWritesThemToAFolder() throws IOException {
        String in = file(HEADER + "2,1,1,1,0,1\n");
        Path results = folder.resolve("results");

        Program program = Program.run("theory", "--set", "theory.modes=" + in, "--out", results.toString());

        assertThat(program.errors()).isEmpty();
        assertThat(results.resolve("modes.csv")).content().hasLineCount(2).startsWith(HEADER.strip());
    }

    @Test
    void drawsCurvesOfAModeAndTellsTheirMinima() throws IOException {
        Path out = folder.resolve("results");

        Program program =
                Program.run("theory", "curve", "--gamma", "1", "--k", "1,2", "--points", "20", "--out", out.toString());

        assertThat(program.errors()).isEmpty();
        assertThat(program.output()).contains("8.0482514", "0.080482514", "220.31123", "Infinity");
        assertThat(Files.readAllLines(out.resolve("curve.csv")))
                .hasSize(41)
                .first()
                .isEqualTo("k,lambda,t,loss,f,residual,derivative,gamma");
        assertThat(Files.readString(out.resolve("curve.svg"))).startsWith("<svg");
        assertThat(out.resolve("curve.png")).isNotEmptyFile();
    }

    @Test
    void drawsTheCurveOfASpectrum() throws IOException {
        Path out = folder.resolve("results");
        String spectrum = file("gamma,f0,y\n1,0,1\n0.01,0,0.5\n");

        Program program = Program.run(
                "theory",
                "curve",
                "--spectrum",
                spectrum,
                "--lambda",
                "0.01,0.001",
                "--points",
                "5",
                "--out",
                out.toString());

        assertThat(program.exitCode()).isZero();
        assertThat(Files.readAllLines(out.resolve("curve.csv")))
                .hasSize(11)
                .first()
                .isEqualTo("k,lambda,t,loss");
    }

    static Stream<List<String>> curves() {
        return Stream.of(
                List.of("curve needs either --gamma or --spectrum"),
                List.of("curve needs either --gamma or --spectrum", "--gamma", "1", "--spectrum", "x"),
                List.of("gamma must be finite and >= 0, got -1.0", "--gamma", "-1"),
                List.of("lambda must be finite and >= 0, got -1.0", "--gamma", "1", "--lambda", "-1"),
                List.of("curve.k must be a number", "--gamma", "1", "--k", "NaN"),
                List.of(
                        "the loss must be representable as a double, got Infinity",
                        "--gamma",
                        "0",
                        "--f0",
                        "1",
                        "--k",
                        "-2",
                        "--lambda",
                        "1"),
                List.of("--f0 and --y do not go with --spectrum", "--spectrum", "x", "--y", "1"),
                List.of("--from, --until and --points: the first time must be > 0", "--gamma", "1", "--from", "0"),
                List.of(
                        "--from, --until and --points: there must be at least 2 times, got 1",
                        "--gamma",
                        "1",
                        "--points",
                        "1"));
    }

    @ParameterizedTest
    @MethodSource("curves")
    void refusesCurvesThatCannotBe(List<String> toldAndArguments) throws IOException {
        String[] arguments = Stream.concat(
                        Stream.of("curve", "--out", folder.resolve("results").toString()),
                        toldAndArguments.stream().skip(1))
                .toArray(String[]::new);

        assertRefused(toldAndArguments.get(0), arguments);
        assertThat(folder.resolve("results")).doesNotExist();
    }

    @Test
    void namesTheRowOfABadSpectrum() throws IOException {
        assertRefused(
                "in.csv:3 gamma must be finite and >= 0, got -1.0",
                "curve",
                "--spectrum",
                file("gamma,f0,y\n1,0,1\n-1,0,1\n"));
        assertRefused("in.csv must have at least one row", "curve", "--spectrum", file("gamma,f0,y\n"));
    }

    @Test
    void predictsTheLossOfAConfiguredNetwork() throws IOException {
        Path out = folder.resolve("results");

        Program program = Program.run(network(out, "model.width=64", "train.steps=20", "train.evaluateEvery=10"));

        assertThat(program.errors()).isEmpty();
        assertThat(program.output())
                .startsWith("k = 2.00000 (deviation from homogeneity")
                .contains("biases");
        List<String> lines = Files.readAllLines(out.resolve("network.csv"));
        assertThat(lines).hasSize(4).first().isEqualTo("step,t,trained,predicted,linearised");
        String[] start = lines.get(1).split(",", -1);
        assertThat(Double.parseDouble(start[2])).isCloseTo(Double.parseDouble(start[3]), within(1e-6));
        String[] end = lines.get(3).split(",", -1);
        assertThat(Double.parseDouble(end[2]))
                .isLessThan(0.8 * Double.parseDouble(start[2]))
                .isCloseTo(Double.parseDouble(end[3]), within(0.1));
    }

    @Test
    void needsNoSettingsForTheory() {
        Path out = folder.resolve("results");

        Program program = Program.run(
                "theory", "network", "--out", out.toString(), "--set", "train.steps=20", "--set", "data.trainSize=8");

        assertThat(program.errors()).isEmpty();
        assertThat(program.output()).contains("loss after 20 iterations");
    }

    @Test
    void tellsAllThatTheTheoryForbidsAtOnce() {
        Program program = Program.run(network(folder.resolve("results"), "train.updater=adam", "train.batchSize=4"));

        assertThat(program.errors())
                .startsWith("autol2: train.updater must be sgd for the theory, got adam; "
                        + "train.batchSize must be data.trainSize (full batches) for the theory, got 4");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train.updater=adam|train.updater must be sgd for the theory, got adam",
                "train.batchSize=4|train.batchSize must be data.trainSize (full batches) for the theory, got 4",
                "lambda.mode=adaptive|lambda.mode must be constant for the theory, got adaptive",
                "model.batchNorm=true|model.batchNorm must be false (a normalised output depends on the whole "
                        + "batch) for the theory, got true"
            })
    void refusesTrainingThatIsNoGradientFlow(String setting, String told) {
        Path out = folder.resolve("results");
        Program program = Program.run(network(out, setting));

        assertThat(program.errors()).startsWith("autol2: " + told);
        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(out).doesNotExist();
    }

    private static String[] network(Path out, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "data.trainSize=8",
                "train.batchSize=8",
                "train.updater=sgd",
                "train.learningRate=0.05",
                "lambda.mode=constant",
                "lambda.value=0.01",
                "model.depth=1"));
        for (String setting : settings) {
            all.removeIf(old -> old.startsWith(setting.substring(0, setting.indexOf('=') + 1)));
            all.add(setting);
        }
        if (all.contains("lambda.mode=adaptive")) {
            all.remove("lambda.value=0.01");
        }
        return Stream.concat(
                        Stream.of("theory", "network", "--out", out.toString()),
                        all.stream().flatMap(setting -> Stream.of("--set", setting)))
                .toArray(String[]::new);
    }

    @Test
    void comparesAPenaltyWithAGrowingLearningRate() {
        Program program = Program.run(
                "theory",
                "invariance",
                "--eta",
                "0.1",
                "--until",
                "2",
                "--epsilon",
                "1e-12",
                "--samples",
                "16",
                "--width",
                "4",
                "--out",
                folder.toString());

        assertThat(program.exitCode()).isZero();
        assertThat(program.output()).contains("exact rates", "1e-12");
        assertThat(folder.resolve("invariance.csv")).content().hasLineCount(2);
    }

    @Test
    void drawsTheModesOfFigure5() throws IOException {
        Path out = folder.resolve("results");

        Program program = Program.run("figure", "5", "--panel", "a", "--out", out.toString());

        assertThat(program.errors()).isEmpty();
        assertThat(program.exitCode()).isZero();
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("figure-5.html", "figure-5a.csv", "figure-5a.svg", "figure-5a.png");
        }
        assertThat(Files.readAllLines(out.resolve("figure-5a.csv")))
                .hasSize(301)
                .first()
                .isEqualTo("t,k2,k1");
    }

    @Test
    void trainsTheNetworksOfFigure5() throws IOException {
        Path out = folder.resolve("results");

        Program program = Program.run(
                "figure",
                "5",
                "--panel",
                "c",
                "--widths",
                "32",
                "--linear-widths",
                "64",
                "--until",
                "1",
                "--quiet",
                "--out",
                out.toString());

        assertThat(program.errors()).isEmpty();
        assertThat(program.output()).contains("ReLU", "linear", "k = 1 off by %");
        assertThat(Files.readAllLines(out.resolve("figure-5c.csv")))
                .hasSize(5)
                .first()
                .isEqualTo("network,width,seed,t,trained,k2,k1");
        assertThat(Files.readString(out.resolve("figure-5.html"))).contains("<svg", "Deeplearning4j");
    }

    /** Ten steps of 1e-12: a unit of time is further away than the end. */
    @Test
    void figure5HasARecordAtTheEndHoweverSmallTheStepsAre() throws IOException {
        Path out = folder.resolve("short");

        Program program = Program.run(
                "figure",
                "5",
                "--panel",
                "c",
                "--eta",
                "1e-12",
                "--until",
                "1e-11",
                "--widths",
                "2",
                "--linear-widths",
                "2",
                "--quiet",
                "--out",
                out.toString());

        assertThat(program.errors()).isEmpty();
        assertThat(program.exitCode()).isZero();
        assertThat(Files.readAllLines(out.resolve("figure-5c.csv")))
                .filteredOn(line -> line.startsWith("relu,2,1,"))
                .hasSize(2);
    }

    @Test
    void refusesFiguresThatCannotBe() {
        String out = folder.resolve("results").toString();
        assertThat(Program.run("figure", "9").exitCode()).isEqualTo(2);
        assertThat(Program.run("figure", "5", "--widths", "0", "--out", out).errors())
                .isEqualTo("autol2: --widths: figure5.widths must be between 1 and 65536, got 0\n");
        assertThat(Program.run("figure", "5", "--seeds", "1,0", "--out", out).errors())
                .startsWith("autol2: --seeds: seeds must not be 0, which Deeplearning4j takes for no seed");
        assertThat(Program.run("figure", "5", "--eta", "-1", "--out", out).errors())
                .isEqualTo("autol2: --eta: figure5.eta must be > 0, got -1\n");
        assertThat(Program.run("figure", "5", "--eta", "1e-300", "--until", "1e-300", "--out", out)
                        .errors())
                .isEqualTo("autol2: --eta: figure5.eta must be at least 1.0E-12 and at most 1000000.0, got 1.0E-300\n");
        assertThat(Program.run("figure", "5", "--data", folder.toString(), "--out", out)
                        .errors())
                .contains("there is no such file");
        assertThat(folder.resolve("results")).doesNotExist();
    }

    private static void assertRefused(String told, String... arguments) throws IOException {
        Program program = Program.run(
                Stream.concat(Stream.of("theory"), Stream.of(arguments)).toArray(String[]::new));

        assertThat(program.errors()).contains(told);
        assertThat(program.errors().lines()).hasSize(1);
        assertThat(program.output()).isEmpty();
        assertThat(program.exitCode()).isEqualTo(2);
    }
}
