package io.github.autol2.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.autol2.program.data.SplitSizes;
import io.github.autol2.program.data.SyntheticDigits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.dataset.DataSet;

@Tag("slow")
class TuneCommandTest {

    /** With the folders one and two, of a run on so many threads; tests only read them. */
    @TempDir
    private static Path shared;

    private static Program one;
    private static Program two;

    @TempDir
    private Path folder;

    @BeforeAll
    static void tune() {
        one = Program.small("tune", shared.resolve("one").toString(), "--threads", "1");
        two = Program.small("tune", shared.resolve("two").toString(), "--threads", "2");
    }

    @Test
    void writesTheDocumentedFilesAndPrintsTheComparison() throws IOException {
        // when
        Program program =
                Program.small("tune", folder.toString(), "--grid", "2", "--set", "calibration.budgets=100,1000");

        // then: what it prints
        assertThat(program.errors()).isEmpty();
        assertThat(program.exitCode()).isZero();
        assertThat(program.output())
                .contains(
                        "c = ",
                        "For 60 steps: lambda ",
                        "For 1000 steps: lambda ",
                        "prediction",
                        "AutoL2 with validation data",
                        "no penalty",
                        "free rule 1/(etaEff T)",
                        "l2 = 1e-4",
                        " won: its validation accuracy is the highest.",
                        "paired over 2 seeds",
                        "Written to " + folder);

        // then: tune.json
        JsonNode tune = json("tune.json");
        assertThat(names(tune)).containsExactly("config", "versions", "calibration", "rows", "winner");
        assertThat(tune.at("/config/data.split").asText()).isEqualTo("seeds");
        assertThat(names(tune.get("calibration")))
                .contains("lambda", "tStar", "c", "cLow", "cHigh", "stepsSpent", "predictions", "warnings");
        assertThat(tune.at("/calibration/predictions")).hasSize(3);
        assertThat(tune.at("/calibration/stepsSpent").asLong()).isPositive().isLessThanOrEqualTo(2 * (30 + 8 * 60));
        assertThat(tune.at("/calibration/races")).hasSize(2);
        assertThat(tune.at("/calibration/regime").asText()).isIn("time", "level");
        assertThat(program.output()).containsOnlyOnce("A race of short runs ");
        assertThat(tune.get("rows"))
                .extracting(row -> row.get("name").asText())
                .containsExactly("predicted", "validated", "none", "free-rule", "habit", "grid-1", "grid-2");
        assertThat(tune.get("rows")).allSatisfy(row -> {
            assertThat(names(row))
                    .contains("name", "lambda", "testAtBest", "standardError", "stepsToBest", "stepsSpent");
            assertThat(row.get("runs")).hasSize(2);
        });
        assertThat(tune.at("/rows/1/lambda").isNull()).isTrue();
        assertThat(tune.at("/rows/2/lambda").asDouble()).isZero();
        assertThat(tune.at("/rows/3/lambda").isNull()).isTrue();
        assertThat(tune.at("/rows/4/lambda").asDouble()).isEqualTo(1e-4);
        assertThat(tune.at("/rows/6/lambda").asDouble()
                        / tune.at("/rows/5/lambda").asDouble())
                .isCloseTo(1e4, org.assertj.core.api.Assertions.within(1e-6));
        assertThat(tune.at("/rows/0/stepsSpent").asLong())
                .isEqualTo(120 + tune.at("/calibration/stepsSpent").asLong());
        assertThat(tune.at("/rows/1/stepsSpent").asLong()).isGreaterThan(120);
        assertThat(tune.at("/rows/2/stepsSpent").asLong()).isEqualTo(120);

        // then: the tables, and nothing left over; so short a run with validation data is all race, with its best and
        // its last
        assertThat(Files.readString(folder.resolve("curves.csv")).lines())
                .hasSize(1 + 6 * 2 * 3 + 2 * 2)
                .first()
                .asString()
                .startsWith("row,seed,step,lambda");
        assertThat(Files.readString(folder.resolve("calibration.csv")))
                .startsWith("seed,lambda,step,validationAccuracy\n");
        assertThat(folder.resolve("unfinished")).doesNotExist();

        // then: the winner's networks, which are those of its row
        assertThat(accuracy("best.zip", tune)).isEqualTo(winner(tune, "testAtBest"));
        assertThat(accuracy("last.zip", tune)).isEqualTo(winner(tune, "testFinal"));
    }

    /** What the winner's row says of the seed whose networks are saved. */
    private static double winner(JsonNode tune, String figure) {
        for (JsonNode row : tune.get("rows")) {
            if (row.get("name").equals(tune.at("/winner/row"))) {
                for (JsonNode run : row.get("runs")) {
                    if (run.get("seed").equals(tune.at("/winner/seedOfTheNetworks"))) {
                        return run.at("/accuracy/" + figure).asDouble();
                    }
                }
            }
        }
        throw new AssertionError("no winner in " + tune);
    }

    /** Test accuracy of a saved network on its own seed's division of the examples. */
    private double accuracy(String network, JsonNode tune) throws IOException {
        long seed = tune.at("/winner/seedOfTheNetworks").asLong();
        Map<String, String> config = new ObjectMapper().convertValue(tune.get("config"), new TypeReference<>() {});
        DataSet test = new SyntheticDigits()
                .load(
                        new SplitSizes(
                                Integer.parseInt(config.get("data.trainSize")),
                                Integer.parseInt(config.get("data.validationSize")),
                                Integer.parseInt(config.get("data.testSize"))),
                        seed)
                .test();
        MultiLayerNetwork loaded =
                MultiLayerNetwork.load(folder.resolve(network).toFile(), true);
        int[] predicted = loaded.output(test.getFeatures()).argMax(1).toIntVector();
        int[] actual = test.getLabels().argMax(1).toIntVector();
        return (double) IntStream.range(0, actual.length)
                        .filter(i -> actual[i] == predicted[i])
                        .count()
                / actual.length;
    }

    @Test
    void writesTheSameWithOneThreadAndWithTwo() throws IOException {
        assertThat(one.exitCode()).isZero();
        assertThat(table(two)).isEqualTo(table(one)).contains("AutoL2 with validation data");
        assertThat(shared.resolve("two/curves.csv")).hasSameBinaryContentAs(shared.resolve("one/curves.csv"));
        ObjectNode first = (ObjectNode) withoutSeconds(shared.resolve("one"));
        ObjectNode second = (ObjectNode) withoutSeconds(shared.resolve("two"));
        assertThat(((ObjectNode) first.get("config")).remove("tune.threads").asText())
                .isEqualTo("1");
        assertThat(((ObjectNode) second.get("config")).remove("tune.threads").asText())
                .isEqualTo("2");
        assertThat(second).isEqualTo(first);
    }

    private static String table(Program program) {
        return program.output().substring(0, program.output().indexOf("Written to"));
    }

    /** The first evaluation of a network without a penalty shows its examples and its initial weights. */
    @Test
    void divideTheExamplesAnewForEachSeedUnlessToldOtherwise() throws IOException {
        Program.small("tune", folder.resolve("fixed").toString(), "--threads", "1", "--set", "data.split=fixed");

        List<String> own = noPenalty(shared.resolve("one"));
        List<String> fixed = noPenalty(folder.resolve("fixed"));
        assertThat(own.get(0)).isEqualTo(fixed.get(0)); // seed 1 has the first division
        assertThat(own.get(1)).isNotEqualTo(fixed.get(1));
        assertThat(json("fixed/tune.json").at("/rows/0/lambda").asDouble())
                .isEqualTo(json("fixed/tune.json")
                        .at("/calibration/predictions/0/lambda")
                        .asDouble());
    }

    /** The first row of each seed in curves.csv. */
    private static List<String> noPenalty(Path run) throws IOException {
        return Files.readAllLines(run.resolve("curves.csv")).stream()
                .filter(line -> line.matches("none,[12],20,.*"))
                .toList();
    }

    @Test
    void theReportNeedsNothingFromOutside() throws IOException {
        String page = Files.readString(shared.resolve("one/report.html"));
        assertThat(page)
                .contains(
                        "Which L2 coefficient?",
                        " won: its validation accuracy is the highest.",
                        "<svg",
                        "Accuracy against lambda",
                        "Calibration runs",
                        "AutoL2");
        assertThat(page.replace("http://www.w3.org/", ""))
                .doesNotContain("http:", "https:", "<script", "@import", "<img", "<link rel=\"style");
        assertThat(page.split("<svg", -1)).hasSize(5);
    }

    /** Killed in the middle of the calibration, and in the middle of the training. */
    @ParameterizedTest
    @ValueSource(strings = {"calibration-seed1.json", "validated-seed1.json"})
    void goesOnAfterAKillWithTheSameResult(String part) throws Exception {
        // given
        assertThat(two.exitCode()).isZero();
        Path cut = folder.resolve("cut");
        Program.killedWhenThereIs(cut.resolve("unfinished/" + part), "tune", cut.toString(), "--threads", "2");
        assertThat(cut.resolve("unfinished/" + part)).exists();
        assertThat(cut.resolve("unfinished/habit-seed2.json")).doesNotExist();
        assertThat(cut.resolve("tune.json")).doesNotExist();

        // when
        Program forgotten = Program.small("tune", cut.toString());
        Program other = Program.small("tune", cut.toString(), "--resume", "--set", "train.learningRate=0.06");
        Program resumed = Program.small("tune", cut.toString(), "--resume", "--grid", "0", "--threads", "2");

        // then
        assertThat(forgotten.exitCode()).isEqualTo(2);
        assertThat(forgotten.errors()).contains("holds the finished parts of an interrupted run: go on with --resume");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.errors()).contains("train.learningRate was 0.05 and is 0.06");
        assertThat(resumed.errors()).contains("Going on with the interrupted run");
        assertThat(resumed.exitCode()).isZero();
        assertThat(withoutSeconds(cut)).isEqualTo(withoutSeconds(shared.resolve("two")));
        assertThat(cut.resolve("curves.csv")).hasSameBinaryContentAs(shared.resolve("two/curves.csv"));
        assertThat(cut.resolve("unfinished")).doesNotExist();
    }

    @Test
    void anotherGridFindsItsOwnRunsAmongTheFinishedOnes() throws Exception {
        Program.killedWhenThereIs(
                folder.resolve("unfinished/none-seed1.json"),
                "tune",
                folder.toString(),
                "--grid",
                "3",
                "--set",
                "seeds=1");

        Program.small("tune", folder.toString(), "--resume", "--grid", "5", "--set", "seeds=1");

        JsonNode rows = json("tune.json").get("rows");
        assertThat(rows)
                .hasSize(10)
                .allSatisfy(row -> row.get("runs")
                        .forEach(run -> assertThat(row.get("lambda").isNull()
                                        || row.get("lambda").asDouble()
                                                == run.at("/lambda/initial").asDouble())
                                .isTrue()));
    }

    @Test
    void leavesForeignFilesInTheFolderOfItsPartsAlone() throws IOException {
        Path foreign = Files.writeString(
                Files.createDirectories(folder.resolve("unfinished")).resolve("thesis.txt"), "mine");

        Program.small("calibrate", folder.toString());

        assertThat(foreign).hasContent("mine");
        assertThat(folder.resolve("unfinished/settings.json")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"settings.json, --restart", "data.json, --quiet", "backup.zip, --resume"})
    void refusesAFolderOfSomebodyElsesFilesInThePlaceOfItsParts(String name, String option) throws IOException {
        Path foreign = Files.writeString(
                Files.createDirectories(folder.resolve("unfinished")).resolve(name), "{}");

        Program program = Program.run("calibrate", "--out", folder.toString(), option);

        assertThat(program.errors())
                .isEqualTo(
                        "autol2: " + folder.resolve("unfinished") + " holds files that autol2 has not written, such as "
                                + name + ": move them away, or choose another --out\n");
        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(foreign).hasContent("{}");
    }

    @Test
    void restartThrowsThePartsAway() throws Exception {
        Program.killedWhenThereIs(
                folder.resolve("unfinished/calibration-seed1.json"), "tune", folder.toString(), "--set", "seeds=1");

        Program restarted = Program.small("tune", folder.toString(), "--restart", "--set", "seeds=1");

        assertThat(restarted.errors())
                .startsWith("A run in " + folder + " (process ")
                .endsWith(") has ended without giving its lock back: the lock is stale and taken over.\n")
                .containsOnlyOnce("\n");
        assertThat(restarted.exitCode()).isZero();
    }

    @Test
    void resumeWithoutAnInterruptedRunBeginsAndSaysSo() {
        Program program = Program.small("calibrate", folder.toString(), "--resume");

        assertThat(program.errors())
                .isEqualTo("There is no interrupted run in " + folder + ": beginning from the start.\n");
        assertThat(program.exitCode()).isZero();
    }

    @Test
    void calibratesAndWritesTheDocumentedFiles() throws IOException {
        Program program = Program.small("calibrate", folder.toString());

        assertThat(program.exitCode()).isZero();
        assertThat(program.output()).contains("c = ", "For 60 steps: lambda ");
        JsonNode calibration = json("calibration.json");
        assertThat(names(calibration))
                .contains("lambda", "tStar", "c", "cLow", "cHigh", "stepsSpent", "predictions", "warnings");
        assertThat(names(calibration.at("/predictions/0"))).contains("steps", "lambda", "low", "high");
        assertThat(calibration.get("tStar").size())
                .isEqualTo(calibration.get("lambda").size());
        assertThat(folder.resolve("calibration.csv")).exists();
    }

    @Test
    void withoutARaceThePredictionIsThePapers() throws IOException {
        Program program = Program.small("calibrate", folder.toString(), "--set", "calibration.race=false");

        JsonNode calibration = json("calibration.json");
        assertThat(program.output()).doesNotContain("race of short runs");
        assertThat(calibration.get("regime").asText()).isEqualTo("untested");
        assertThat(calibration.get("races")).isEmpty();
        double law = calibration.get("c").asDouble() / 60;
        assertThat(calibration.at("/predictions/0/lambda").asDouble())
                .isEqualTo(Math.min(law, calibration.get("harmlessLambda").asDouble()));
    }

    @Test
    void predictsForTheFirstDecayOfTheLearningRate() throws IOException {
        Program.small("calibrate", folder.toString(), "--set", "train.schedule=0.2@0.3,0.6");

        assertThat(json("calibration.json").at("/predictions/0/steps").asLong()).isEqualTo(18);
        assertThat(json("calibration.json").at("/races/0/steps").asLong()).isEqualTo(60);
        assertThat(json("calibration.json").at("/races/0/stepsToFirstDrop").asLong())
                .isEqualTo(18);
    }

    @Test
    void trainsWithAPredictedLambda() throws IOException {
        Program program = Program.train(folder.toString(), "lambda.mode=predicted", "calibration.share=0.5", "seeds=1");

        assertThat(program.errors()).isEmpty();
        assertThat(program.output()).contains("For 60 steps: lambda ");
        assertThat(json("result.json").at("/runs/0/lambda/mode").asText()).isEqualTo("predicted");
        assertThat(json("result.json").at("/runs/0/lambda/initial").asDouble()).isPositive();
    }

    private JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(folder.resolve(name).toFile());
    }

    private static JsonNode withoutSeconds(Path out) throws IOException {
        JsonNode tune = new ObjectMapper().readTree(out.resolve("tune.json").toFile());
        tune.get("rows").forEach(row -> row.get("runs").forEach(run -> ((ObjectNode) run).remove("seconds")));
        return tune;
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
