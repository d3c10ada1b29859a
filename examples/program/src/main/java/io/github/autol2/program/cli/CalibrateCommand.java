package io.github.autol2.program.cli;

import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.Prediction;
import io.github.autol2.program.config.LearningRateSchedule;
import io.github.autol2.program.results.SummaryTable;
import io.github.autol2.program.tuning.Tuning;
import io.github.autol2.program.tuning.TuningFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autol2 calibrate}: measures c and predicts lambda; writes calibration.json and calibration.csv. */
@Command(name = "calibrate", description = "Measure which lambda a network wants, from a few short training runs.")
final class CalibrateCommand implements Callable<Integer> {

    @Mixin
    private TuningOptions options;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/calibrate",
            description = "For the result files; default: ${DEFAULT-VALUE}.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        TuningSession session = options.open(out, "calibrate", true);
        Tuning tuning = session.tuning();
        Calibration calibration = session.calibrate();
        List<Prediction> predictions = tuning.predictions(calibration);
        TuningFiles.writeCalibrationCurves(out.resolve("calibration.csv"), calibration);
        TuningFiles.writeCalibration(out.resolve("calibration.json"), session.effective(), calibration, predictions);
        session.finish();

        PrintWriter output = session.output();
        print(output, calibration, predictions, session.schedule());
        output.println("Written to " + out + ": calibration.json, calibration.csv.");
        output.flush();
        return 0;
    }

    /** The measurement, what follows from it, and what to beware of. */
    static void print(
            PrintWriter output, Calibration calibration, List<Prediction> predictions, LearningRateSchedule schedule) {
        output.println("c = " + SummaryTable.threeDigits(calibration.c()) + " (90 %: "
                + SummaryTable.threeDigits(calibration.cLow()) + " to " + SummaryTable.threeDigits(calibration.cHigh())
                + "), measured in " + calibration.iterationsSpent() + " steps.");
        String until = schedule.equals(LearningRateSchedule.CONSTANT) ? "" : " to the first drop of the learning rate";
        for (Prediction prediction : predictions) {
            output.println("For " + prediction.iterations() + " steps" + until + ": lambda "
                    + SummaryTable.threeDigits(prediction.lambda())
                    + (prediction.capped()
                            ? ", the largest that was seen to do no harm"
                            : " (" + SummaryTable.threeDigits(prediction.low()) + " to "
                                    + SummaryTable.threeDigits(prediction.high()) + ")")
                    + ".");
        }
        calibration.warnings().forEach(warning -> output.println("Note: " + warning + "."));
    }
}
