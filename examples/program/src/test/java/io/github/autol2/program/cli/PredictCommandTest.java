package io.github.autol2.program.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.dl4j.SavedNetwork;
import io.github.autol2.program.results.NetworkFile;
import io.github.autol2.program.results.TableModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer;
import org.nd4j.linalg.factory.Nd4j;

@Tag("slow")
class PredictCommandTest {

    @TempDir
    private Path folder;

    /** Two classes that the first column tells apart, with a constant column and text, as a German spreadsheet writes it. */
    private Path table() throws IOException {
        String rows = IntStream.range(0, 100)
                .mapToObj(i -> (i % 2 == 0 ? "-" : "") + "1," + i % 7 + ";7;"
                        + List.of("rot", "grün").get(i % 3 / 2) + ";" + (i % 2 == 0 ? "00501" : "501") + "\n")
                .collect(Collectors.joining());
        return Files.write(
                folder.resolve("table.csv"),
                ("\uFEFFWert;fest;Farbe;Klasse\n" + rows).getBytes(StandardCharsets.UTF_16LE));
    }

    private Program train(Path table) {
        return Program.run(
                "train",
                "--quiet",
                "--out",
                folder.resolve("out").toString(),
                "--set",
                "data.kind=csv",
                "--set",
                "data.path=" + table,
                "--set",
                "data.text=one-hot",
                "--set",
                "train.steps=200",
                "--set",
                "seeds=1");
    }

    private Program predict(Path table) {
        return Program.run(
                "predict",
                folder.resolve("out/model.zip").toString(),
                table.toString(),
                "--out",
                folder.resolve("predicted").toString());
    }

    @Test
    void judgesByTheRowsWhoseClassItKnows() throws IOException {
        assertThat(train(table()).exitCode()).isZero();
        Path half = Files.writeString(
                folder.resolve("half.csv"), "Farbe,Wert,fest,Klasse\nrot,-1.5,7,00501\ngrün,1.2,7,\nrot,1.4,7,501.0\n");
        assertThat(predict(half).output())
                .contains("100.00 % of the rows have the class that the table names.")
                .contains(
                        "2 of 3 rows do not count: they name no class, or one that the network does not know, such as '501.0'.");
        Path strange = Files.writeString(folder.resolve("strange.csv"), "Farbe,Wert,fest,Klasse\nrot,-1.5,7,ja\n");
        assertThat(predict(strange).output())
                .contains("The table names no class that the network knows, such as 'ja'.");
        Path unknown = Files.writeString(folder.resolve("unknown.csv"), "Farbe,Wert,fest,Klasse\nrot,-1.5,7,?\n");
        assertThat(predict(unknown).output()).doesNotContain("names no class").contains("predictions.csv (1 rows)");
    }

    @Test
    void classifiesRowsOfAnotherFileWithTheNamesOfTheClasses() throws IOException {
        Program trained = train(table());
        assertThat(trained.exitCode()).as(trained.errors()).isZero();
        Path rows = Files.writeString(
                folder.resolve("rows.csv"),
                "Farbe,Wert,fest,Klasse\nrot,-1.5,7,00501\ngrün,1.2,7,501\nblau,1.4,8,501\n");

        Program program = predict(rows);

        assertThat(program.errors()).isEmpty();
        assertThat(program.output())
                .contains("100.00 % of the rows have the class that the table names.")
                .contains("Column 'Farbe': the network does not know the text of 1 of 3 rows, such as 'blau'");
        List<String> lines = Files.readAllLines(folder.resolve("predicted/predictions.csv"));
        assertThat(lines.get(0)).isEqualTo("line,class,p(00501),p(501)");
        assertThat(lines.get(1)).startsWith("2,00501,0.");
        assertThat(lines.get(2)).startsWith("3,501,");
        assertThat(lines.get(3)).startsWith("4,501,");
        assertThat(program.output()).contains("predictions.csv (3 rows).");
        assertThat(predict(rows).output()).contains("predictions.csv (3 rows), in the place of an earlier one.");
    }

    @Test
    void theNormaliserOfDeeplearning4jGivesTheSame() throws Exception {
        train(table());
        Path model = folder.resolve("out/model.zip");
        Path rows = Files.writeString(folder.resolve("rows.csv"), "Wert,fest,Farbe\n-1.5,7,rot\n1.2,9,grün\n");
        predict(rows);

        NormalizerStandardize normalizer;
        try (FileSystem zip = FileSystems.newFileSystem(model, Map.of())) {
            normalizer = NormalizerSerializer.getDefault().restore(Files.newInputStream(zip.getPath("normalizer.bin")));
        }
        INDArray inputs = Nd4j.createFromArray(new float[][] {{-1.5f, 7, 0, 1}, {1.2f, 9, 1, 0}});
        normalizer.transform(inputs);
        float[][] outputs =
                ((MultiLayerNetwork) SavedNetwork.read(model)).output(inputs).toFloatMatrix();

        List<String> lines = Files.readAllLines(folder.resolve("predicted/predictions.csv"));
        for (int i = 0; i < 2; i++) {
            assertThat(Float.parseFloat(lines.get(i + 1).split(",", -1)[2])).isCloseTo(outputs[i][0], within(1e-4f));
        }
    }

    @Test
    void refusesModelsAndTablesThatDoNotGoTogether() throws IOException {
        train(table());
        Path missing = Files.writeString(folder.resolve("rows.csv"), "Wert,Farbe\n-1.5,rot\n");
        assertRefused(predict(missing), "must have the column 'fest' that the network was trained on");
        Path text = Files.writeString(folder.resolve("rows.csv"), "Wert,fest,Farbe\n-1.5,seven,rot\n");
        assertRefused(predict(text), "line 2: column 'fest' must hold numbers, got 'seven'");
        Path gap = Files.writeString(folder.resolve("rows.csv"), "Wert,fest,Farbe\n-1.5,NA,rot\n");
        assertRefused(
                predict(gap),
                "line 2: column 'fest' has no value, got 'NA'; only a network that was trained with data.missing=fill or "
                        + "category fills gaps");
        Path bare = Files.writeString(folder.resolve("rows.csv"), "-1.5,7,rot\n");
        assertRefused(
                predict(bare),
                "must have the column 'Wert' that the network was trained on; the first line is -1.5,7,rot; if that is a "
                        + "row, data.header=false reads the columns by their places");
        Path small = Files.writeString(folder.resolve("rows.csv"), "wert,fest,Farbe\n-1.5,7,rot\n");
        assertRefused(predict(small), "the first line is wert,fest,Farbe; 'wert' is another name");
        assertRefused(Program.run("predict", "none.zip", gap.toString()), "none.zip must be an existing file");

        Program.train(folder.resolve("digits").toString(), "seeds=1");
        assertRefused(
                Program.run("predict", folder.resolve("digits/model.zip").toString(), gap.toString()),
                "does not know what table it was trained on");
    }

    @Test
    void refusesANetworkThatDiverged() throws IOException {
        assertThat(train(table()).exitCode()).isZero();
        Path model = folder.resolve("out/model.zip");
        Model network = SavedNetwork.read(model);
        network.params().assign(Float.NaN);
        NetworkFile.write(model, network, TableModel.read(model));
        Path rows = Files.writeString(folder.resolve("rows.csv"), "Wert,fest,Farbe,Klasse\n-1.5,7,rot,00501\n");

        assertRefused(
                predict(rows),
                "the network of " + model + " must give finite numbers, got NaN for line 2 of " + rows
                        + "; if it diverged, train it again with a smaller train.learningRate");
        assertThat(folder.resolve("predicted")).doesNotExist();
    }

    private static void assertRefused(Program program, String told) {
        assertThat(program.errors()).contains(told);
        assertThat(program.errors().lines()).hasSize(1);
        assertThat(program.exitCode()).isEqualTo(2);
    }

    @Test
    void dataShowsTheColumnsOfATableThatTrainWouldRefuse() throws IOException {
        Program program = Program.run("data", "--set", "data.kind=csv", "--set", "data.path=" + table());

        assertThat(program.output())
                .contains("column 'Wert': numbers", "column 'Farbe': 2 different texts")
                .doesNotContain("inputs");
        assertThat(program.errors()).contains("line 2: column 'Farbe' must hold numbers, got 'rot'");
        assertThat(program.errors().lines()).hasSize(1);
        assertThat(program.exitCode()).isEqualTo(2);
    }

    @Test
    void dataShowsWhereClassesAndRowsAreAndWritesItToAFile() throws IOException {
        Program program = Program.run(
                "data",
                "--set",
                "data.kind=csv",
                "--set",
                "data.path=" + table(),
                "--set",
                "data.text=one-hot",
                "--set",
                "data.trainSize=50",
                "--set",
                "data.testSize=10",
                "--set",
                "data.split=seeds",
                "--out",
                folder.resolve("shown").toString());

        assertThat(program.errors()).isEmpty();
        assertThat(program.output())
                .contains("50 training, 20 validation and 10 test examples.")
                .contains("20 rows of " + folder.resolve("table.csv") + " are in no part.")
                .containsPattern("  00501: \\d+ training, \\d+ validation and \\d+ test examples")
                .contains("With data.split=seeds this is the division of seed 1.")
                .containsPattern(
                        "The inputs of \\d+ of 20 validation and \\d+ of 10 test examples are those of a training");
        assertThat(Files.readString(folder.resolve("shown/data.txt"))).isEqualToNormalizingNewlines(program.output());
    }

    @Test
    void trainTellsWhatItHasUnderstoodUnlessItIsToBeQuiet() throws IOException {
        Path table = table();
        String understood = "Columns: 2 of numbers; 1 of texts; the class is 'Klasse', the last column.";

        Program loud = Program.run(
                "train",
                "--out",
                folder.resolve("loud").toString(),
                "--set",
                "data.kind=csv",
                "--set",
                "data.path=" + table,
                "--set",
                "data.text=one-hot",
                "--set",
                "train.steps=20",
                "--set",
                "seeds=1");

        assertThat(loud.errors())
                .contains("100 rows, with a header; text in UTF-16LE", understood)
                .contains("4 inputs, 2 classes: 60 training, 20 validation and 20 test examples.");
        assertThat(Files.readString(folder.resolve("loud/result.json")))
                .contains(
                        "\"table\"",
                        understood,
                        "4 inputs, 2 classes: 60 training, 20 validation and 20 test examples.");
        assertThat(train(table).errors()).isEmpty();
    }

    @Test
    void takesTheSettingsOfTheTrainingAndTheirFormat() throws IOException {
        Path config = Files.writeString(
                folder.resolve("train.properties"),
                "data.kind=csv\ndata.path=" + table()
                        + "\ndata.text=one-hot\ntrain.steps=20\nseeds=1\ndata.separator=semicolon\n");
        assertThat(Program.run(
                                "train",
                                "--quiet",
                                "--config",
                                config.toString(),
                                "--out",
                                folder.resolve("out").toString())
                        .exitCode())
                .isZero();
        Path rows = Files.writeString(folder.resolve("rows.csv"), "Wert;fest;Farbe\n-1,5;7;rot\n");
        String[] command = {
            "predict",
            folder.resolve("out/model.zip").toString(),
            rows.toString(),
            "--config",
            config.toString(),
            "--out",
            folder.resolve("predicted").toString()
        };

        assertThat(Program.run(command).errors()).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("predicted/predictions.csv")))
                .hasSize(2);
        Program told = Program.run(Stream.concat(Stream.of(command), Stream.of("--set", "data.label=first"))
                .toArray(String[]::new));
        assertThat(told.errors()).contains("unknown key data.label");
        assertThat(told.exitCode()).isEqualTo(2);
    }

    @Test
    void leavesTheNormaliserOutWhereSinglePrecisionSpoilsIt() throws IOException {
        String rows = IntStream.range(0, 100)
                .mapToObj(i -> (1_700_000_000L + i) + "," + (i % 2 == 0 ? "a" : "b") + "\n")
                .collect(Collectors.joining());
        assertThat(train(Files.writeString(folder.resolve("table.csv"), "time,kind\n" + rows))
                        .exitCode())
                .isZero();

        try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("out/model.zip"), Map.of())) {
            assertThat(zip.getPath("autol2-table.json")).exists();
            assertThat(zip.getPath("normalizer.bin")).doesNotExist();
        }
    }

    @Test
    void dataShowsWhatTrainWouldTake() throws IOException {
        Program program = Program.run(
                "data",
                "--set",
                "data.kind=csv",
                "--set",
                "data.path=" + table(),
                "--set",
                "data.text=one-hot",
                "--set",
                "data.drop=fest");

        assertThat(program.errors()).isEmpty();
        assertThat(program.output())
                .contains("100 rows, with a header; text in UTF-16LE, separated by ';', decimal sign ','.")
                .contains("column 'Wert': numbers", "column 'fest': left out", "column 'Farbe': 2 different texts")
                .contains("00501: 50 rows", "501: 50 rows")
                .contains("3 inputs, 2 classes: 60 training, 20 validation and 20 test examples.");
    }
}
