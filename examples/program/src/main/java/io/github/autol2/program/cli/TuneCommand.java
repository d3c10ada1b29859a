package io.github.autol2.program.cli;

import io.github.autol2.prediction.Calibration;
import io.github.autol2.program.tuning.Comparison;
import io.github.autol2.program.tuning.TuningFiles;
import io.github.autol2.program.tuning.TuningReport;
import io.github.autol2.program.tuning.TuningTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autol2 tune}: which lambda? Writes tune.json, curves.csv, calibration.csv and report.html. */
@Command(name = "tune", description = "Find the lambda for a network, data and a budget, and show what it is worth.")
final class TuneCommand implements Callable<Integer> {

    @Mixin
    private TuningOptions options;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/tune",
            description = "For the result files; default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--grid",
            paramLabel = "N",
            defaultValue = "0",
            description = "Compare with N constant lambdas, two decades to each side of the prediction.")
    private int grid;

    @Override
    public Integer call() throws IOException {
        if (grid < 0) {
            throw new InvalidUsageException("--grid must be >= 0, got " + grid);
        }
        TuningSession session = options.open(out, "tune", true);
        PrintWriter output = session.output();
        Calibration calibration = session.calibrate();
        CalibrateCommand.print(output, calibration, session.tuning().predictions(calibration), session.schedule());
        output.flush();
        Comparison comparison = session.compare(calibration, grid);
        TuningFiles.writeCalibrationCurves(out.resolve("calibration.csv"), calibration);
        TuningFiles.writeCurves(out.resolve("curves.csv"), comparison);
        new TuningReport(comparison, session.effective()).page().write(out.resolve("report.html"));
        TuningFiles.writeComparison(out.resolve("tune.json"), session.effective(), comparison);
        session.finish();

        output.println(TuningTable.of(comparison));
        output.println("Written to " + out + ": report.html, tune.json, curves.csv, calibration.csv.");
        output.flush();
        return 0;
    }
}
