package io.github.autol2.program.cli;

import io.github.autol2.config.SettingsReader;
import io.github.autol2.dl4j.LambdaCalibrator;
import io.github.autol2.prediction.Calibration;
import io.github.autol2.prediction.Prediction;
import io.github.autol2.program.results.UnfinishedRun;
import io.github.autol2.program.tuning.CalibrationText;
import io.github.autol2.program.tuning.Tuning;
import io.github.autol2.program.tuning.TuningFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code autol2 calibrate}: measures c and predicts lambda; writes calibration.json and calibration.csv. */
@Command(name = "calibrate", description = "Measure which lambda a network wants, from a few short training runs.")
final class CalibrateCommand implements Callable<Integer> {

    private static final String CALIBRATION = "calibration.json";
    private static final String CURVES = "calibration.csv";

    @Mixin
    private CommonOptions common;

    @Mixin
    private ResumeOptions resume;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/calibrate",
            description = "The result files go into this folder; the default is ${DEFAULT-VALUE}.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        RunInput input = RunInput.withoutLambda(new SettingsReader(common.settings()), common, "calibrate");
        input.checkCalibration();
        Configurator.setLevel(LambdaCalibrator.class, Level.ERROR); // its warnings are printed with the result
        UnfinishedRun parts = resume.open(out, input.parts("calibrate"), CALIBRATION, CURVES);
        input.tell(common);
        Tuning tuning = new Tuning(input.settings(), input.data(), parts);
        Calibration calibration = calibrate(tuning);
        List<Prediction> predictions = tuning.predictions(calibration);
        parts.finish(folder -> {
            TuningFiles.writeCalibrationCurves(folder.resolve(CURVES), calibration);
            TuningFiles.writeCalibration(folder.resolve(CALIBRATION), input.effective(), calibration, predictions);
        });
        common.print(input.changed());
        common.print(CalibrationText.lines(
                calibration, predictions, input.settings().train().schedule()));
        common.print("Written to " + out + ": calibration.json, calibration.csv.");
        return 0;
    }

    private Calibration calibrate(Tuning tuning) throws IOException {
        try (ProgressDisplay progress = common.progress("calibration", tuning.calibrationIterations())) {
            return tuning.calibrate(progress);
        }
    }
}
