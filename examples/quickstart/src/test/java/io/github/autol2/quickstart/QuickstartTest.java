package io.github.autol2.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import io.github.autol2.dl4j.SavedNetwork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Each program runs, and what it prints makes sense. */
@Tag("slow")
class QuickstartTest {

    /** Half moons of this noise can be told apart in 92 % of the cases or so; by chance in 50 %. */
    private static final double LEARNED = 0.85;

    /** The widths of the search are drawn anew each time, so one of its networks may do worse than the others. */
    private static final double BETTER_THAN_A_GUESS = 0.6;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream console = System.out;

    @TempDir
    private Path folder;

    @BeforeEach
    void catchOutput() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void releaseOutput() {
        System.setOut(console);
        console.print(printed.toString(StandardCharsets.UTF_8));
    }

    @Test
    void theListenerSetsLambdaAndTheNetworkLearns() {
        WithListener.main();

        assertThat(number("lambda at the end: (\\S+),")).isPositive();
        assertThat(number("validation accuracy: ([0-9.]+)")).isGreaterThan(LEARNED);
    }

    @Test
    void earlyStoppingStopsEarlyAndReportsTheBestNetwork() {
        WithEarlyStopping.main();

        assertThat(number("stopped after epoch (\\d+)")).isLessThan(number("stopped after epoch \\d+ of (\\d+)"));
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("by NoImprovementSinceDivision");
        assertThat(number("validation accuracy ([0-9.]+)")).isGreaterThan(LEARNED);
        assertThat(number("best epoch (\\d+)")).isLessThan(number("stopped after epoch (\\d+)"));
    }

    @Test
    void theCalibrationPredictsASmallerLambdaForALongerRun() {
        CalibrateAndSet.main();

        List<Double> lambdas = numbers("iterations: lambda (\\S+)");
        assertThat(lambdas).hasSize(2);
        assertThat(lambdas.get(1)).isPositive().isLessThanOrEqualTo(lambdas.get(0));
        assertThat(number("validation accuracy: ([0-9.]+)")).isGreaterThan(LEARNED);
    }

    @Test
    void heldOutDataChooseLambdaAndTheBestNetwork() {
        WithValidation.main();

        assertThat(number("first lambda (\\S+) of")).isPositive();
        assertThat(number("that of iteration (\\d+) of")).isBetween(1.0, 1000.0);
        assertThat(number("validation accuracy: ([0-9.]+)")).isGreaterThan(LEARNED);
    }

    @Test
    void aRunThatWasStoppedEndsLikeOneThatWasNot() throws IOException {
        Path stopped = folder.resolve("stopped.zip");
        StopAndResume.train(stopped, 40);
        printed.reset();

        StopAndResume.main(stopped.toString());

        String resumed = printed.toString(StandardCharsets.UTF_8);
        printed.reset();
        StopAndResume.main(folder.resolve("whole.zip").toString());
        assertThat(resumed).isEqualTo("goes on after epoch 40" + System.lineSeparator() + printed);
        assertThat(number("validation accuracy ([0-9.]+)")).isGreaterThan(LEARNED);
    }

    /** The file is of {@code autol2 train} on 120 rows: daisies are about 2 long and 0.5 wide, irises 4 and 1.5. */
    @Test
    void newRowsAreClassifiedByAFileOfTheProgram() throws Exception {
        String model =
                Path.of(QuickstartTest.class.getResource("model.zip").toURI()).toString();

        ClassifyNewRows.main(model, "2.1", "0.4");
        ClassifyNewRows.main(model, "3.9", "1.6");

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("[2.1, 0.4]: daisy with", "[3.9, 1.6]: iris with");
        assertThat(numbers("probability ([0-9.]+)"))
                .allSatisfy(probability -> assertThat(probability).isBetween(0.8, 1.0));
    }

    @Test
    void aNewRowOfARegressionGetsItsQuantity() throws IOException {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list(new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .nIn(1)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
        network.init(Nd4j.createFromArray(new float[][] {{2, 0}}), false);
        Path model = folder.resolve("regression.zip");
        SavedNetwork.write(
                network,
                model,
                false,
                entry("{\"features\":[{\"mean\":1.0,\"deviation\":2.0,\"categories\":[]}],"
                        + "\"target\":{\"mean\":100.0,\"deviation\":10.0}}"));

        ClassifyNewRows.main(model.toString(), "4");

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("[4]: 130.0"); // 100 + 10 * 2 * (4 - 1) / 2
        assertThatThrownBy(() -> ClassifyNewRows.main(model.toString(), "4", "5"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the row must have 1 numbers, got 2");
        for (String other : List.of("", "0,4", "four", "NaN")) {
            assertThatThrownBy(() -> ClassifyNewRows.main(model.toString(), other))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(
                            "only numbers such as 0.4 (autol2 predict takes others): '" + other + "' for ");
        }
    }

    @Test
    void withoutArgumentsTheFileIsThatOfTrain() {
        assertThatThrownBy(() -> ClassifyNewRows.main())
                .isInstanceOf(IOException.class)
                .hasMessage(Path.of("out", "train", "model.zip") + " must be an existing file");
    }

    private static Map<String, byte[]> entry(String table) {
        return Map.of("autol2-table.json", table.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void transferLearningLeavesTheFrozenLayerAlone() {
        TransferredNetwork.main();

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("first layer as before: true");
        assertThat(number("validation accuracy: ([0-9.]+)")).isGreaterThan(LEARNED);
    }

    @Test
    void eachCandidateOfTheSearchHasALambda() throws Exception {
        ArbiterSearch.main();

        assertThat(numbers("with lambda (\\S+)"))
                .hasSize(3)
                .allSatisfy(lambda -> assertThat(lambda).isPositive());
        assertThat(numbers("([0-9.]+) with lambda"))
                .anySatisfy(accuracy -> assertThat(accuracy).isGreaterThan(LEARNED))
                .allSatisfy(accuracy -> assertThat(accuracy).isGreaterThan(BETTER_THAN_A_GUESS));
    }

    @Test
    void theTheoryFollowsAWideNetworkAtFirst() {
        TheoryOfANetwork.main();

        assertThat(number("k = (\\S+),")).isEqualTo(2);
        List<Double> measured = numbers("loss ([0-9.]+), theory");
        List<Double> predicted = numbers("theory ([0-9.]+)");
        assertThat(measured).hasSize(5);
        assertThat(predicted.get(0)).isEqualTo(measured.get(0));
        assertThat(predicted.get(1)).isCloseTo(measured.get(1), withPercentage(10));
    }

    @Test
    void noProgramIsLongerThanSixtyLines() throws IOException {
        Path sources = Path.of("src/main/java/io/github/autol2/quickstart");
        try (Stream<Path> files = Files.list(sources)) {
            List<Path> programs = files.filter(file -> read(file).contains("static void main"))
                    .toList();
            assertThat(programs)
                    .hasSizeBetween(6, 9)
                    .allSatisfy(file -> assertThat(read(file).lines()).hasSizeLessThanOrEqualTo(60));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double number(String pattern) {
        List<Double> numbers = numbers(pattern);
        assertThat(numbers).as("%s in %s", pattern, printed).isNotEmpty();
        return numbers.get(numbers.size() - 1);
    }

    private List<Double> numbers(String pattern) {
        return Pattern.compile(pattern)
                .matcher(printed.toString(StandardCharsets.UTF_8))
                .results()
                .map((MatchResult match) -> Double.valueOf(match.group(1)))
                .toList();
    }
}
