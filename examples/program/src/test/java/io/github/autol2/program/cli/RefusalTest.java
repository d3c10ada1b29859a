package io.github.autol2.program.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.autol2.program.data.Cifar10;
import io.github.autol2.program.data.IdxFiles;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.Sgd;

/** Whole messages, and that a refused run changes no file anywhere: {@link BadInputTest} has the list of mistakes. */
class RefusalTest {

    private static final String IMAGES = "train-images-idx3-ubyte";
    private static final String NETWORK = "model.file F/network.json: ";

    @TempDir
    private Path folder;

    /** A sound table, sound images and results of an earlier run. */
    @BeforeEach
    void writeSoundFiles() throws IOException {
        Files.writeString(folder.resolve("table.csv"), Inputs.table(200));
        Inputs.digits(folder.resolve("digits"));
        Files.createDirectories(folder.resolve("earlier"));
        for (String name : List.of("result.json", "curve.csv", "model.zip")) {
            Files.writeString(folder.resolve("earlier").resolve(name), "of an earlier run");
        }
    }

    static Stream<Arguments> settings() {
        return Stream.of(
                arguments(
                        "data.kind=csv data.path=F/none.csv",
                        "--set: data.path must be an existing file, got F/none.csv"),
                arguments(
                        "data.kind=idx data.path=F/none",
                        "--set: data.path must be an existing folder (" + IdxFiles.ORIGIN + "), got F/none"),
                arguments("data.kind=csv", "--set: data.path is required with data.kind = csv"),
                arguments(
                        "data.kind=csv data.path=F/table.csv data.label=colour",
                        "F/table.csv: the label column must be last, first, a column number or a name that the header has once, "
                                + "got 'colour'; the first line is x,y,kind"),
                arguments(
                        "data.kind=csv data.path=F/table.csv data.label=3",
                        "F/table.csv: the label column must be one of 0 to 2, got 3"),
                arguments(
                        "data.kind=csv data.path=F/table.csv data.trainSize=500",
                        "F/table.csv: data.trainSize 500 + data.validationSize 32 + data.testSize 64 exceed the 200 rows of the file"),
                arguments(
                        "data.kind=idx data.path=F/digits data.trainSize=100",
                        "F/digits/" + IMAGES
                                + ": data.trainSize 100 + data.validationSize 32 exceed the 128 images of the file"),
                arguments(
                        "data.kind=idx data.path=F/digits data.testSize=65",
                        "F/digits/t10k-images-idx3-ubyte: data.testSize 65 exceeds the 64 images of the file"),
                arguments(
                        "data.kind=cifar10 data.path=F/none",
                        "--set: data.path must be an existing folder or archive (" + Cifar10.ORIGIN + "), got F/none"),
                arguments(
                        "data.kind=cifar10 data.path=F/digits",
                        "F/digits: must hold data_batch_1.bin to data_batch_5.bin and test_batch.bin, "
                                + "or cifar-10-binary.tar.gz, but holds neither: " + Cifar10.ORIGIN),
                arguments(
                        "data.kind=cifar10 data.path=F/table.csv",
                        "F/table.csv: must be a tar archive that is compressed with gzip: Not in GZIP format"),
                arguments("train.learningRate=-0.1", "--set: train.learningRate must be > 0, got -0.1"),
                arguments(
                        "train.learningRate=1e308",
                        "--set: train.learningRate must be at least 1.0E-12 and at most 1000000.0, got 1.0E308"),
                arguments("train.learningRate=NaN", "--set: train.learningRate must be a number > 0, got NaN"),
                arguments("lambda.decayFactor=1", "--set: lambda.decayFactor must be > 1, got 1"),
                arguments(
                        "train.learnigRate=0.1",
                        "--set: unknown key train.learnigRate; did you mean train.learningRate?"),
                arguments("lambda.mode=constant", "--set: lambda.value is required with lambda.mode = constant"),
                arguments(
                        "model.kind=cnn data.kind=csv data.path=F/table.csv",
                        "model.kind cnn needs images, but each example is a row of 2 numbers: use model.kind = mlp"),
                arguments(
                        "model.kind=file model.file=F/none.json",
                        "--set: model.file must be an existing file, got F/none.json"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void refusesSettings(String settings, String problem) throws IOException {
        assertRefused(settings, problem);
    }

    static Stream<Arguments> tables() {
        return Stream.of(
                arguments(
                        "x,y,kind\n1,2,a\n1,two,b\n1,2,a\n1,2,b\n",
                        "F/bad.csv, line 3: column 'y' must hold numbers, got 'two'"),
                arguments(
                        "x,y,kind\n1,2,a\n1,NaN,b\n1,2,a\n1,2,b\n",
                        "F/bad.csv, line 3: column 'y' has no value in 1 of 4 rows, got 'NaN'"),
                arguments(
                        "x,y,kind\n1,,a\n1,2,b\n1,2,a\n1,2,b\n",
                        "F/bad.csv, line 2: column 'y' has no value in 1 of 4 rows, got ''"),
                arguments(
                        "x,y,kind\n1,\"2\n3\",a\n1,2,b\n1,2,a\n1,2,b\n",
                        "F/bad.csv, line 2: column 'y' must hold numbers"),
                arguments(
                        "x,y,kind\n1,2,a\n1,b\n",
                        "F/bad.csv, line 3: must have the 3 columns of the first line, got 2"),
                arguments(
                        "x,y,kind\n1,2,a\n1,3,a\n",
                        "F/bad.csv: label column 'kind' must hold at least 2 classes, got [a]"),
                arguments("x,y,kind\n", "F/bad.csv: must have rows, got only a header"),
                arguments("", "F/bad.csv: the file is empty"));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void refusesTables(String content, String problem) throws IOException {
        Files.writeString(folder.resolve("bad.csv"), content);

        assertRefused("data.kind=csv data.path=F/bad.csv", problem);
    }

    @Test
    void refusesImagesOfOneClass() throws IOException {
        byte[] labels = Inputs.labels(128);
        Arrays.fill(labels, 8, labels.length, (byte) 0);
        Files.write(digits("train-labels-idx1-ubyte"), labels);

        assertRefused(
                "data.kind=idx data.path=F/digits",
                "F/digits/train-labels-idx1-ubyte: must hold at least 2 classes, got only label 0");
    }

    static Stream<Arguments> settingsFiles() {
        return Stream.of(
                arguments("run.properties", "", "F/run.properties: no settings in it"),
                arguments("run.properties", "# only a remark\n", "F/run.properties: no settings in it"),
                arguments("run.yaml", " \n", "F/run.yaml: no settings in it"),
                arguments("run.xml", "", "F/run.xml: no settings in it"),
                arguments("run.txt", "seeds = 1", "F/run.txt: must end in .properties, .yaml (or .yml) or .xml"),
                arguments("run.yaml", "train: {steps: 3\n", "F/run.yaml:2: is not valid YAML: "),
                arguments(
                        "run.yaml",
                        "train:\n  stepz: 3\n",
                        "F/run.yaml:2: unknown key train.stepz; did you mean train.steps?"),
                arguments(
                        "run.properties",
                        "\ntrain.learningRate = -1\n",
                        "F/run.properties:2: train.learningRate must be > 0, got -1"),
                arguments(
                        "run.properties",
                        "lambda.decayFactor = 1\n",
                        "F/run.properties:1: lambda.decayFactor must be > 1, got 1"));
    }

    @ParameterizedTest
    @MethodSource("settingsFiles")
    void refusesSettingsFiles(String name, String content, String problem) throws IOException {
        Files.writeString(folder.resolve(name), content);

        assertRefused("", problem, "--config", folder.resolve(name).toString());
    }

    @Test
    void refusesAMissingSettingsFile() throws IOException {
        assertRefused(
                "",
                "F/none.yaml: no such file",
                "--config",
                folder.resolve("none.yaml").toString());
    }

    static Stream<Arguments> networks() {
        return Stream.of(
                arguments(
                        "hello",
                        "neither a MultiLayerConfiguration nor a ComputationGraphConfiguration in JSON or YAML: it "),
                arguments(
                        "{\"seeds\": [1]}",
                        "neither a MultiLayerConfiguration nor a ComputationGraphConfiguration in JSON or YAML: "
                                + "it has no key confs or vertices"),
                arguments(
                        "",
                        "neither a MultiLayerConfiguration nor a ComputationGraphConfiguration in JSON or YAML: it "),
                arguments(
                        "{\"confs\": [",
                        "neither a MultiLayerConfiguration nor a ComputationGraphConfiguration in JSON or YAML: "),
                arguments("{\"confs\": [{}]}", "the network cannot be built: "),
                arguments("{\"vertices\": {}}", "the network cannot be built: "),
                arguments(
                        Inputs.network(new Sgd(0.1), 784, 10).toJson().replace("Dense", "Dance"),
                        "the network cannot be built: "),
                arguments(
                        Inputs.network(new Sgd(0.1), 784, 3).toJson(),
                        "the network must have 10 outputs, one for each class of the data, got 3"),
                arguments(
                        Inputs.graph(new Sgd(0.1), 784, 11).toJson(),
                        "the network must have 10 outputs, one for each class of the data, got 11"),
                arguments(
                        Inputs.network(new Sgd(0.1), 783, 10).toJson(),
                        "the network must take rows of 784 numbers, one for each example, and give one output: "),
                arguments(
                        Inputs.graph(new Sgd(0.1), 783, 10).toJson(),
                        "the network must take rows of 784 numbers, one for each example, and give one output: "),
                arguments(
                        Inputs.base(new Sgd(0.1))
                                .list()
                                .layer(Inputs.hidden(784))
                                .layer(new DenseLayer.Builder().nIn(8).nOut(10).build())
                                .build()
                                .toJson(),
                        "the network cannot be trained: Cannot calculate gradient and score"));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void refusesNetworks(String content, String problem) throws IOException {
        Files.writeString(folder.resolve("network.json"), content);

        assertRefused("model.kind=file model.file=F/network.json", NETWORK + problem);
    }

    /** A training takes them; a calibration would have failed after minutes. */
    @Test
    void refusesFrozenLayersBeforeACalibration() throws IOException {
        MultiLayerConfiguration network = Inputs.network(new Sgd(0.1), 784, 10);
        network.getConf(0).setLayer(new FrozenLayer(network.getConf(0).getLayer()));
        Files.writeString(folder.resolve("network.json"), network.toJson());

        assertRefused(
                "model.kind=file model.file=F/network.json lambda.mode=predicted",
                NETWORK
                        + "a calibration trains fresh copies of the network, whose frozen layers would never learn: it must have none, got layer0");
    }

    @Test
    void refusesABinaryFileAsANetwork() throws IOException {
        Files.write(folder.resolve("network.json"), new byte[] {'P', 'K', 3, 4, (byte) 0xff, (byte) 0xfe});

        assertRefused(
                "model.kind=file model.file=F/network.json",
                NETWORK + "must be a network's configuration in JSON or YAML, but is not UTF-8 text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "adaptive"})
    void takesAnUpdaterWithoutALearningRate(String mode) throws IOException {
        Files.writeString(
                folder.resolve("network.json"),
                Inputs.network(new AdaDelta(), 784, 10).toJson());

        Program program = Program.train(
                folder.resolve("out").toString(),
                "model.kind=file",
                "model.file=" + folder.resolve("network.json"),
                "lambda.mode=" + mode,
                mode.equals("constant") ? "lambda.value=0.01" : "lambda.initial=0.01",
                "train.steps=20");

        assertThat(program.exitCode()).isZero();
    }

    static Stream<Arguments> usage() {
        return Stream.of(
                arguments("--colour", "Unknown option: '--colour'"),
                arguments("--quite", "Unknown option: '--quite'; did you mean --quiet? (see autol2 train --help)"),
                arguments("--set train.steps", "--set: must be key=value, got train.steps"),
                arguments("--set =5", "--set: must be key=value, got =5"),
                arguments(
                        "--set", "Missing required parameter for option '--set' (KEY=VALUE) (see autol2 train --help)"),
                arguments("train", "Unmatched argument at index 3: 'train'"),
                arguments("a\nb", "Unmatched argument at index 3: 'a b'"));
    }

    @ParameterizedTest
    @MethodSource("usage")
    void refusesOptions(String options, String problem) throws IOException {
        assertRefused("", problem, options.split(" "));
    }

    @Test
    void refusesCommandsThatAreNone() {
        assertThat(Program.run("trian"))
                .isEqualTo(new Program(
                        2,
                        "",
                        "autol2: Unmatched argument at index 0: 'trian'; did you mean train? (see autol2 --help)\n"));
        assertThat(Program.run())
                .isEqualTo(new Program(2, "", "autol2: Missing required subcommand (see autol2 --help)\n"));
    }

    /** Permissions do not stop an administrator; a file in the way does. */
    @Test
    void refusesAFolderThatCannotBeMade() throws IOException {
        Map<String, String> before = Inputs.contents(folder);
        String out = folder.resolve("table.csv/a/b").toString();

        Program program = Program.train(out);

        assertThat(program)
                .isEqualTo(new Program(
                        2,
                        "",
                        "autol2: --out " + out + " must be a folder that can be written to, but "
                                + folder.resolve("table.csv") + " is not a folder\n"));
        assertThat(Inputs.contents(folder)).isEqualTo(before);
    }

    /** Neither the trial iteration of a model from a file nor the run itself has anything to warn of. */
    @Test
    void logsNothingBeforeARefusalOrWithoutNeed() throws IOException {
        // given
        Files.writeString(
                folder.resolve("network.json"),
                Inputs.network(new Sgd(0.1), 784, 10).toJson());
        StringWriter log = new StringWriter();
        Logger root = ((LoggerContext) LogManager.getContext(false)).getRootLogger();
        WriterAppender appender = WriterAppender.createAppender(null, null, log, "refusal", false, true);
        appender.start();
        root.addAppender(appender);

        // when
        String[] settings = {"model.kind=file", "model.file=" + folder.resolve("network.json"), "seeds=1"};
        Program refused = Program.train(folder.resolve("table.csv/out").toString(), settings);
        String before = log.toString();
        Program program = Program.train(folder.resolve("out").toString(), settings);
        root.removeAppender(appender);

        // then
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(before).isEmpty();
        assertThat(program.exitCode()).isZero();
        assertThat(log.toString()).isEmpty();
    }

    @Test
    void tellsEachOfSeveralMistakesOnALineOfItsOwn() {
        Program program =
                Program.train(folder.resolve("out").toString(), "train.learningRate=-1", "lambda.decayFactor=1");

        assertThat(program).isEqualTo(new Program(2, "", """
                autol2: 2 problems in the settings:
                --set: train.learningRate must be > 0, got -1
                --set: lambda.decayFactor must be > 1, got 1
                """));
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void showsTheStackTraceOnlyWhenAskedFor() {
        Program program = Program.run("train", "--verbose", "--set", "train.learningRate=-1");

        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(program.errors())
                .contains("SettingsException", "\tat ")
                .endsWith("\nautol2: --set: train.learningRate must be > 0, got -1\n");
    }

    /** Once with a new folder for the results and once over earlier results; F stands for the folder of this test. */
    private void assertRefused(String settings, String problem, String... options) throws IOException {
        Map<String, String> before = Inputs.contents(folder);
        for (String out : List.of("new/results", "earlier")) {
            String path = folder.resolve(out).toString();
            Program program = options.length == 0
                    ? Program.train(path, settings.replace("F/", folder + "/").split(" "))
                    : Program.run(Stream.concat(Stream.of("train", "--out", path), Stream.of(options))
                            .toArray(String[]::new));

            assertThat(program.errors())
                    .startsWith("autol2: " + problem.replace("F/", folder + "/"))
                    .endsWith("\n")
                    .doesNotContain("\tat ");
            assertThat(program.errors().lines().toList()).hasSize(1);
            assertThat(program.output()).isEmpty();
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(Inputs.contents(folder)).isEqualTo(before);
        }
    }

    private Path digits(String name) {
        return folder.resolve("digits").resolve(name);
    }
}
