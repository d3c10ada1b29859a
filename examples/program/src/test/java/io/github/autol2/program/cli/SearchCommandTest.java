package io.github.autol2.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SearchCommandTest {

    /** Holds the results of {@link #three}; tests only read them. */
    @TempDir
    private static Path shared;

    private static Program three;

    @TempDir
    private Path folder;

    @BeforeAll
    static void searchAmongThree() {
        three = search(shared, "--candidates", "3", "--threads", "2");
    }

    private static Program search(Path out, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--set", "model.width=8", "--set", "data.validationSize=64"));
        all.addAll(List.of(arguments));
        return Program.small("search", out.toString(), all.toArray(String[]::new));
    }

    private Program search(String... arguments) {
        return search(folder.resolve("out"), arguments);
    }

    private static JsonNode json(Path out) throws IOException {
        return new ObjectMapper().readTree(out.resolve("search.json").toFile());
    }

    private JsonNode json() throws IOException {
        return json(folder.resolve("out"));
    }

    @Test
    void writesTheDocumentedFilesAndPrintsTheCandidates() throws IOException {
        // what it prints
        assertThat(three.errors()).isEmpty();
        assertThat(three.exitCode()).isZero();
        assertThat(three.output())
                .contains(
                        "validation %",
                        "updater.learningRate",
                        "layer_0.layers",
                        "layer_0.nOut",
                        "lambda",
                        "The best, candidate ",
                        "Written to ",
                        "report.html, search.json, model.zip.");

        // search.json
        JsonNode search = json(shared);
        assertThat(search.get("candidates")).hasSize(3);
        JsonNode candidate = search.at("/candidates/1");
        assertThat(candidate.at("/hyperparameters/layer_0.nOut").asInt()).isBetween(4, 16);
        assertThat(candidate.at("/hyperparameters/updater.learningRate").asDouble())
                .isBetween(0.01, 0.25);
        assertThat(candidate.at("/lambda/value").asDouble())
                .isPositive()
                .isLessThanOrEqualTo(candidate.at("/lambda/high").asDouble());
        assertThat(candidate.at("/lambda/cLow").asDouble())
                .isLessThan(candidate.at("/lambda/c").asDouble());
        assertThat(candidate.at("/lambda/steps").asInt()).isEqualTo(60);
        assertThat(search.at("/stepsSpent").asInt())
                .isGreaterThan(3 * 60)
                .isLessThanOrEqualTo(3 * (60 + 2 * 30 + 8 * 60));
        assertThat(candidate.at("/status").asText()).isEqualTo("finished");
        assertThat(candidate.at("/reason").asText()).startsWith("trained for ");
        assertThat(candidate.at("/trainingSteps").asInt())
                .isEqualTo(60 + candidate.at("/lambda/calibrationSteps").asInt());
        assertThat(search.at("/trainingSteps").asInt())
                .isEqualTo(search.at("/stepsSpent").asInt())
                .isEqualTo(search.findValues("trainingSteps").stream()
                        .skip(1)
                        .mapToInt(JsonNode::asInt)
                        .sum());
        int best = search.at("/best/candidate").asInt();
        assertThat(search.at("/best/validationAccuracy").asDouble())
                .isEqualTo(
                        search.at("/candidates/" + best + "/validationAccuracy").asDouble());
        assertThat(search.at("/best/testAccuracy").asDouble()).isBetween(0.0, 1.0);

        // the model has its lambda and loads in plain Deeplearning4j, and nothing is left over
        MultiLayerNetwork model =
                MultiLayerNetwork.load(shared.resolve("model.zip").toFile(), true);
        assertThat(model.getLayerWiseConfigurations().toJson())
                .contains("\"value\" : "
                        + search.at("/candidates/" + best + "/lambda/value").asDouble());
        assertThat(shared.resolve("unfinished")).doesNotExist();
    }

    @Test
    void theReportShowsEachHyperparameterAndNeedsNothingFromOutside() throws IOException {
        String page = Files.readString(shared.resolve("report.html"));
        assertThat(page)
                .contains(
                        "Best of 3 candidates",
                        "Accuracy against updater.learningRate",
                        "Accuracy against lambda",
                        "All candidates");
        assertThat(page.replace("http://www.w3.org/", ""))
                .doesNotContain("http:", "https:", "<script", "@import", "<img");
        assertThat(page.split("<svg", -1)).hasSize(1 + 7);
    }

    @Test
    void aGridEndsWhenItIsExhaustedAndNeighboursAreCandidates() throws IOException {
        Program program = search(
                "--generator",
                "grid",
                "--points",
                "2",
                "--set",
                "model.depth=1",
                "--candidates",
                "100",
                "--neighbours",
                "1",
                "--threads",
                "2");

        assertThat(program.errors()).isEmpty();
        assertThat(json().get("candidates")).hasSize(8);
        assertThat(json().at("/candidates/1/lambda/value").asDouble())
                .isLessThan(json().at("/candidates/0/lambda/value").asDouble());
        assertThat(json().at("/candidates/1/lambda/calibration"))
                .isEqualTo(json().at("/candidates/0/lambda/calibration"));
    }

    @Test
    void oneThreadAndTwoFindTheSame() throws IOException {
        search("--generator", "random", "--candidates", "3", "--threads", "1");

        assertThat(withoutTimes()).isEqualTo(withoutTimes(shared));
    }

    /** Without a race, whose result with two threads the random search shows. */
    @ParameterizedTest
    @ValueSource(strings = {"genetic", "tpe"})
    void oneThreadAndTwoLearnTheSameFromTheScores(String generator) throws IOException {
        String[] arguments = {"--generator", generator, "--candidates", "3", "--set", "calibration.race=false"};
        search(with(arguments, "--threads", "2"));
        JsonNode two = withoutTimes();
        search(with(arguments, "--threads", "1", "--restart"));

        assertThat(withoutTimes()).isEqualTo(two);
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
    }

    private JsonNode withoutTimes() throws IOException {
        return withoutTimes(folder.resolve("out"));
    }

    private static JsonNode withoutTimes(Path out) throws IOException {
        JsonNode search = json(out);
        search.get("candidates").forEach(candidate -> ((ObjectNode) candidate).remove("seconds"));
        return search;
    }

    @Test
    void saysThatItCannotBeExtendedBesideFilesOfSomebodyElse() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("out/candidates")).resolve("notes.txt");
        Files.writeString(mine, "mine");

        Program program = search("--candidates", "1");

        assertThat(program.exitCode()).as(program.errors()).isZero();
        assertThat(program.output())
                .contains(
                        "Note: " + mine.getParent() + " holds files that autol2 has not written, so the candidates are "
                                + "not kept there: this search cannot be extended.");
        assertThat(mine).hasContent("mine");
        assertThat(folder.resolve("out/unfinished")).doesNotExist();
    }

    @Test
    void aPrunedSearchSaysWhoWasGivenUpAndWhy() throws IOException {
        // when
        Program program = search("--prune", "asha", "--candidates", "6", "--threads", "1");

        // then
        assertThat(program.exitCode()).isZero();
        List<JsonNode> pruned = new ArrayList<>();
        for (JsonNode candidate : json().get("candidates")) {
            if (candidate.get("status").asText().equals("pruned")) {
                pruned.add(candidate);
            }
        }
        assertThat(pruned).isNotEmpty().hasSizeLessThan(6).allSatisfy(candidate -> {
            assertThat(candidate.get("reason").asText()).contains("was not among the best");
            assertThat(candidate.get("lastStep").asInt()).isIn(0, 6, 20);
            assertThat(candidate.get("lastValidationAccuracy").asDouble()).isBetween(0.0, 1.0);
            if (candidate.get("lastStep").asInt() == 0) { // in its calibration
                assertThat(candidate.get("trainingSteps").asInt()).isPositive();
                assertThat(candidate.has("lambda")).isFalse();
            } else {
                assertThat(candidate.get("trainingSteps").asInt())
                        .isEqualTo(candidate.get("lastStep").asInt()
                                + candidate.at("/lambda/calibrationSteps").asInt());
            }
            assertThat(candidate.has("validationAccuracy")).isFalse();
        });
        assertThat(json().get("decidedByTiming")).isEmpty();
        assertThat(json().at("/config/search.prune").asText()).isEqualTo("asha");
        String reason = "Candidate " + pruned.get(0).get("candidate").asInt() + " pruned: "
                + pruned.get(0).get("reason").asText();
        assertThat(program.output()).contains(reason, "pruned, ");
        assertThat(Files.readString(folder.resolve("out/report.html"))).contains(reason);
    }

    @Test
    void anAdaptiveSearchLowersLambdaWhileItTrains() throws IOException {
        Program program = search("--lambda", "adaptive", "--candidates", "1");

        assertThat(program.exitCode()).isZero();
        assertThat(json().at("/candidates/0/lambda/final").asDouble())
                .isLessThanOrEqualTo(json().at("/candidates/0/lambda/value").asDouble());
        assertThat(json().at("/config/--lambda").asText()).isEqualTo("adaptive");
    }

    @Test
    void aValidatedSearchIsLedByTheValidationData() throws IOException {
        Program program = search("--lambda", "validated", "--candidates", "1");
        JsonNode found = json();
        Program refused = search("--lambda", "validated", "--neighbours", "1");

        assertThat(program.errors()).isEmpty();
        assertThat(program.exitCode()).isZero();
        assertThat(found.at("/candidates/0/status").asText()).isEqualTo("finished");
        assertThat(found.at("/candidates/0/lambda/final").asDouble()).isPositive();
        assertThat(found.at("/config/--lambda").asText()).isEqualTo("validated");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.errors()).contains("search.neighbours", "must be 0 with search.lambda = validated");
    }

    @Test
    void thePrintedSpaceIsReadBack() throws IOException {
        Path space = Files.writeString(
                folder.resolve("space.json"),
                Program.run("search", "--print-space", "--set", "model.width=8").output());

        Program fromFile = Program.small(
                "search",
                folder.resolve("out").toString(),
                "--space",
                space.toString(),
                "--candidates",
                "2",
                "--set",
                "data.validationSize=64");

        assertThat(fromFile.errors()).isEmpty();
        JsonNode own = json(shared).at("/candidates/1");
        assertThat(json().at("/candidates/1/hyperparameters")).isEqualTo(own.at("/hyperparameters"));
        assertThat(json().at("/candidates/1/lambda")).isEqualTo(own.at("/lambda"));
    }

    @Test
    void goesOnAfterAKillWithTheSameResult() throws Exception {
        String[] arguments = {"--candidates", "3"};
        Path out = folder.resolve("killed");
        // begins when one of the first two has ended
        Program.killedWhenThereIs(
                out.resolve("unfinished/candidate-00002.json"),
                "search",
                out.toString(),
                with(arguments, "--set", "model.width=8", "--set", "data.validationSize=64"));

        Program refused = search(out, arguments);
        Program program = search(out, with(arguments, "--resume"));

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.errors()).contains("--resume");
        assertThat(program.exitCode()).isZero();
        assertThat(program.errors()).contains("Going on with the interrupted run");
        assertThat(withoutTimes(out)).isEqualTo(withoutTimes(shared));
        assertThat(out.resolve("unfinished")).doesNotExist();
    }

    @Tag("slow")
    @Test
    void aFinishedSearchIsExtendedToTheSameResultAsALongerOne() throws IOException {
        search("--candidates", "2");
        Program again = search("--candidates", "2");
        Program extended = search("--candidates", "3", "--resume");
        JsonNode longer = withoutTimes();
        Program fewer = search("--candidates", "2", "--resume");
        Program other = search("--candidates", "4", "--resume", "--seed", "7");

        assertThat(again)
                .isEqualTo(new Program(
                        2,
                        "",
                        "autol2: " + folder.resolve("out")
                                + " holds the results of an earlier run (search.json): go on "
                                + "with --resume, throw them away with --restart, or choose another --out\n"));
        assertThat(extended.exitCode()).isZero();
        assertThat(extended.errors()).contains("Going on with the interrupted run");
        assertThat(longer).isEqualTo(withoutTimes(shared));
        assertThat(fewer.exitCode()).isEqualTo(2);
        assertThat(fewer.errors())
                .contains("search.candidates must be at least the 3 that the search has begun already, got 2");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.errors()).contains("was 1 and is 7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--candidates | 0 | --candidates: search.candidates must be >= 1, got 0",
                "--points | 1 | --points: search.points must be >= 2, got 1",
                "--threads | 0 | --threads: search.threads must be >= 1, got 0",
                "--prune | best | search.prune must be one of none, asha, median, got best",
                "--neighbours | -1 | --neighbours: search.neighbours must be >= 0, got -1",
                "--set | lambda.mode=paper | search chooses lambda itself",
                "--set | model.kind=cnn | the built-in search space has networks of model.kind mlp",
                "--set | train.schedule=0.2@0.5 | constant learning rate",
                "--generator | best | search.generator must be one of random, grid, genetic, tpe, got best"
            })
    void badUsageIsRefusedInOneLineBeforeAnythingIsWritten(String option, String value, String message) {
        Program program = search(option, value);

        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(program.errors().strip()).contains(message).doesNotContain("\n");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aTrainingThatIsTooShortForPruningIsRefused() {
        Program program = search("--prune", "asha", "--set", "search.firstRung=1000");

        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(program.errors().strip())
                .contains(
                        "search.prune: search.firstRung must be at most the steps of a training / search.reduction = 20, got 1000")
                .doesNotContain("\n");
    }

    @Test
    void aMissingSearchSpaceIsRefused() {
        Program program = Program.small("search", folder.resolve("out").toString(), "--space", "missing.json");

        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(program.errors().strip())
                .contains("must be an existing file, got missing.json")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\": 1}", "[1, 2]", "a: b", "{", ": :", "{\"layerSpaces\": 5}", "{\"layerSpaces\": []}"})
    void aFileThatIsNoSearchSpaceIsRefused(String content) throws IOException {
        Path space = Files.writeString(folder.resolve("space.json"), content);

        Program program = search("--space", space.toString(), "--set", "model.width=8");
        Program alone = Program.small("search", folder.resolve("out").toString(), "--space", space.toString());

        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(program.errors()).contains("model.width has no effect with model.kind = file");
        assertThat(alone.exitCode()).isEqualTo(2);
        assertThat(alone.errors().strip()).contains("space").doesNotContain("\n");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Tag("slow")
    @Test
    void aSearchWithoutANetworkTakesThatOfAnEarlierSearchAwayAndNobodyElses() throws IOException {
        // given a model that is not of a search
        Path model = Files.writeString(folder.resolve("model.zip"), "earlier");
        String[] hopeless = {"--restart", "--candidates", "1", "--set", "train.learningRate=1000000"};

        // when
        Program first = Program.small("search", folder.toString(), hopeless);

        // then
        assertThat(first.output()).contains("Candidate 0 failed: ");
        assertThat(first.exitCode()).isEqualTo(1);
        assertThat(model).hasContent("earlier");

        // when there are results of a search beside it
        Program second = Program.small("search", folder.toString(), hopeless);

        // then
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(model).doesNotExist();
        assertThat(folder.resolve("search.json")).exists();
    }
}
