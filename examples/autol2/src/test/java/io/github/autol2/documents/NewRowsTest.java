package io.github.autol2.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autol2.program.cli.Autol2;
import io.github.autol2.quickstart.ClassifyNewRows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The quickstart and {@code autol2 predict} answer the same about a row. */
class NewRowsTest {

    private static final List<String> ROW = List.of("3.5", "7", "-1.25");

    @TempDir
    private Path folder;

    private int run(String command, List<String> arguments) {
        return Autol2.run(
                Stream.concat(Stream.of(command, "--quiet"), arguments.stream()).toArray(String[]::new));
    }

    /** Trains on a table with a constant column, and asks both; the second column of the predictions and what the quickstart prints. */
    private String[] asked(String label, String... settings) throws IOException {
        Path table = Files.writeString(
                folder.resolve("table.csv"),
                "size,same,depth,class,price\n"
                        + IntStream.range(0, 100)
                                .mapToObj(i -> i % 2 + i % 7 + ",7," + (i % 11 - 5) / 4.0 + ","
                                        + (i % 2 == 0 ? "small" : "large") + "," + (50 + 3 * (i % 7)) + "\n")
                                .collect(Collectors.joining()));
        Path rows = Files.writeString(folder.resolve("rows.csv"), "size,same,depth\n" + String.join(",", ROW) + "\n");
        Stream<String> all = Stream.concat(
                Stream.of(
                        "data.kind=csv",
                        "data.path=" + table,
                        "data.label=" + label,
                        "train.steps=60",
                        "train.batchSize=16",
                        "seeds=1"),
                Stream.of(settings));
        Path out = folder.resolve(label);
        assertThat(run(
                        "train",
                        Stream.concat(
                                        Stream.of("--out", out.toString()),
                                        all.flatMap(setting -> Stream.of("--set", setting)))
                                .toList()))
                .isZero();
        String model = out.resolve("model.zip").toString();
        assertThat(run("predict", List.of(model, rows.toString(), "--out", out.toString())))
                .isZero();
        return new String[] {
            Files.readAllLines(out.resolve("predictions.csv")).get(1),
            printed(Stream.concat(Stream.of(model), ROW.stream()).toArray(String[]::new))
        };
    }

    private static String printed(String... arguments) throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            ClassifyNewRows.main(arguments);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void theClassAndItsProbabilityAreThoseOfPredict() throws IOException {
        String[] asked = asked("class", "data.drop=price");

        String[] predicted = asked[0].split(",", -1); // line, class, p(large), p(small)
        double probability = Math.max(Double.parseDouble(predicted[2]), Double.parseDouble(predicted[3]));
        assertThat(asked[1]).isEqualTo(String.format("%s: %s with probability %.3f", ROW, predicted[1], probability));
    }

    @Test
    void theQuantityIsThatOfPredict() throws IOException {
        String[] asked = asked("price", "data.drop=class", "data.task=regression");

        double value = Double.parseDouble(asked[1].substring(asked[1].indexOf(": ") + 2));
        assertThat(value).isCloseTo(Double.parseDouble(asked[0].split(",", -1)[1]), within(1e-4));
    }

    @Test
    void aGraphAnswersToo() throws IOException {
        String graph = new NeuralNetConfiguration.Builder()
                .updater(new Sgd(0.1))
                .graphBuilder()
                .addInputs("in")
                .addLayer(
                        "out",
                        new OutputLayer.Builder(LossFunction.MCXENT)
                                .nIn(3)
                                .nOut(2)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "in")
                .setOutputs("out")
                .build()
                .toJson();
        Path file = Files.writeString(folder.resolve("graph.json"), graph);

        String[] asked = asked("class", "data.drop=price", "model.kind=file", "model.file=" + file);

        assertThat(asked[1]).startsWith(ROW + ": " + asked[0].split(",", -1)[1] + " with probability ");
    }
}
