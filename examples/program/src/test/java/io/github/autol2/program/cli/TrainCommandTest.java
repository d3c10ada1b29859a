package io.github.autol2.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.autol2.dl4j.SavedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

@Tag("slow")
class TrainCommandTest {

    @TempDir
    private Path folder;

    @Test
    void writesTheDocumentedFilesAndPrintsTableAndTrajectory() throws IOException {
        // when
        Program program = Program.train(folder.toString());

        // then: what it prints
        assertThat(program.errors()).isEmpty();
        assertThat(program.exitCode()).isZero();
        assertThat(program.output())
                .contains(" mean |", "std. error", "seed 1: lambda 0", "seed 2: lambda 0", "Written to " + folder);

        // then: result.json
        JsonNode result =
                new ObjectMapper().readTree(folder.resolve("result.json").toFile());
        assertThat(names(result)).containsExactly("config", "versions", "runs", "modelSeed", "mean", "standardError");
        assertThat(result.at("/config/train.steps").asText()).isEqualTo("60");
        assertThat(result.get("runs")).hasSize(2);
        assertThat(result.get("versions"))
                .allSatisfy(version ->
                        assertThat(version.asText()).isNotEqualTo("null").isNotBlank());
        assertThat(result.at("/versions/deeplearning4j").asText()).isEqualTo("1.0.0-M2.1");
        JsonNode run = result.at("/runs/1");
        assertThat(names(run)).containsExactly("seed", "steps", "seconds", "lambda", "accuracy", "balancedAccuracy");
        assertThat(names(run.get("lambda"))).containsExactly("mode", "initial", "final", "decays");
        assertThat(names(run.get("accuracy")))
                .containsExactly("train", "validationBest", "bestStep", "testAtBest", "testBest", "testFinal", "tStar");
        assertThat(names(run.get("balancedAccuracy")))
                .containsExactly("train", "validationAtBest", "testAtBest", "testFinal");
        assertThat(names(result.get("mean"))).endsWith("tStar", "balancedAccuracy");
        assertThat(result.at("/mean/testFinal").asDouble())
                .isEqualTo((result.at("/runs/0/accuracy/testFinal").asDouble()
                                + result.at("/runs/1/accuracy/testFinal").asDouble())
                        / 2);

        // then: curve.csv, three evaluations for each seed
        String curve = Files.readString(folder.resolve("curve.csv"));
        assertThat(curve).doesNotContain("\r");
        assertThat(curve.lines())
                .hasSize(7)
                .first()
                .isEqualTo("seed,step,lambda,eta,loss,penalty,trainError,validationAccuracy,testAccuracy,"
                        + "trainBalancedAccuracy,validationBalancedAccuracy,testBalancedAccuracy");
        assertThat(curve.lines().skip(1))
                .allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(12));

        // then: model.zip is plain Deeplearning4j and holds the rule's state
        Path model = folder.resolve("model.zip");
        assertThat(MultiLayerNetwork.load(model.toFile(), true).getnLayers()).isEqualTo(4);
        assertThat(SavedRun.readFrom(model)).hasToString("AutoL2 before iteration 60");
    }

    @Test
    void repeatsItselfToTheLastDigit() throws IOException {
        Program.train(folder.resolve("a").toString(), "seeds=5");
        Program.train(folder.resolve("b").toString(), "seeds=5");

        assertThat(folder.resolve("a/curve.csv")).hasSameBinaryContentAs(folder.resolve("b/curve.csv"));
        assertThat(withoutSeconds("a")).isEqualTo(withoutSeconds("b"));
    }

    @Test
    void showsProgressUnlessQuiet() {
        Program program = Program.run(
                "train",
                "--out",
                folder.toString(),
                "--set",
                "train.steps=10",
                "--set",
                "seeds=1",
                "--set",
                "data.trainSize=32",
                "--set",
                "data.testSize=10",
                "--set",
                "train.batchSize=16");

        assertThat(program.errors().lines())
                .hasSize(10)
                .last()
                .asString()
                .matches("seed 1: 100 % \\(10 of 10 steps\\), lambda 0(, .*)?"); // before the data are fitted
    }

    @Test
    void keepsAConstantLambda() throws IOException {
        Program.train(folder.toString(), "lambda.mode=constant", "lambda.value=0.004", "seeds=1");

        MultiLayerNetwork network =
                MultiLayerNetwork.load(folder.resolve("model.zip").toFile(), true);
        assertThat(network.getLayerWiseConfigurations().toJson()).contains("\"value\" : 0.004");
        assertThat(result().at("/runs/0/lambda/initial").asDouble()).isEqualTo(0.004);
        assertThat(result().at("/runs/0/lambda/decays")).isEmpty();
    }

    @Test
    void acceptsLambdaZero() throws IOException {
        Program.train(folder.toString(), "lambda.mode=constant", "lambda.value=0", "seeds=1");

        assertThat(Files.readString(folder.resolve("curve.csv")).lines().skip(1))
                .allSatisfy(line -> assertThat(line.split(",", -1)[5]).isEqualTo("0.0"));
    }

    @Test
    void followsThePapersRule() throws IOException {
        Program.train(folder.toString(), "lambda.mode=paper", "seeds=1", "train.steps=100");

        assertThat(result().at("/runs/0/lambda/initial").asDouble()).isEqualTo(0.1);
        assertThat(result().at("/runs/0/lambda/decays/0/lambda").asDouble()).isEqualTo(0.1 / 10);
        assertThat(result().at("/runs/0/lambda/decays/0/cause").asText()).isIn("loss", "error", "both");
    }

    @Test
    void followsALearningRateSchedule() throws IOException {
        Program.train(folder.toString(), "train.schedule=0.2@0.5", "seeds=1");

        assertThat(Files.readString(folder.resolve("curve.csv")).lines().skip(1).map(line -> line.split(",", -1)[3]))
                .containsExactly("0.05", "0.010000000000000002", "0.010000000000000002");
    }

    @Test
    void trainsAConvolutionalNetworkWithBatchNormalisation() {
        Program program = Program.train(
                folder.toString(),
                "model.kind=cnn",
                "model.batchNorm=true",
                "model.width=4",
                "model.depth=2",
                "seeds=1",
                "train.steps=20");

        assertThat(program.errors()).isEmpty();
        assertThat(program.exitCode()).isZero();
    }

    @Test
    void trainsOnATable() throws IOException {
        StringBuilder table = new StringBuilder("width,height,kind\n");
        for (int i = 0; i < 200; i++) {
            table.append(i % 7)
                    .append(',')
                    .append(i * 31 % 11)
                    .append(',')
                    .append(i % 7 > 3 ? "big" : "small")
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("table.csv"), table);

        Program program = Program.train(folder.toString(), "data.kind=csv", "data.path=" + file, "seeds=1");

        assertThat(program.errors()).isEmpty();
        assertThat(result().at("/mean/testFinal").asDouble()).isGreaterThan(0.9);
    }

    @Test
    void trainsANetworkFromAFile() throws IOException {
        MultiLayerConfiguration configuration = network(10);
        for (String text : List.of(configuration.toJson(), configuration.toYaml())) {
            Path file = Files.writeString(folder.resolve("network.txt"), text);

            Program program = Program.train(folder.toString(), "model.kind=file", "model.file=" + file, "seeds=1");

            assertThat(program.errors()).isEmpty();
            assertThat(result().at("/runs/0/lambda/initial").asDouble()).isPositive();
        }
    }

    @Test
    void trainsAGraphFromAFile() throws IOException {
        String json = new NeuralNetConfiguration.Builder()
                .updater(new Sgd(0.1))
                .graphBuilder()
                .addInputs("in")
                .addLayer(
                        "out",
                        new OutputLayer.Builder(LossFunction.MCXENT)
                                .activation(Activation.SOFTMAX)
                                .nIn(784)
                                .nOut(10)
                                .build(),
                        "in")
                .setOutputs("out")
                .build()
                .toJson();
        Path file = Files.writeString(folder.resolve("graph.json"), json);

        Program program = Program.train(folder.toString(), "model.kind=file", "model.file=" + file, "seeds=1");

        assertThat(program.errors()).isEmpty();
        assertThat(program.exitCode()).isZero();
    }

    @Test
    void aRefusedRunLeavesEarlierResultsInPlace() throws IOException {
        Program.train(folder.toString(), "seeds=1");
        byte[] before = Files.readAllBytes(folder.resolve("result.json"));

        Program refused = Program.train(folder.toString(), "train.learningRate=-1");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(Files.readAllBytes(folder.resolve("result.json"))).isEqualTo(before);
    }

    static MultiLayerConfiguration network(int outputs) {
        return new NeuralNetConfiguration.Builder()
                .updater(new Sgd(0.1))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(784)
                        .nOut(5)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nIn(5)
                        .nOut(outputs)
                        .build())
                .build();
    }

    static MultiLayerConfiguration withoutOutput() {
        return new NeuralNetConfiguration.Builder()
                .updater(new Sgd(0.1))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(784)
                        .nOut(10)
                        .activation(Activation.RELU)
                        .build())
                .build();
    }

    private JsonNode result() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("result.json").toFile());
    }

    private JsonNode withoutSeconds(String name) throws IOException {
        JsonNode result = new ObjectMapper()
                .readTree(folder.resolve(name).resolve("result.json").toFile());
        ((ObjectNode) result.at("/runs/0")).remove("seconds");
        return result;
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new java.util.ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
