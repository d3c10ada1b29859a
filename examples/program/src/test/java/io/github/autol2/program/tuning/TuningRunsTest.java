package io.github.autol2.program.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.autol2.config.Settings;
import io.github.autol2.prediction.CalibrationWarning;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.training.RunResult;
import io.github.autol2.program.training.Training;
import io.github.autol2.program.training.ValidatedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class TuningRunsTest {

    @TempDir
    private Path folder;

    private static RunSettings settings(String... further) {
        List<String> settings = new ArrayList<>(List.of(
                "data.trainSize=64",
                "data.validationSize=64",
                "data.testSize=64",
                "model.depth=1",
                "model.width=16",
                "train.steps=60",
                "train.batchSize=32",
                "calibration.share=0.5",
                "seeds=1"));
        settings.addAll(List.of(further));
        return RunSettings.read(Settings.load(Optional.empty(), settings));
    }

    /** As after a race without a winner: that it found no lambda does not mean that it is still to be run. */
    @Test
    void aFinishedCalibrationWithoutALevelIsTakenAsItIs() throws IOException {
        RunSettings settings = settings("data.classWeights=balanced");
        DataSplit data = settings.data().load();
        UnfinishedRun parts = UnfinishedRun.begin(folder, Map.of());
        Calibrations first = new TuningRuns(settings.withoutRace(), data, parts, 1).calibrate((steps, done) -> {});

        Calibrations resumed =
                new TuningRuns(settings, data, UnfinishedRun.goOn(folder), 1).calibrate((steps, done) -> {});

        assertThat(resumed.pooled().levels()).isEmpty();
        assertThat(resumed).isEqualTo(first);
        assertThat(resumed.pooled().warnings())
                .extracting(CalibrationWarning::sentence)
                .anyMatch(sentence -> sentence.startsWith("with data.classWeights=balanced"));
    }

    /** With so large a learning rate its networks die at every lambda: AutoL2 trains with the free rule, and its row says what came of it. */
    @Test
    void aRaceWithoutAWinnerEndsInARowLikeOthers() throws IOException {
        DataSplit data = settings().data().load();
        UnfinishedRun parts = UnfinishedRun.begin(folder, Map.of());
        Calibrations calibrations =
                new TuningRuns(settings().withoutRace(), data, parts, 1).calibrate((steps, done) -> {});
        RunSettings dead = settings("train.learningRate=1000");

        TuningResult result = new TuningRuns(dead, data, parts, 2).compare(calibrations, 1, (steps, done) -> {});

        assertThat(result.rows())
                .extracting(row -> row.choice().label())
                .containsExactly("predicted", "validated", "none", "free-rule", "habit", "grid-1");
        RunResult autoL2 = result.autoL2().runs().get(0);
        assertThat(autoL2.last().step()).isEqualTo(60);
        assertThat(autoL2.initialLambda()).isCloseTo(1 / (1000.0 * 10 * 60), withinPercentage(1));
        assertThat(new TuningRuns(dead, data, UnfinishedRun.goOn(folder), 1)
                        .compare(calibrations, 1, (steps, done) -> {}))
                .isEqualTo(result);

        // then: in all that is written
        assertThat(TuningTable.rows(result)).hasSize(6);
        TuningFiles.writeComparison(folder.resolve("tune.json"), Map.of(), result);
        JsonNode row = new ObjectMapper()
                .readTree(folder.resolve("tune.json").toFile())
                .at("/rows/1");
        assertThat(row.get("name").asText()).isEqualTo("validated");
        assertThat(row.get("runs")).hasSize(1);
        new TuningReport(result, Map.of("seeds", "1", "data.split", "fixed"))
                .page()
                .write(folder.resolve("report.html"));
        assertThat(Files.readString(folder.resolve("report.html"))).contains("lambda during the runs with AutoL2");
        new TuningRuns(dead, data, parts, 1).saveWinner(result, folder);
        assertThat(folder.resolve("best.zip")).exists();
    }

    @Test
    void readsWhatAnEarlierBuildHasKept() throws IOException {
        DataSplit data = settings().data().load();
        UnfinishedRun parts = UnfinishedRun.begin(folder, Map.of());
        Training.Outcome outcome = new ValidatedRun(settings(), data).train(1, (iteration, lambda, loss) -> {});
        SeedOutcome run = new SeedOutcome(SeedRun.of(outcome));
        Map<String, Object> earlier = new HashMap<>(Map.of("run", run.run()));
        earlier.put("reason", null);
        parts.put("earlier", earlier);
        Map<String, Object> noWinner = new HashMap<>(Map.of("reason", "the network trained at none"));
        noWinner.put("run", null);
        parts.put("no-winner", noWinner);

        assertThat(parts.get("earlier", new TypeReference<SeedOutcome>() {})).contains(run);
        assertThatThrownBy(() -> parts.get("no-winner", new TypeReference<SeedOutcome>() {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is no run in it, because an earlier build found no winner of the race");
    }
}
