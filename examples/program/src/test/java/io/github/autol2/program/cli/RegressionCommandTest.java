package io.github.autol2.program.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class RegressionCommandTest {

    @TempDir
    private Path folder;

    private Path table;

    /** Prices of 100 houses: 100,000 for each room and a little chance, as whole numbers. */
    @BeforeEach
    void writeTheTable() throws IOException {
        Random random = new Random(1);
        StringBuilder rows = new StringBuilder("rooms,noise,price\n");
        for (int i = 0; i < 100; i++) {
            double rooms = 1 + 4 * random.nextDouble();
            rows.append(String.format(
                    Locale.ROOT,
                    "%.3f,%.3f,%d%n",
                    rooms,
                    random.nextGaussian(),
                    Math.round(100_000 * rooms + 5000 * random.nextGaussian())));
        }
        table = Files.writeString(folder.resolve("houses.csv"), rows);
    }

    private Program run(String command, String... settings) {
        List<String> task = List.of(
                "data.kind=csv",
                "data.path=" + table,
                "data.task=regression",
                "train.steps=300",
                "model.width=16",
                "seeds=1,2");
        return Program.on(task, command, folder.resolve("out"), settings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"adaptive", "paper", "free", "constant lambda.value=0.001"})
    void learnsAQuantityWithEveryWayToChooseLambdaThatNeedsNoAccuracy(String mode) throws IOException {
        // when
        Program program = run("train", ("lambda.mode=" + mode).split(" ", -1));

        // then
        assertThat(program.errors()).isEmpty();
        assertThat(program.output())
                .contains("train R2", "test RMSE there", "final test RMSE")
                .doesNotContain("%");
        JsonNode result =
                new ObjectMapper().readTree(folder.resolve("out/result.json").toFile());
        JsonNode run = result.get("runs").get(0);
        assertThat(run.get("lambda").get("mode").asText()).isEqualTo(mode.split(" ", -1)[0]);
        assertThat(run.has("accuracy")).isFalse();
        assertThat(run.get("r2").get("testAtBest").asDouble()).isBetween(0.9, 1.0);
        assertThat(run.get("rmse").get("testAtBest").asDouble()).isBetween(1000.0, 35_000.0);
        assertThat(result.get("mean").get("rmse").get("testFinal").asDouble()).isBetween(1000.0, 50_000.0);
        List<String> curve = Files.readAllLines(folder.resolve("out/curve.csv"));
        assertThat(curve.get(0))
                .isEqualTo("seed,step,lambda,eta,loss,penalty,trainR2,validationR2,testR2,"
                        + "trainRmse,validationRmse,testRmse");
        assertThat(curve).hasSize(1 + 2 * 15);
    }

    @Test
    void predictsValuesInTheUnitOfTheTable() throws IOException {
        assertThat(run("train").errors()).isEmpty();
        Path rows = Files.writeString(
                folder.resolve("rows.csv"), "noise;rooms;price\n0,0;2,0;200000\n0,0;4,0;NA\n0,5;3,0;300000\n");

        Program program = Program.run(
                "predict",
                folder.resolve("out/model.zip").toString(),
                rows.toString(),
                "--out",
                folder.resolve("predicted").toString());

        assertThat(program.errors()).isEmpty();
        assertThat(program.output()).contains("against the values that the table has for 2 of 3 rows.");
        assertThat(program.output()).containsPattern("R2 0\\.\\d+, RMSE \\d");
        List<String> lines = Files.readAllLines(folder.resolve("predicted/predictions.csv"));
        assertThat(lines.get(0)).isEqualTo("line,value");
        double[] prices = {200_000, 400_000, 300_000};
        for (int row = 0; row < 3; row++) {
            String[] cells = lines.get(row + 1).split(",", -1);
            assertThat(cells[0]).isEqualTo("" + (row + 2));
            assertThat(Double.parseDouble(cells[1])).isCloseTo(prices[row], within(30_000.0));
        }
    }

    @Test
    void bareRowsAreNotJudged() throws IOException {
        assertThat(run("train", "train.steps=20").errors()).isEmpty();
        Path rows = Files.writeString(folder.resolve("rows.csv"), "rooms,noise\n2,0\n");

        Program program = Program.run(
                "predict",
                folder.resolve("out/model.zip").toString(),
                rows.toString(),
                "--out",
                folder.resolve("predicted").toString());

        assertThat(program.errors()).isEmpty();
        assertThat(program.output()).doesNotContain("RMSE");

        Files.writeString(rows, "rooms,noise,price\n2,0,dear\n3,0,NA\n");
        assertThat(Program.run(
                                "predict",
                                folder.resolve("out/model.zip").toString(),
                                rows.toString(),
                                "--out",
                                folder.resolve("predicted").toString())
                        .output())
                .contains("The table names no value that is a number, but texts such as 'dear'.");
    }

    @Test
    void dataTellsTheRangeOfTheQuantity() {
        Program program = run("data");

        assertThat(program.errors()).isEmpty();
        assertThat(program.output())
                .contains("column 'price': the quantity to predict", "A quantity, from ")
                .contains("2 inputs, a quantity: 60 training, 20 validation and 20 test examples.");
    }

    @Test
    void tunesForAQuantityByItsExplainedVariance() throws IOException {
        Program program = run("tune", "train.evaluateEvery=50");

        assertThat(program.errors()).isEmpty();
        assertThat(program.output())
                .contains(
                        "best validation R2 in %",
                        "test R2 in % at best validation", "won: its validation R2 is the highest.")
                .doesNotContain("accuracy");
        JsonNode rows = new ObjectMapper()
                .readTree(folder.resolve("out/tune.json").toFile())
                .get("rows");
        assertThat(rows).hasSize(5);
        assertThat(rows.get(0).get("testAtBest").asDouble()).isBetween(0.9, 1.0);
        assertThat(rows.get(0).get("runs").get(0).has("r2")).isTrue();
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains("R2 against lambda", "test R2 in %")
                .doesNotContain("accuracy");
        assertThat(folder.resolve("out/best.zip")).exists();
    }

    /** A lambda that went by the size of the targets would tell both tables apart. */
    @Test
    void aQuantityInAnotherUnitHasTheSameLambda() throws IOException {
        Program inUnits = run("calibrate", "seeds=1");
        Files.writeString(
                table,
                Files.readAllLines(table).stream()
                                .map(line -> line.endsWith("price") ? line : line + "000")
                                .collect(Collectors.joining("\n"))
                        + "\n");
        Program inThousandths = Program.on(
                List.of(
                        "data.kind=csv",
                        "data.path=" + table,
                        "data.task=regression",
                        "train.steps=300",
                        "model.width=16",
                        "seeds=1"),
                "calibrate",
                folder.resolve("other"));

        assertThat(inUnits.errors()).isEmpty();
        assertThat(inThousandths.output().lines().findFirst())
                .isEqualTo(inUnits.output().lines().findFirst());
    }

    @Test
    void trainsWithAPredictedLambda() throws IOException {
        Program program = run("train", "lambda.mode=predicted", "seeds=1");

        assertThat(program.errors()).isEmpty();
        assertThat(program.output()).contains("For 300 steps: lambda ", "train R2");
    }

    @Test
    void refusesASearchBeforeAnyTraining() {
        Program program = run("search");

        assertThat(program.errors())
                .contains("with data.task=regression there are no classes, which this command judges by: "
                        + "data, model, train, calibrate, tune and predict go with it");
        assertThat(program.errors().lines()).hasSize(1);
        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void tellsThatARunDiverged() throws IOException {
        Program program = run("train", "train.learningRate=10", "seeds=1");

        assertThat(program.errors()).isEmpty();
        assertThat(program.output())
                .contains(
                        "Note: the network of seed 1 diverged and gives no finite numbers; a smaller train.learningRate "
                                + "than 10.0 may help.");
        JsonNode result =
                new ObjectMapper().readTree(folder.resolve("out/result.json").toFile());
        assertThat(result.get("runs").get(0).get("r2").get("testFinal").isNull())
                .isTrue();
    }

    /** Half of the rows have one price and half the other, so that two rows for the test often have the same. */
    @Test
    void looksAtTheDivisionsOfAllSeedsBeforeItTrains() throws IOException {
        StringBuilder rows = new StringBuilder("rooms,noise,price\n");
        for (int i = 0; i < 40; i++) {
            rows.append(i % 7)
                    .append(',')
                    .append(i % 3)
                    .append(',')
                    .append(i % 4 < 2 ? 1000 : 2000)
                    .append('\n');
        }
        Files.writeString(table, rows);
        String[] settings = {
            "data.testSize=2", "data.validationSize=10", "data.trainSize=20", "seeds=1,2,3,4,5,6,7,8", "train.steps=20"
        };

        Program divided = run(
                "train",
                Stream.concat(Stream.of("data.split=seeds"), Stream.of(settings))
                        .toArray(String[]::new));

        assertThat(divided.errors())
                .contains("label column 'price' must hold at least 2 different values in the test rows");
        assertThat(divided.errors().lines()).hasSize(1);
        assertThat(divided.exitCode()).isEqualTo(2);
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(run("train", settings).exitCode()).isZero(); // one division, which is sound
    }

    @Test
    void refusesLabelNoise() {
        Program program = run("train", "data.labelNoise=0.1");

        assertThat(program.errors())
                .isEqualToIgnoringNewLines(
                        "autol2: --set: data.labelNoise has no effect with data.task = regression, got 0.1");
        assertThat(program.exitCode()).isEqualTo(2);
    }

    @Test
    void aTableOfManyNumbersIsRefusedUntilItsTaskIsSaid() {
        Program program = run("train", "data.task=auto");

        assertThat(program.errors())
                .contains("that looks like a quantity to predict; set data.task=regression, or data.task=classes if "
                        + "they are classes");
        assertThat(program.exitCode()).isEqualTo(2);
    }
}
