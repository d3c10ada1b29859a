package io.github.autol2.program.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autol2.config.Settings;
import io.github.autol2.prediction.CalibrationWarning;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.results.UnfinishedRun;
import java.io.IOException;
import java.nio.file.Path;
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

    private static RunSettings settings(String classWeights) {
        return RunSettings.read(Settings.load(
                Optional.empty(),
                List.of(
                        "data.trainSize=64",
                        "data.validationSize=64",
                        "data.testSize=64",
                        "data.classWeights=" + classWeights,
                        "model.depth=1",
                        "model.width=16",
                        "train.steps=60",
                        "train.batchSize=32",
                        "calibration.share=0.5",
                        "seeds=1")));
    }

    /** As after a race without a winner: that it found no lambda does not mean that it is still to be run. */
    @Test
    void aFinishedCalibrationWithoutALevelIsTakenAsItIs() throws IOException {
        RunSettings settings = settings("balanced");
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
}
