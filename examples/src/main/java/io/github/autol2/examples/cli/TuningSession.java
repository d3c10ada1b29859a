package io.github.autol2.examples.cli;

import io.github.autol2.examples.config.LearningRateSchedule;
import io.github.autol2.examples.config.RunSettings;
import io.github.autol2.examples.data.DataSplit;
import io.github.autol2.examples.results.UnfinishedRun;
import io.github.autol2.examples.training.CalibrationTask;
import io.github.autol2.examples.tuning.Comparison;
import io.github.autol2.examples.tuning.LawExperiment;
import io.github.autol2.examples.tuning.Tuning;
import io.github.autol2.prediction.Calibration;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** A tuning that shows its progress. */
final class TuningSession {

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

    PrintWriter output() {
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

    List<LawExperiment.Row> law(List<Double> lambdas, List<Double> etas) throws IOException {
        long runs = (long) lambdas.size() * etas.size() * settings.seeds().size();
        try (ProgressDisplay progress = options.progress("training", settings.iterations() * runs)) {
            return new LawExperiment(settings, data, parts).run(lambdas, etas, progress);
        }
    }

    /** All is written: nothing is left to resume. */
    void finish() throws IOException {
        parts.remove();
    }
}
