package io.github.autol2.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.autol2.dl4j.SavedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

@Tag("slow")
class ClassWeightsCommandTest {

    @TempDir
    private Path folder;

    private Path table;

    /** One row of 20 is of the rare class, which overlaps with the other one. */
    @BeforeEach
    void writeTheTable() throws IOException {
        Random random = new Random(1);
        StringBuilder rows = new StringBuilder("x,y,kind\n");
        for (int i = 0; i < 1000; i++) {
            boolean rare = i % 20 == 0;
            rows.append((rare ? 1.2 : 0) + random.nextGaussian())
                    .append(',')
                    .append(random.nextGaussian())
                    .append(',')
                    .append(rare ? "rare" : "usual")
                    .append('\n');
        }
        table = Files.writeString(folder.resolve("table.csv"), rows);
    }

    private Program run(String command, String... settings) {
        return Program.on(List.of("data.kind=csv", "data.path=" + table), command, folder.resolve("out"), settings);
    }

    private Program train(String weights) {
        return run(
                "train",
                "data.classWeights=" + weights,
                "train.steps=200",
                "lambda.mode=constant",
                "lambda.value=0.01",
                "model.depth=1",
                "model.width=8",
                "seeds=1,2");
    }

    private JsonNode mean() throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve("out/result.json").toFile())
                .get("mean");
    }

    @Test
    void weightsRaiseTheBalancedAccuracyOfARareClass() throws IOException {
        // given
        assertThat(train("none").errors()).isEmpty();
        JsonNode before = mean();
        for (String earlier : List.of("result.json", "curve.csv", "model.zip")) {
            Files.delete(folder.resolve("out").resolve(earlier));
        }

        // when
        Program program = train("balanced");

        // then
        assertThat(program.errors()).isEmpty();
        assertThat(program.output()).contains("best validation balanced %", "balanced % there");
        JsonNode after = mean();
        assertThat(before.get("testFinal").asDouble()).isGreaterThan(0.92);
        assertThat(before.get("balancedAccuracy").get("testFinal").asDouble()).isLessThan(0.6);
        assertThat(after.get("balancedAccuracy").get("testFinal").asDouble()).isGreaterThan(0.65);
        assertThat(after.get("testFinal").asDouble())
                .isLessThan(before.get("testFinal").asDouble());
    }

    /** The rows are compared by balanced accuracy; short runs and AutoL2 do not know it. */
    @Test
    void tuneSaysWhatGoesByPlainAccuracy() throws IOException {
        Program program = run(
                "tune", "data.classWeights=balanced", "train.steps=60", "model.depth=1", "model.width=8", "seeds=1");

        assertThat(program.errors()).isEmpty();
        assertThat(program.output())
                .containsOnlyOnce(
                        "Note: with data.classWeights=balanced, calibration runs, races and AutoL2 with validation data still go by "
                                + "plain accuracy and the weighted loss")
                .contains(" won: its validation balanced accuracy is the highest.");
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains(
                        "show when validation accuracy peaks",
                        "Validation accuracy of the calibration runs",
                        "when validation accuracy has stopped improving",
                        "still go by plain accuracy")
                .doesNotContain("Validation balanced accuracy of the calibration runs");
    }

    /** A network that gives no numbers seems to say the first class, which 9 of 10 rows have. */
    @Test
    void aNetworkThatDivergesHasNoAccuracy() throws IOException {
        StringBuilder rows = new StringBuilder("x,kind\n");
        for (int i = 0; i < 100; i++) {
            rows.append(i * i % 17).append(',').append(i % 10 == 0 ? "b" : "a").append('\n');
        }
        Files.writeString(table, rows);

        Program program = run(
                "train",
                "lambda.mode=constant",
                "lambda.value=1000",
                "train.learningRate=1000",
                "train.steps=60",
                "seeds=1");

        assertThat(program.errors()).isEmpty();
        assertThat(program.output()).contains("Note: the network of seed 1 diverged and gives no finite numbers");
        assertThat(mean().get("testFinal").isNull()).isTrue();
    }

    @Test
    void theWeightsAreThoseOfTheLossOfDeeplearning4j() throws IOException {
        assertThat(train("balanced").errors()).isEmpty();

        MultiLayerNetwork network = (MultiLayerNetwork) SavedNetwork.read(folder.resolve("out/model.zip"));
        LossMCXENT loss =
                (LossMCXENT) ((BaseOutputLayer) network.getOutputLayer().conf().getLayer()).getLossFn();
        INDArray weights = loss.getWeights();
        assertThat(weights.length()).isEqualTo(2);
        assertThat(weights.getDouble(0)).isGreaterThan(5); // 20 / 2 but for the division of the rows
        assertThat(weights.getDouble(1)).isBetween(0.5, 0.56);
    }

    @Test
    void dataShowsTheWeights() {
        assertThat(run("data", "data.classWeights=balanced").output())
                .containsPattern("Weights of the classes in the loss: rare \\d+\\.\\d+, usual 0\\.5\\d+\\.");
        assertThat(run("data").output()).doesNotContain("Weights");
    }

    @Test
    void refusesWeightsWhereNothingTakesThem() {
        assertThat(run("data", "data.classWeights=balanced", "data.task=regression")
                        .errors())
                .isEqualToIgnoringNewLines(
                        "autol2: --set: data.classWeights has no effect with data.task = regression, got balanced");
        assertThat(run("data", "data.classWeights=balanced", "model.kind=file", "model.file=" + table)
                        .errors())
                .isEqualToIgnoringNewLines(
                        "autol2: --set: data.classWeights has no effect with model.kind = file, got balanced");
    }
}
