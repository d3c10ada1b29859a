package io.github.autol2.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake: exit code 2, one clear line on standard error, nothing written. */
class BadInputTest {

    @TempDir
    private static Path folder;

    /** A command line and what its error must name; a {@code --out} is added where it can be. */
    private record Mistake(String name, String[] arguments, String[] told) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Mistake> mistakes() throws IOException {
        String idx = "data.kind=idx";
        String csv = "data.kind=csv";
        return Stream.of(
                set(
                        "missing folder",
                        told("data.path", "must be an existing folder", "nowhere"),
                        idx,
                        "data.path=nowhere"),
                set(
                        "missing CIFAR-10",
                        told("data.path", "www.cs.toronto.edu/~kriz/cifar.html", "nowhere"),
                        "data.kind=cifar10",
                        "data.path=nowhere"),
                set(
                        "truncated CIFAR-10",
                        told("data_batch_1.bin", "3073 bytes", "got 3072"),
                        "data.kind=cifar10",
                        "data.path=" + cifar10("short", 3072, 0)),
                set(
                        "CIFAR-10 label",
                        told("data_batch_1.bin", "labels must be <= 9", "got 10"),
                        "data.kind=cifar10",
                        "data.path=" + cifar10("label", 3073, 10)),
                set(
                        "CIFAR-10 size",
                        told("data.trainSize 512 + data.validationSize 256 exceed the 5 images"),
                        "data.kind=cifar10",
                        "data.path=" + cifar10("few", 3073, 9)),
                set("augmentation", told("data.augment", "flip, crop, mixup", "got rotate"), "data.augment=rotate"),
                set(
                        "augmented table",
                        told("data.augment has no effect with data.kind = csv"),
                        csv,
                        "data.augment=mixup",
                        table("mixed", "1,2,a\n3,4,b\n")),
                set(
                        "depth of a Wide ResNet",
                        told("model.depth must be 6n + 4", "got 12"),
                        "model.kind=wrn",
                        "model.depth=12",
                        "model.width=1"),
                set(
                        "Wide ResNet without width",
                        told("model.width is required with model.kind = wrn"),
                        "model.kind=wrn",
                        "model.depth=10"),
                set(
                        "Wide ResNet on a table",
                        told("model.kind wrn needs images"),
                        csv,
                        "model.kind=wrn",
                        "model.depth=10",
                        "model.width=1",
                        table("wrn", "1,2,a\n3,4,b\n5,6,a\n6,7,b\n")),
                tuning("model", "steps", told("--steps must be >= 0, got -1"), "--steps", "-1"),
                set(
                        "missing table",
                        told("data.path", "must be an existing file", "nowhere.csv"),
                        csv,
                        "data.path=nowhere.csv"),
                set(
                        "missing IDX file",
                        told("train-images", "https://"),
                        idx,
                        "data.path=" + Files.createDirectory(folder.resolve("empty"))),
                set("truncated gz", told("train-images-idx3-ubyte.gz", "truncated"), idx, "data.path=" + truncatedGz()),
                set(
                        "unequal lengths",
                        told("train-labels-idx1-ubyte", "40", "39"),
                        idx,
                        "data.path=" + unequalLengths()),
                set(
                        "training size",
                        told("data.trainSize 100", "40"),
                        idx,
                        "data.path=" + idx("small", 40, 40),
                        "data.trainSize=100",
                        "train.batchSize=10"),
                set(
                        "text in a number column",
                        told("table.csv, line 3", "must hold numbers, got 'x'"),
                        csv,
                        table("text", "1,2,a\n3,4,b\n5,x,a\n6,7,b\n")),
                set(
                        "ragged rows",
                        told("table.csv, line 3: must have the 3 columns of the first line, got 2"),
                        csv,
                        table("ragged", "1,2,a\n3,4,b\n5,a\n6,7,b\n")),
                set("one class", told("table.csv", "a"), csv, table("one", "1,2,a\n3,4,a\n5,6,a\n6,7,a\n")),
                set(
                        "label column",
                        told("table.csv", "colour"),
                        csv,
                        table("label", "p,q,r\n1,2,a\n3,4,b\n5,6,a\n6,7,b\n"),
                        "data.label=colour"),
                set(
                        "NaN value",
                        told("table.csv, line 2", "no value", "NaN"),
                        csv,
                        table("nan", "1,2,a\n3,NaN,b\n5,6,a\n6,7,b\n")),
                set(
                        "unknown key",
                        told("unknown key train.learnigRate", "train.learningRate"),
                        "train.learnigRate=0.1"),
                set("negative eta", told("train.learningRate", "> 0", "-0.1"), "train.learningRate=-0.1"),
                set("decay factor", told("lambda.decayFactor", "> 1"), "lambda.decayFactor=1"),
                set("no equals sign", told("train.steps"), "train.steps"),
                set(
                        "no network",
                        told("model.file", "neither a MultiLayerConfiguration"),
                        "model.kind=file",
                        "model.file=" + Files.writeString(folder.resolve("prose.json"), "{\"a\": 1}")),
                set(
                        "outputs",
                        told("model.file", "must have 10 outputs", "got 7"),
                        "model.kind=file",
                        "model.file="
                                + Files.writeString(
                                        folder.resolve("seven.json"),
                                        TrainCommandTest.network(7).toJson())),
                set(
                        "no output layer",
                        told("model.file", "cannot be trained", "DenseLayer"),
                        "model.kind=file",
                        "model.file="
                                + Files.writeString(
                                        folder.resolve("open.json"),
                                        TrainCommandTest.withoutOutput().toJson())),
                set(
                        "convolution on a table",
                        told("model.kind cnn needs images"),
                        csv,
                        "model.kind=cnn",
                        table("cnn", "1,2,a\n3,4,b\n5,6,a\n6,7,b\n")),
                config("empty settings", told("empty.properties", "no settings"), "empty.properties", ""),
                config(
                        "broken YAML",
                        told("broken.yaml:3: is not valid YAML"),
                        "broken.yaml",
                        "seeds: 1\ntrain: [1, 2\n"),
                config("missing settings file", told("gone.properties"), "gone.properties", null),
                tuning(
                        "tune",
                        "budget below an epoch",
                        told("calibration: budget must be at least one epoch of 4 iterations, got 3"),
                        "--set",
                        "train.steps=3",
                        "--set",
                        "calibration.share=1"),
                tuning(
                        "tune",
                        "budget below ten",
                        told("calibration: share of budget must be at least 1 iteration, got 0.1 of 9"),
                        "--set",
                        "train.steps=9"),
                tuning(
                        "calibrate",
                        "one class for validation",
                        told("calibration: the validation data must hold examples of at least " + "2 classes, got 1"),
                        "--set",
                        "data.validationSize=1"),
                tuning(
                        "calibrate",
                        "share",
                        told("calibration.share must be in (0, 1], got 1.1"),
                        "--set",
                        "calibration.share=1.1"),
                tuning(
                        "calibrate",
                        "budgets",
                        told("calibration.budgets must be >= 1, got 0"),
                        "--set",
                        "calibration.budgets=0"),
                tuning(
                        "tune",
                        "lambda of one's own",
                        told("tune chooses lambda itself", "lambda.mode"),
                        "--set",
                        "lambda.mode=paper"),
                tuning("tune", "no threads", told("--threads: tune.threads must be >= 1, got 0"), "--threads", "0"),
                tuning(
                        "tune",
                        "a seed that Deeplearning4j takes for none",
                        told("seeds must not be 0, which Deeplearning4j takes for no seed", "got 0"),
                        "--set",
                        "seeds=0"),
                tuning(
                        "calibrate",
                        "a seed that Deeplearning4j takes for none",
                        told("seeds must not be 0, which Deeplearning4j takes for no seed", "got 0"),
                        "--set",
                        "seeds=0"),
                tuning(
                        "search",
                        "a seed that Deeplearning4j takes for none",
                        told("seeds must not be 0, which Deeplearning4j takes for no seed", "got 0"),
                        "--set",
                        "seeds=0"),
                tuning("tune", "grid", told("--grid: tune.grid must be >= 0, got -1"), "--grid", "-1"),
                tuning(
                        "tune",
                        "resume and restart",
                        told("--resume and --restart exclude each other"),
                        "--resume",
                        "--restart"),
                tuning("tune", "grid as a key", told("--set: tune.grid must be"), "--set", "tune.grid=-1"),
                tuning(
                        "tune",
                        "grid as an option and as a key",
                        told("--grid: tune.grid is given twice"),
                        "--grid",
                        "2",
                        "--set",
                        "tune.grid=2"),
                set(
                        "a seed that Deeplearning4j takes for none",
                        told("seeds must not be 0, which Deeplearning4j takes for no seed", "got 1,0"),
                        "seeds=1,0"),
                set("a key of another command", told("unknown key tune.grid"), "tune.grid=2"),
                set(
                        "predicted without classes",
                        told("calibration: the validation data", "got 1"),
                        "lambda.mode=predicted",
                        "data.validationSize=1"),
                new Mistake("unknown option", new String[] {"train", "--fast"}, told("--fast")),
                new Mistake("unknown command", new String[] {"trian"}, told("trian")));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isRefusedInOneLineAndNothingIsWritten(Mistake mistake) {
        Path out = folder.resolve("out");
        String[] arguments =
                List.of("train", "tune", "calibrate", "search", "model").contains(mistake.arguments[0])
                        ? Stream.concat(Stream.of(mistake.arguments), Stream.of("--out", out.toString()))
                                .toArray(String[]::new)
                        : mistake.arguments;

        Program program = Program.run(arguments);

        assertThat(program.errors()).contains(mistake.told).doesNotContain("\tat ");
        assertThat(program.errors().lines()).hasSize(1);
        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(program.output()).isEmpty();
        assertThat(out).doesNotExist();
    }

    @Test
    void aFolderThatCannotBeWrittenToIsRefusedBeforeTraining() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        Program program = Program.train(file.resolve("out").toString());

        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(program.errors().lines()).hasSize(1);
        assertThat(program.errors()).contains("--out " + file, "must be a folder that can be written to");
        assertThat(file).hasContent("in the way");
    }

    @Test
    void anErrorOfTheProgramItselfIsExitCodeOne() throws IOException {
        // given a folder that takes the trial file, but where curve.csv is a folder with something in it
        Path out = Files.createDirectories(folder.resolve("blocked"));
        Files.createDirectories(out.resolve("curve.csv/inside"));

        Program program = Program.train(out.toString(), "seeds=1", "train.steps=20");

        assertThat(program.exitCode()).isEqualTo(1);
        assertThat(program.errors()).contains("the run failed").doesNotContain("\tat ");
        assertThat(out.resolve("result.json")).doesNotExist();
    }

    private static String[] told(String... parts) {
        return parts;
    }

    private static Mistake set(String name, String[] told, String... settings) {
        Stream<String> small = Stream.of(settings).anyMatch(setting -> setting.contains(".csv"))
                ? Stream.of("data.trainSize=2", "data.validationSize=1", "data.testSize=1", "train.batchSize=1")
                : Stream.of();
        return new Mistake(
                name,
                Stream.concat(
                                Stream.of("train"),
                                Stream.concat(Stream.of(settings), small)
                                        .flatMap(setting -> Stream.of("--set", setting)))
                        .toArray(String[]::new),
                told);
    }

    private static Mistake tuning(String command, String name, String[] told, String... arguments) {
        return new Mistake(
                command + ": " + name,
                Stream.concat(Stream.of(command), Stream.of(arguments)).toArray(String[]::new),
                told);
    }

    private static Mistake config(String name, String[] told, String file, String content) throws IOException {
        Path path = folder.resolve(file);
        if (content != null) {
            Files.writeString(path, content);
        }
        return new Mistake(name, new String[] {"train", "--config", path.toString()}, told);
    }

    private static String table(String name, String content) throws IOException {
        return "data.path="
                + Files.writeString(
                        Files.createDirectories(folder.resolve(name)).resolve("table.csv"), content);
    }

    /** All six files with one record each, of which each has this length and label. */
    private static Path cifar10(String name, int length, int label) throws IOException {
        Path data = Files.createDirectories(folder.resolve("cifar-" + name));
        byte[] record = new byte[length];
        record[0] = (byte) label;
        for (String file :
                List.of("data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch")) {
            Files.write(data.resolve(file + ".bin"), record);
        }
        return data;
    }

    private static Path truncatedGz() throws IOException {
        Path data = idx("truncated", 40, 40);
        byte[] whole = Files.readAllBytes(data.resolve("train-images-idx3-ubyte"));
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(whole);
        }
        Files.delete(data.resolve("train-images-idx3-ubyte"));
        Files.write(
                data.resolve("train-images-idx3-ubyte.gz"),
                java.util.Arrays.copyOf(zipped.toByteArray(), zipped.size() / 2));
        return data;
    }

    private static Path unequalLengths() throws IOException {
        return idx("unequal", 40, 39);
    }

    private static Path idx(String name, int images, int labels) {
        try {
            Path data = Files.createDirectories(folder.resolve(name));
            for (String part : new String[] {"train", "t10k"}) {
                ByteBuffer pixels = ByteBuffer.allocate(16 + images * 16)
                        .putInt(0x803)
                        .putInt(images)
                        .putInt(4)
                        .putInt(4);
                ByteBuffer classes =
                        ByteBuffer.allocate(8 + labels).putInt(0x801).putInt(labels);
                for (int i = 0; i < labels; i++) {
                    classes.put((byte) (i % 10));
                }
                for (int i = 0; i < images * 16; i++) {
                    pixels.put((byte) (i * 37));
                }
                Files.write(data.resolve(part + "-images-idx3-ubyte"), pixels.array());
                Files.write(data.resolve(part + "-labels-idx1-ubyte"), classes.array());
            }
            return data;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
