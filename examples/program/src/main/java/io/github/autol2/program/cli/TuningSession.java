package io.github.autol2.program.cli;

import io.github.autol2.prediction.Calibration;
import io.github.autol2.program.config.LearningRateSchedule;
import io.github.autol2.program.config.RunSettings;
import io.github.autol2.program.data.DataSplit;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.training.CalibrationTask;
import io.github.autol2.program.tuning.Comparison;
import io.github.autol2.program.tuning.Tuning;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;

/** A tuning that shows its progress. */
public final class TuningSession {

    private final Tuning tuning;
    private final RunSettings settings;
    private final DataSplit data;
    private final UnfinishedRun parts;
    private final Map<String, String> effective;
    private final RunOptions options;
    private final PrintWriter output;

    TuningSession(
            RunSettings settings,
            DataSplit data,
            UnfinishedRun parts,
            Map<String, String> effective,
            RunOptions options,
            PrintWriter output) {
        this.tuning = new Tuning(settings, data, parts);
        this.settings = settings;
        this.data = data;
        this.parts = parts;
        this.effective = effective;
        this.options = options;
        this.output = output;
    }

    Tuning tuning() {
        return tuning;
    }

    /** Every key with the text of the value that acts. */
    Map<String, String> effective() {
        return effective;
    }

    LearningRateSchedule schedule() {
        return settings.train().schedule();
    }

    public PrintWriter output() {
        return output;
    }

    Calibration calibrate() throws IOException {
        try (ProgressDisplay progress = options.progress("calibration", CalibrationTask.most(settings))) {
            return tuning.calibrate(progress);
        }
    }

    Comparison compare(Calibration calibration, int grid) throws IOException {
        try (ProgressDisplay progress = options.progress("training", tuning.iterations(grid))) {
            return tuning.compare(calibration, grid, progress);
        }
    }

    public RunSettings settings() {
        return settings;
    }

    public DataSplit data() {
        return data;
    }

    public UnfinishedRun parts() {
        return parts;
    }

    public ProgressDisplay progress(String task, long iterations) {
        return options.progress(task, iterations);
    }

    /** All is written: nothing is left to resume. */
    public void finish() throws IOException {
        parts.remove();
    }
}
