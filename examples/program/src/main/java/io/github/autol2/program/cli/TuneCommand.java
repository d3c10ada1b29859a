package io.github.autol2.program.cli;

import io.github.autol2.config.Settings;
import io.github.autol2.config.SettingsReader;
import io.github.autol2.dl4j.LambdaCalibrator;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.tuning.CalibrationText;
import io.github.autol2.program.tuning.Calibrations;
import io.github.autol2.program.tuning.Tuning;
import io.github.autol2.program.tuning.TuningFiles;
import io.github.autol2.program.tuning.TuningReport;
import io.github.autol2.program.tuning.TuningResult;
import io.github.autol2.program.tuning.TuningRuns;
import io.github.autol2.program.tuning.TuningSettings;
import io.github.autol2.program.tuning.TuningTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autol2 tune}: which lambda? Writes tune.json, curves.csv, calibration.csv, report.html, best.zip and last.zip. */
@Command(
        name = "tune",
        description =
                "Find the lambda for a network, data and a budget, show what it is worth, and save the best network.")
final class TuneCommand implements Callable<Integer> {

    /** Errors over the seeds should count the choice of examples, too. */
    private static final Settings DEFAULTS = Settings.load(Optional.empty(), List.of("data.split=seeds"));

    private static final String[] RESULTS = {
        "tune.json", "report.html", "curves.csv", "calibration.csv", "best.zip", "last.zip"
    };

    @Mixin
    private CommonOptions common;

    @Mixin
    private ResumeOptions resume;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/tune",
            description = "The result files go into this folder; the default is ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "This sets tune.threads: run N trainings at a time; the default is one for each core, as far as memory allows.")
    private void setThreads(String number) {
        common.set("--threads", TuningSettings.THREADS, number);
    }

    @Option(
            names = "--grid",
            paramLabel = "N",
            description = "This sets tune.grid: compare with N constant lambdas, too; the default is none.")
    private void setGrid(String number) {
        common.set("--grid", TuningSettings.GRID, number);
    }

    @Override
    public Integer call() throws IOException {
        SettingsReader reader = new SettingsReader(common.settings().over(DEFAULTS));
        TuningSettings tuning = TuningSettings.read(reader);
        RunInput input = RunInput.withoutLambda(reader, common, "tune");
        input.checkCalibrationOfAllSeeds();
        Configurator.setLevel(LambdaCalibrator.class, Level.ERROR); // its warnings are printed with the result
        UnfinishedRun parts = resume.open(
                out,
                input.parts("tune", TuningSettings.GRID, TuningSettings.THREADS), // another grid finds its own
                RESULTS);
        input.tell(common);
        TuningRuns runs = new TuningRuns(
                input.settings(),
                input.data(),
                parts,
                tuning.threads(input.settings().model()));
        Calibrations calibrations;
        try (ProgressDisplay progress = common.progress("calibration", runs.calibrationIterations())) {
            calibrations =
                    runs.calibrate((steps, done) -> progress.show(steps, () -> "calibrations finished: " + done));
        }
        common.print(CalibrationText.lines(
                calibrations.pooled(),
                new Tuning(input.settings(), input.data(), parts).predictions(calibrations.pooled()),
                input.settings().train().schedule()));
        TuningResult comparison;
        try (ProgressDisplay progress = common.progress("training", runs.iterations(tuning.grid()))) {
            comparison = runs.compare(
                    calibrations, tuning.grid(), (steps, done) -> progress.show(steps, () -> "runs finished: " + done));
        }
        parts.finish(folder -> {
            write(folder, input, calibrations, comparison);
            runs.saveWinner(comparison, folder);
        });
        common.print(input.changed());
        common.print(TuningTable.of(comparison));
        common.print(comparison.verdict());
        common.print("Written to " + out
                + ": report.html, tune.json, curves.csv, calibration.csv, and the winner's network of seed "
                + comparison.winnerSeed() + " as best.zip (best validation " + comparison.figure()
                + ") and last.zip (last step).");
        return 0;
    }

    private static void write(Path folder, RunInput input, Calibrations calibrations, TuningResult comparison)
            throws IOException {
        TuningFiles.writeCalibrationCurves(folder.resolve("calibration.csv"), calibrations.pooled());
        TuningFiles.writeCurves(folder.resolve("curves.csv"), comparison);
        new TuningReport(comparison, input.effective()).page().write(folder.resolve("report.html"));
        TuningFiles.writeComparison(folder.resolve("tune.json"), input.effective(), comparison);
    }
}
