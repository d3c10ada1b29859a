package io.github.autol2.program.cli;

import io.github.autol2.config.SettingsReader;
import io.github.autol2.dl4j.LambdaCalibrator;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.tuning.CalibrationText;
import io.github.autol2.program.tuning.Tuning;
import io.github.autol2.program.tuning.TuningFiles;
import io.github.autol2.program.tuning.TuningReport;
import io.github.autol2.program.tuning.TuningResult;
import io.github.autol2.program.tuning.TuningSettings;
import io.github.autol2.program.tuning.TuningTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autol2 tune}: which lambda? Writes tune.json, curves.csv, calibration.csv and report.html. */
@Command(name = "tune", description = "Find the lambda for a network, data and a budget, and show what it is worth.")
final class TuneCommand implements Callable<Integer> {

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
            names = "--grid",
            paramLabel = "N",
            description = "This sets tune.grid: compare with N constant lambdas, too; the default is none.")
    private void setGrid(String number) {
        common.set("--grid", TuningSettings.GRID, number);
    }

    @Override
    public Integer call() throws IOException {
        SettingsReader reader = new SettingsReader(common.settings());
        int grid = TuningSettings.read(reader).grid();
        RunInput input = RunInput.withoutLambda(reader, common, "tune");
        input.checkCalibration();
        Configurator.setLevel(LambdaCalibrator.class, Level.ERROR); // its warnings are printed with the result
        UnfinishedRun parts = resume.open(out, input.parts("tune", TuningSettings.GRID)); // another grid finds its own
        Tuning tuning = new Tuning(input.settings(), input.data(), parts);

        Calibration calibration;
        try (ProgressDisplay progress = common.progress("calibration", tuning.calibrationIterations())) {
            calibration = tuning.calibrate(progress);
        }
        common.print(CalibrationText.lines(
                calibration,
                tuning.predictions(calibration),
                input.settings().train().schedule()));
        TuningResult comparison;
        try (ProgressDisplay progress = common.progress("training", tuning.iterations(grid))) {
            comparison = tuning.compare(calibration, grid, progress);
        }
        write(input, calibration, comparison);
        parts.remove();
        common.print(TuningTable.of(comparison));
        common.print("Written to " + out + ": report.html, tune.json, curves.csv, calibration.csv.");
        return 0;
    }

    private void write(RunInput input, Calibration calibration, TuningResult comparison) throws IOException {
        TuningFiles.writeCalibrationCurves(out.resolve("calibration.csv"), calibration);
        TuningFiles.writeCurves(out.resolve("curves.csv"), comparison);
        new TuningReport(comparison, input.effective()).page().write(out.resolve("report.html"));
        TuningFiles.writeComparison(out.resolve("tune.json"), input.effective(), comparison);
    }
}
