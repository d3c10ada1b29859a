package io.github.autol2.program.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.autol2.dl4j.SavedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;

/** The results of {@code train} against each other and against the settings. */
@Tag("slow")
class TrainRunsTest {

    /** Divides lambda several times within a short run. */
    private static final String[] EAGER = {
        "lambda.mode=paper",
        "lambda.initial=0.08",
        "lambda.decayFactor=2",
        "lambda.refractory=0",
        "lambda.measureEvery=1"
    };

    @TempDir
    private Path folder;

    @Test
    void curveAndResultTellTheSameStory() throws IOException {
        // when
        Program program = train(EAGER);

        // then
        assertThat(column("seed")).containsExactly("1", "1", "1", "2", "2", "2");
        assertThat(column("step")).containsExactly("20", "40", "60", "20", "40", "60");
        for (int run = 0; run < 2; run++) {
            JsonNode entry = result().get("runs").get(run);
            double lambda = 0.08;
            for (JsonNode decay : entry.at("/lambda/decays")) {
                lambda /= 2;
                assertThat(decay.get("lambda").asDouble()).isEqualTo(lambda);
            }
            assertThat(lambda).isLessThan(0.08);
            assertThat(entry.at("/lambda/initial").asDouble()).isEqualTo(0.08);
            assertThat(entry.at("/lambda/final").asDouble()).isEqualTo(lambda);
            assertThat(program.output())
                    .contains("seed " + (run + 1) + ": lambda 0.08 -> 0.04 (step "
                            + entry.at("/lambda/decays/0/iteration") + ", "
                            + entry.at("/lambda/decays/0/cause").asText() + ")");
            int last = 3 * run + 2;
            assertThat(column("lambda").get(last)).isEqualTo(Double.toString(lambda));
            assertThat(column("testAccuracy").get(last))
                    .isEqualTo(entry.at("/accuracy/testFinal").asText());
            assertThat(1 - Double.parseDouble(column("trainError").get(last)))
                    .isCloseTo(entry.at("/accuracy/train").asDouble(), within(1e-12));
        }
    }

    @Test
    void theSavedNetworkHoldsTheLastLambda() throws IOException {
        // when
        train(EAGER);

        // then
        double last = result().get("runs")
                .get(result().get("modelSeed").asInt() - 1)
                .at("/lambda/final")
                .asDouble();
        MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(model().toFile(), true);
        assertThat(network.getLayers())
                .hasSize(4)
                .allSatisfy(layer -> assertThat(lambda(layer)).isEqualTo(last));
        assertThat(network.getIterationCount()).isEqualTo(60);
        assertThat(network.getUpdater().getStateViewArray()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.004})
    void theSavedNetworkHoldsAConstantLambda(double value) throws IOException {
        train("lambda.mode=constant", "lambda.value=" + value);

        assertThat(column("lambda")).containsOnly(Double.toString(value));
        MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(model().toFile(), true);
        assertThat(network.getLayers())
                .allSatisfy(layer -> assertThat(lambda(layer)).isEqualTo(value));
        assertThatThrownBy(() -> SavedRun.readFrom(model()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds no AutoL2 state");
    }

    @Test
    void savesTheSeedWithTheBestFinalValidationAccuracy() throws IOException {
        train("seeds=1,2,3", "train.steps=20");

        List<Double> accuracies =
                column("validationAccuracy").stream().map(Double::valueOf).toList();
        double best = accuracies.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        assertThat(result().get("modelSeed").asInt()).isEqualTo(accuracies.indexOf(best) + 1);
    }

    /** The network from the file has dropout, whose draws must repeat, too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lambda.mode=paper lambda.initial=0.01",
                "train.updater=adam",
                "model.kind=cnn model.batchNorm=true model.width=2 model.depth=1",
                "model.kind=file model.file=FILE"
            })
    void theSameCommandGivesTheSameResults(String settings) throws IOException {
        // given
        String file = Files.writeString(
                        folder.resolve("network.json"),
                        Inputs.network(new Sgd(0.1), 784, 10).toJson())
                .toString();
        String[] list = (settings.replace("FILE", file) + " train.steps=20").split(" ", -1);

        // when
        train(list);
        byte[] curve = Files.readAllBytes(out().resolve("curve.csv"));
        JsonNode result = withoutSeconds(result());
        train(list);

        // then
        assertThat(Files.readAllBytes(out().resolve("curve.csv"))).isEqualTo(curve);
        assertThat(withoutSeconds(result())).isEqualTo(result);
        assertThat(column("loss")).doesNotHaveDuplicates(); // but each seed is another run
    }

    @Test
    void aSeedGivesTheSameRunInAnyCompany() throws IOException {
        // given
        train();
        List<String> second = Files.readAllLines(out().resolve("curve.csv")).subList(4, 7);

        // when
        train("seeds=2");

        // then
        assertThat(Files.readAllLines(out().resolve("curve.csv")).subList(1, 4)).isEqualTo(second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "yaml"})
    void trainsAGraphFromAFileWithItsOwnLearningRate(String format) throws IOException {
        // given
        var graph = Inputs.graph(new Sgd(0.25), 784, 10);
        Path file = Files.writeString(
                folder.resolve("graph." + format), format.equals("json") ? graph.toJson() : graph.toYaml());

        // when
        train("model.kind=file", "model.file=" + file, "train.steps=20");

        // then
        assertThat(column("eta")).containsOnly("0.25");
        ComputationGraph trained = ModelSerializer.restoreComputationGraph(model().toFile(), true);
        assertThat(trained.getLayers())
                .hasSize(2)
                .allSatisfy(layer -> assertThat(lambda(layer)).isPositive().isLessThan(1 / (200 * 0.25)));
        assertThat(SavedRun.readFrom(model())).hasToString("AutoL2 before iteration 20");
    }

    @Test
    void learnsFromIdxFiles() throws IOException {
        Path digits = Inputs.digits(folder.resolve("digits"));

        Program program = train("data.kind=idx", "data.path=" + digits, "train.steps=20");

        assertThat(program.exitCode()).isZero();
        assertThat(ModelSerializer.restoreMultiLayerNetwork(model().toFile(), true)
                        .layerSize(3))
                .isEqualTo(3);
    }

    /** 64 rows in batches of 30 are three iterations an epoch. */
    @Test
    void countsTheLengthInEpochs() throws IOException {
        run(
                "train.epochs=4",
                "train.batchSize=30",
                "train.evaluateEvery=5",
                "seeds=1",
                "data.trainSize=64",
                "data.testSize=64");

        assertThat(column("step")).containsExactly("5", "10", "12");
        assertThat(result().at("/runs/0/steps").asInt()).isEqualTo(12);
        assertThat(result().at("/config/train.steps").asText()).isEqualTo("unused");
    }

    /** The column holds eta of the next iteration: the 15th of 30 is the first of the second half. */
    @ParameterizedTest
    @ValueSource(strings = {"sgd", "nesterovs", "adam", "rmsprop"})
    void dropsTheLearningRateAtTheBorderOfTheSchedule(String updater) throws IOException {
        train(
                "train.schedule=0.5@0.5",
                "train.steps=30",
                "train.evaluateEvery=5",
                "seeds=1",
                "train.updater=" + updater);

        assertThat(column("step")).containsExactly("5", "10", "15", "20", "25", "30");
        assertThat(column("eta")).containsExactly("0.05", "0.05", "0.025", "0.025", "0.025", "0.025");
    }

    @Test
    void theCommandLineOverridesAFileOfSettings() throws IOException {
        Path settings = Files.writeString(folder.resolve("run.yaml"), """
                seeds: 1
                train: {steps: 20, batchSize: 32, learningRate: 0.01, momentum: 0.5}
                data: {trainSize: 64, testSize: 64}
                """);

        Program program = Program.run(
                "train",
                "--out",
                out().toString(),
                "--quiet",
                "--config",
                settings.toString(),
                "--set",
                "train.momentum=0.25");

        assertThat(program.exitCode()).isZero();
        assertThat(result().at("/config/train.learningRate").asText()).isEqualTo("0.01");
        assertThat(result().at("/config/train.momentum").asText()).isEqualTo("0.25");
    }

    @Test
    void replacesEarlierResults() throws IOException {
        train("train.steps=20");

        train("train.steps=20", "lambda.mode=constant", "lambda.value=0");

        assertThat(column("lambda")).containsOnly("0.0");
        assertThat(result().at("/config/lambda.mode").asText()).isEqualTo("constant");
        assertThatThrownBy(() -> SavedRun.readFrom(model())).isInstanceOf(IOException.class);
    }

    /** No file can take the place of the folder that is in the way. */
    @Test
    void aFailedRunLeavesEarlierResults() throws IOException {
        // given
        train("train.steps=20");
        Files.delete(out().resolve("curve.csv"));
        Files.createDirectories(out().resolve("curve.csv").resolve("in the way"));
        Map<String, String> before = Inputs.contents(folder);

        // when
        Program program = train("train.steps=20", "train.learningRate=0.01");

        // then
        assertThat(program.exitCode()).isEqualTo(1);
        assertThat(program.output()).isEmpty();
        assertThat(program.errors())
                .isEqualTo("autol2: the run failed: " + out().resolve("curve.csv")
                        + " cannot be written: it is a folder; earlier results are as they were, and the finished parts "
                        + "are kept in " + out().resolve("unfinished")
                        + ": go on with --resume (--verbose shows where)\n");
        Map<String, String> after = Inputs.contents(folder);
        after.keySet().removeIf(path -> path.contains("unfinished"));
        assertThat(after).isEqualTo(before);

        // when what was in the way is gone
        Files.delete(out().resolve("curve.csv/in the way"));
        Files.delete(out().resolve("curve.csv"));
        Program resumed = Program.small(
                "train",
                out().toString(),
                "--resume",
                "--set",
                "train.steps=20",
                "--set",
                "train.learningRate=0.01",
                "--set",
                "calibration.share=0.1");

        // then
        assertThat(resumed.exitCode()).isZero();
        assertThat(result().at("/config/train.learningRate").asText()).isEqualTo("0.01");
        assertThat(column("step")).containsExactly("20", "20");
    }

    @Test
    void quietHidesTheProgressAndNothingElse() {
        String[] settings = Stream.concat(
                        Stream.of(EAGER),
                        Stream.of(
                                "train.steps=2",
                                "seeds=1",
                                "data.trainSize=64",
                                "data.testSize=64",
                                "train.batchSize=32"))
                .toArray(String[]::new);

        Program program = run(settings);
        Program quiet = train(settings);

        assertThat(program.errors())
                .matches("seed 1:  50 % \\(1 of 2 steps\\), lambda 0\\.08\\R"
                        + "seed 1: 100 % \\(2 of 2 steps\\), lambda 0\\.08, loss \\d\\.\\d{4}\\R");
        assertThat(quiet.errors()).isEmpty();
        assertThat(quiet.output().lines().toList())
                .hasSameSizeAs(program.output().lines().toList());
    }

    private Program train(String... settings) {
        return Program.train(out().toString(), settings);
    }

    /** With these settings and no others, and not quiet. */
    private Program run(String... settings) {
        return Program.run(Stream.concat(
                        Stream.of("train", "--out", out().toString()),
                        Stream.of(settings).flatMap(setting -> Stream.of("--set", setting)))
                .toArray(String[]::new));
    }

    private Path out() {
        return folder.resolve("results").resolve("of today");
    }

    private Path model() {
        return out().resolve("model.zip");
    }

    private JsonNode result() throws IOException {
        return new ObjectMapper().readTree(out().resolve("result.json").toFile());
    }

    private List<String> column(String name) throws IOException {
        List<String> lines = Files.readAllLines(out().resolve("curve.csv"));
        int column = List.of(lines.get(0).split(",", -1)).indexOf(name);
        return lines.stream().skip(1).map(line -> line.split(",", -1)[column]).toList();
    }

    private static JsonNode withoutSeconds(JsonNode result) {
        result.get("runs").forEach(run -> ((ObjectNode) run).remove("seconds"));
        return result;
    }

    /** The L2 coefficient of the layer's weights. */
    private static double lambda(Layer layer) {
        return ((BaseLayer) layer.conf().getLayer())
                .getRegularizationByParam("W").stream()
                        .filter(L2Regularization.class::isInstance)
                        .map(L2Regularization.class::cast)
                        .mapToDouble(l2 -> l2.getL2().valueAt(0, 0))
                        .sum();
    }
}
